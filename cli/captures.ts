import { inferTimeline } from '../core/timeline/infer.ts';
import { timelineText } from '../core/timeline/text.ts';
import { HOSTS, type HostId, type Timeline } from '../core/timeline/timeline.ts';
import { decodeCapture } from '../core/wire/capture.ts';
import { type Connection, connectionsOf } from '../core/wire/connections.ts';
import type { CaptureIssue } from '../core/wire/pcap.ts';
import { takeApart, wholeNumber } from './arguments.ts';
import { readOctets } from './files.ts';
import { unpack } from './gunzip.ts';
import { done, misused, type Outcome, problems } from './outcome.ts';

/** `connections CAPTURE [--json]` and `show CAPTURE [--connection N]`. */
export async function captureCommand(
  command: 'connections' | 'show',
  argv: readonly string[],
): Promise<Outcome> {
  const parsed = takeApart(
    argv,
    command === 'show' ? { connection: { type: 'string' } } : { json: { type: 'boolean' } },
  );
  if (!parsed.ok) return parsed.error;
  const { files, text, flag } = parsed.value;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return misused(`${command} needs one capture file.`);
  const wanted = wholeNumber('connection', text('connection'), { or: 1, from: 1, to: 1_000_000_000 });
  if (!wanted.ok) return wanted.error;
  const octets = await readOctets(file);
  if (!octets.ok) return problems(octets.error);
  const unpacked = unpack(file, octets.value);
  if (!unpacked.ok) return problems(unpacked.error);
  const decoded = decodeCapture(unpacked.value.octets);
  if (!decoded.ok) return problems(unpacked.value.issue ?? issueText(file, decoded.error));
  const { packets, frames, issue } = decoded.value;
  const says = unpacked.value.issue ?? (issue && issueText(file, issue));
  const amiss = says === undefined ? '' : `${says}\n`;
  const connections = connectionsOf(packets);
  if (connections.length === 0) {
    return problems(
      ...(says === undefined ? [] : [says]),
      `${file}: there is no TCP segment among its ${frames} frames; capture TCP traffic, for example: tcpdump -w FILE.pcap tcp.`,
    );
  }
  if (command === 'connections') {
    const line = flag('json') ? jsonLine : textLine;
    return done(connections.map((connection, place) => `${line(connection, place)}\n`).join(''), amiss);
  }
  const chosen = connections[wanted.value - 1];
  if (chosen === undefined) {
    return problems(
      `${file}: there is no connection ${wanted.value}, it has ${connections.length}; see handshake connections.`,
    );
  }
  return done(timelineText(inferTimeline(chosen)), amiss);
}

function issueText(file: string, { offset, message }: CaptureIssue): string {
  return `${file}: byte ${offset}: ${message}`;
}

function sideText({ hosts }: Connection, host: HostId): string {
  const { address, port } = hosts[host];
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function lastState(timeline: Timeline, host: HostId): string {
  return timeline.steps.findLast((step) => step.host === host)?.after.state ?? 'CLOSED';
}

function textLine(connection: Connection, place: number): string {
  const { summary } = connection;
  const timeline = inferTimeline(connection);
  const segments = summary.segments.A + summary.segments.B;
  const states = HOSTS.map((host) => `${host} ${lastState(timeline, host)}`).join(', ');
  return `${place + 1}  ${sideText(connection, 'A')} -> ${sideText(connection, 'B')}  ${segments} segments  ${summary.opening}, ${summary.ending}  ${states}`;
}

/** One connection as JSON: what was seen, and what is inferred from it. */
function jsonLine(connection: Connection, place: number): string {
  const { summary, hosts } = connection;
  const timeline = inferTimeline(connection);
  const doubts = timeline.steps.flatMap(({ doubt }) => doubt ?? []);
  return JSON.stringify({
    connection: place + 1,
    hosts,
    startedAtMs: summary.startedAt,
    durationMs: summary.duration,
    opening: summary.opening,
    ending: summary.ending,
    endedBy: summary.endedBy ?? null,
    segments: summary.segments,
    octets: summary.octets,
    kinds: kindsOf(timeline),
    finalStates: { A: lastState(timeline, 'A'), B: lastState(timeline, 'B') },
    anomalies: {
      retransmissions: timeline.transmissions.filter(({ purpose }) => purpose === 'retransmission').length,
      lost: timeline.transmissions.filter(({ lost }) => lost).length,
      forged: timeline.transmissions.filter(({ forged }) => forged === true).length,
    },
    /** What the capture could not know, by reason; empty when everything is certain. */
    doubts: countBy(doubts),
  });
}

function kindsOf({ transmissions }: Timeline): Readonly<Record<string, number>> {
  return countBy(transmissions.map(({ purpose }) => purpose));
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
