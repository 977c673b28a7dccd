// What tools on a host print at a step, from what a learner may see of a Timeline and nothing else.

import type { SegmentOptions } from '../../core/tcp/segment.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import { formatState } from '../../core/wire/notation.ts';
import { portsOf } from './ports.ts';
import type { ArrowView, SocketView, StepView, TimelineView } from './timeline-view.ts';

/** What `ss -tan` prints. */
export interface SsText {
  /** Without the line of headings; empty when there is no socket. */
  readonly lines: readonly string[];
  /** Place of the step whose outcome may not be seen yet: the lines are of the moment before. */
  readonly before: number | undefined;
}

/** The headings of `ss -tan`. */
export const SS_HEADINGS = ssRow('State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port');

function ssRow(state: string, recvQ: string, sendQ: string, local: string, peer: string): string {
  return [state.padEnd(11), recvQ.padEnd(7), sendQ.padEnd(7), local.padEnd(22), peer].join('').trimEnd();
}

/** The sockets of a host after the step at `cursor`; undefined when they may not be, or cannot be, known. */
export function ssText(view: TimelineView, host: HostId, cursor: number): SsText | undefined {
  const own = view.steps.slice(0, cursor + 1).filter((step) => step.host === host);
  const last = own.at(-1);
  if (last === undefined) return { lines: [], before: undefined };
  if (last.sockets !== undefined) return { lines: ssLines(view, host, last.sockets), before: undefined };
  const previous = own.at(-2)?.sockets ?? (own.length === 1 && isJustSeen(last) ? [] : undefined);
  if (!isJustSeen(last) || previous === undefined) return undefined;
  return { lines: ssLines(view, host, previous), before: last.index };
}

/** Only what makes the step happen is seen of it. */
function isJustSeen({ path, variables, rules }: StepView): boolean {
  return path === 'hidden' && variables === undefined && rules.length === 0;
}

function ssLines({ hosts }: TimelineView, host: HostId, sockets: readonly SocketView[]): readonly string[] {
  const peer = hosts[host === 'A' ? 'B' : 'A'].address;
  return sockets.map(({ state, recvQ, sendQ, localPort, remotePort }) =>
    remotePort === undefined
      ? ssRow(formatState(state, 'ss'), String(recvQ), String(sendQ), `0.0.0.0:${localPort}`, '0.0.0.0:*')
      : ssRow(
          formatState(state, 'ss'),
          String(recvQ),
          String(sendQ),
          `${hosts[host].address}:${localPort}`,
          `${peer}:${remotePort}`,
        ),
  );
}

/** What `tcpdump -n` on a host has printed up to the step at `cursor`, a line a segment. */
export function tcpdumpLines(view: TimelineView, host: HostId, cursor: number): readonly string[] {
  const seen = view.arrows.flatMap((arrow) => {
    const leaves = arrow.from === host;
    const step = leaves ? arrow.sentIn : arrow.arrivedIn;
    if (step === undefined || step > cursor) return [];
    return [{ arrow, at: leaves ? arrow.sentAt : (arrow.arrivesAt ?? arrow.sentAt), step }];
  });
  const bases = new Map<string, number>();
  return seen
    .sort((one, other) => one.step - other.step || one.arrow.id - other.arrow.id)
    .map(({ arrow, at }) => dumpLine(view, arrow, at, bases));
}

/** Numbers are printed from zero once a SYN, or the first segment, has told where a direction begins. */
function dumpLine(view: TimelineView, arrow: ArrowView, at: number, bases: Map<string, number>): string {
  const to: HostId = arrow.from === 'A' ? 'B' : 'A';
  const { from: fromPort, to: toPort } = portsOf(view.hosts, arrow);
  const [here, there] = [`${arrow.from}${fromPort}:${toPort}`, `${to}${toPort}:${fromPort}`];
  const isSyn = arrow.flags.includes('SYN');
  if (isSyn || !bases.has(here)) bases.set(here, arrow.seq);
  if (arrow.ack !== undefined && !bases.has(there)) bases.set(there, (arrow.ack + 2 ** 32 - 1) % 2 ** 32);
  const relative = (value: number, key: string) =>
    isSyn ? value : (value - (bases.get(key) ?? 0) + 2 ** 32) % 2 ** 32;
  const seq = relative(arrow.seq, here);
  const takes = arrow.length > 0 || isSyn || arrow.flags.includes('FIN') || arrow.flags.includes('RST');
  const options = dumpOptions(arrow.rawOptions ?? {});
  const parts = [
    `Flags ${dumpFlags(arrow.flags)}`,
    ...(takes ? [`seq ${seq}${arrow.length > 0 ? `:${seq + arrow.length}` : ''}`] : []),
    ...(arrow.ack === undefined ? [] : [`ack ${relative(arrow.ack, there)}`]),
    `win ${arrow.window}`,
    ...(options === '' ? [] : [`options [${options}]`]),
    `length ${arrow.length}`,
  ];
  const addresses = `${view.hosts[arrow.from].address}.${fromPort} > ${view.hosts[to].address}.${toPort}`;
  return `${dumpTime(at)} IP ${addresses}: ${parts.join(', ')}`;
}

/** The letters of tcpdump in its order. */
const DUMP_FLAGS = [
  ['FIN', 'F'],
  ['SYN', 'S'],
  ['RST', 'R'],
  ['PSH', 'P'],
  ['ACK', '.'],
  ['URG', 'U'],
] as const;

function dumpFlags(flags: readonly string[]): string {
  const letters = DUMP_FLAGS.flatMap(([name, letter]) => (flags.includes(name) ? [letter] : []));
  return `[${letters.join('') || 'none'}]`;
}

/** The clock of a run begins at midnight. */
function dumpTime(at: number): string {
  const pad = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0');
  const seconds = at / 1000;
  return `${pad(seconds / 3600)}:${pad((seconds / 60) % 60)}:${pad(seconds % 60)}.${pad((at % 1000) * 1000, 6)}`;
}

/** Options as tcpdump prints them: "mss 1460,sackOK,TS val 1 ecr 0". */
function dumpOptions({ mss, windowScale, sackPermitted, sack = [], timestamps }: SegmentOptions): string {
  return [
    ...(mss === undefined ? [] : [`mss ${mss}`]),
    ...(sackPermitted === true ? ['sackOK'] : []),
    ...(timestamps === undefined ? [] : [`TS val ${timestamps.value} ecr ${timestamps.echo}`]),
    ...(windowScale === undefined ? [] : [`wscale ${windowScale}`]),
    ...(sack.length === 0
      ? []
      : [`sack ${sack.length} ${sack.map(([from, to]) => `{${from}:${to}}`).join('')}`]),
  ].join(',');
}
