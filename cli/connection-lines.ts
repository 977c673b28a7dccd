import { HOSTS, type HostId } from '../core/timeline/timeline.ts';
import type { ConnectionRow } from '../core/wire/connection-row.ts';
import type { ExactLife } from './exact-lives.ts';

function sideText({ hosts }: ConnectionRow, host: HostId): string {
  const { address, port } = hosts[host];
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** One connection as a line for people. */
export function textOf(row: ConnectionRow, place: number, life: ExactLife | undefined): string {
  const { summary, firstAnomaly } = row;
  const segments = summary.segments.A + summary.segments.B;
  const final = life?.finalStates ?? row.finalStates;
  const states = HOSTS.map((host) => `${host} ${final[host]}`).join(', ');
  const odd =
    firstAnomaly === undefined
      ? ''
      : `  ${firstAnomaly.name.replaceAll('-', ' ')} in frame ${firstAnomaly.frame}`;
  return `${place + 1}  ${sideText(row, 'A')} -> ${sideText(row, 'B')}  ${segments} segments  ${summary.opening}, ${summary.ending}  ${states}${odd}`;
}

/** One connection as JSON: what was seen, and what is inferred from it. The keys are documented in docs/command-line.md. */
export function jsonOf(row: ConnectionRow, place: number, life: ExactLife | undefined): string {
  const { summary, hosts } = row;
  const doubts = life?.doubts ?? {};
  const uncertain = [...new Set([...row.uncertain, ...Object.keys(doubts).filter(isOfCapture)])];
  return JSON.stringify({
    connection: place + 1,
    hosts,
    firstFrame: row.firstFrame,
    startedAtMs: rounded(summary.startedAt),
    durationMs: rounded(summary.duration),
    opening: summary.opening,
    ending: summary.ending,
    endedBy: summary.endedBy ?? null,
    connState: row.connState,
    segments: summary.segments,
    octets: summary.octets,
    kinds: row.kinds,
    finalStates: life?.finalStates ?? row.finalStates,
    statesBy: life === undefined ? 'segments' : 'rules',
    anomalies: row.anomalies,
    firstAnomaly: row.firstAnomaly ?? null,
    lost: life?.lost ?? null,
    forged: life?.forged ?? null,
    certain: uncertain.length === 0,
    uncertain,
    doubts,
  });
}

/** To the nanosecond: what is beyond is the sum's, not the capture's. */
function rounded(time: number): number {
  return Math.round(time * 1e6) / 1e6;
}

/** When a close() was called is never in a capture: that alone makes no connection uncertain. */
function isOfCapture(doubt: string): boolean {
  return doubt !== 'call-time-unknown';
}
