// Runs a script against our TCP: what it injects arrives, what it expects is compared with what the core sends.

import type { Profile } from '../../tcp/profiles.ts';
import { type Flags, PSH } from '../../tcp/segment.ts';
import { seq } from '../../tcp/seq.ts';
import { type Ms, ms } from '../../tcp/time.ts';
import type { Bilingual } from '../../text.ts';
import type { Deed, Scenario } from '../../timeline/scenario.ts';
import { timelineOf } from '../../timeline/simulate.ts';
import {
  type CallName,
  type HostId,
  peerOf,
  type Timeline,
  type Transmission,
} from '../../timeline/timeline.ts';
import { makeCall } from './calls.ts';
import { type Difference, differences } from './compare.ts';
import { printPacket } from './print-packet.ts';
import type { PacketLine, PacketSpec, Script, ScriptLine } from './script.ts';
import { doNow, nextSent, openStage, portsOfPeer, runTo, type Stage, unblock, unseen } from './stage.ts';

/** How one line came out. */
export interface Judged {
  readonly line: ScriptLine;
  /** `unchecked`: nothing in it is for a TCP to get right. */
  readonly outcome: 'ok' | 'differs' | 'unchecked';
  /** When it happened. */
  readonly at: Ms;
  /** The differences, a sentence each. */
  readonly says: readonly Bilingual[];
  /** What the core sent for an expected segment, as the script would write it. */
  readonly sent: string | undefined;
  /** The step of the Timeline it left in, or that it caused. */
  readonly step: number | undefined;
  /** What of an expected segment differs, as part of what `says` says. */
  readonly fields?: readonly Difference[];
  /** The transmission that was compared. */
  readonly transmission?: number;
}

export interface Played {
  readonly timeline: Timeline;
  /** The same run for simulate(), so that it can be asked about. */
  readonly scenario: Scenario;
  /** The system under test. */
  readonly host: HostId;
  readonly lines: readonly Judged[];
}

/** Four milliseconds, as packetdrill has it unless told otherwise. */
const TOLERANCE = 4;
/** How long to wait for a segment that may come whenever it likes. */
const PATIENCE = 600_000;

/** Plays a script to its end. Pure, and never throws: what differs is in the lines. */
export function playScript(script: Script, profile: Profile): Played {
  const played = attempt(script, profile, false);
  if (differencesIn(played) === 0) return played;
  // The size of a buffer is the system's affair: the script's own is taken where that explains more.
  const other = attempt(script, profile, true);
  return differencesIn(other) < differencesIn(played) ? other : played;
}

/** Lines that came out otherwise than the script has them. */
export function differencesIn({ lines }: Played): number {
  return lines.filter(({ outcome }) => outcome === 'differs').length;
}

function attempt(script: Script, profile: Profile, takesWindow: boolean): Played {
  const stage = openStage(script, profile, takesWindow);
  const micros = Number(script.settings.get('tolerance_usecs') ?? Number.NaN);
  const tolerance = Number.isFinite(micros) ? micros / 1000 : TOLERANCE;
  const lines: Judged[] = [];
  script.lines.forEach((line, place) => {
    const judge = (judged: Omit<Judged, 'line'>) => {
      lines[place] = { line, ...judged };
    };
    const expected =
      line.timing.kind === 'any' ? stage.run.now : timeOf(stage, line.timing.kind, line.timing.from);
    if (line.kind === 'packet' && line.direction === 'out') {
      judge(expectSegment(stage, script, line, place, expected, tolerance));
      return;
    }
    runTo(stage, expected);
    if (line.kind !== 'packet') unblock(stage);
    const before = stage.run.steps.length;
    const at = stage.run.now;
    const step = () => (stage.run.steps.length > before ? before : undefined);
    if (line.kind === 'packet') {
      doNow(stage, injected(stage, line.packet));
      runTo(stage, stage.run.now);
      judge({ outcome: 'ok', at, says: [], sent: undefined, step: step() });
    } else if (line.kind === 'call') {
      judge({ outcome: 'unchecked', at, says: [], sent: undefined, step: undefined });
      makeCall(stage, line, (says) =>
        judge({
          outcome: says === undefined ? 'unchecked' : says.length === 0 ? 'ok' : 'differs',
          at,
          says: says ?? [],
          sent: undefined,
          step: step(),
        }),
      );
    } else {
      if (line.kind === 'deed') deed(stage, line.name);
      judge({ outcome: 'unchecked', at, says: [], sent: undefined, step: step() });
    }
    stage.base = line.timing.kind === 'any' ? stage.run.now : expected;
  });
  const last = Math.max(stage.run.now, stage.base, ...stage.waiting.map(({ due }) => due));
  runTo(stage, ms(last));
  unblock(stage);
  stage.done.push({ when: { kind: 'at', time: ms(last) }, what: { kind: 'wait', time: ms(0) } });
  const scenario = { ...stage.run.scenario, script: stage.done };
  return { timeline: timelineOf(stage.run, true), scenario, host: stage.host, lines };
}

function timeOf({ base }: Stage, kind: 'absolute' | 'relative', time: Ms): Ms {
  return kind === 'absolute' ? time : ms(base + time);
}

const DEEDS: ReadonlySet<string> = new Set<CallName>([
  'crash',
  'reboot',
  'vanish',
  'exit',
  'close-at-eof',
  'stop-reading',
]);

function deed(stage: Stage, name: string): void {
  if (DEEDS.has(name)) doNow(stage, { kind: 'call', host: stage.host, call: name as CallName });
}

/** A segment of the peer, as the script writes it. */
function injected(stage: Stage, packet: PacketSpec): Deed {
  const { timestamps, ...options } = packet.options ?? {};
  const echoed =
    timestamps === undefined
      ? options
      : { ...options, timestamps: { value: timestamps.value, echo: stampOf(stage, timestamps.echo) } };
  return {
    kind: 'forge',
    from: peerOf(stage.host),
    flags: packet.flags,
    seq: seq(packet.seq),
    ...(packet.ack === undefined ? {} : { ack: seq(packet.ack) }),
    length: packet.length,
    window: packet.window ?? 65_535,
    options: echoed,
    ports: portsOfPeer(stage),
    ...(packet.urgent === undefined ? {} : { urgent: packet.urgent }),
  };
}

/** The core's clock for a value of the script's: exact where the script showed it, otherwise as far from one it showed. */
function stampOf({ stamps }: Stage, echo: number): number {
  const known = stamps.get(echo);
  if (known !== undefined) return known;
  const [first] = stamps;
  return first === undefined ? echo : seq(first[1] + echo - first[0]);
}

function expectSegment(
  stage: Stage,
  script: Script,
  line: PacketLine,
  place: number,
  expected: Ms,
  tolerance: number,
): Omit<Judged, 'line'> {
  const { timing, packet } = line;
  const latest = latestOf(stage, line, expected);
  const isThere = () => nextSent(stage) !== undefined;
  const deadline = ms(Math.max(stage.run.now, latest + (timing.kind === 'any' ? 0 : tolerance)));
  if (!isThere()) runTo(stage, deadline, isThere);
  const found = nextSent(stage);
  const rebased = (at: Ms) => {
    stage.base = timing.kind === 'any' || timing.to !== undefined ? at : expected;
  };
  if (found === undefined || isForTheNext(script, place, packet, found)) {
    rebased(expected);
    return { outcome: 'differs', at: expected, says: [NOTHING], sent: undefined, step: undefined };
  }
  const { sent, extra } = joined(stage, packet, found, deadline) ?? nearest(stage, packet, found);
  stage.looked = sent.id + 1;
  remember(stage, packet, sent);
  rebased(sent.sentAt);
  const fields = differences(packet, sent.segment, stage.takesWindow);
  const says = [
    ...extra.map(tooMany),
    ...fields.map((field) => field.says),
    ...(timing.kind === 'any' ? [] : lateness(expected, latest, sent.sentAt, tolerance)),
  ];
  return {
    outcome: says.length === 0 ? 'ok' : 'differs',
    at: sent.sentAt,
    says,
    fields,
    sent: printPacket(sent.segment),
    step: sent.sentIn,
    transmission: sent.id,
  };
}

function latestOf(stage: Stage, { timing }: PacketLine, expected: Ms): Ms {
  if (timing.kind === 'any') return ms(stage.run.now + PATIENCE);
  return timing.to === undefined ? expected : timeOf(stage, timing.kind, timing.to);
}

const NOTHING: Bilingual = {
  en: 'the script expects a segment here, the core sends none',
  'zh-CN': '脚本期望此处有一个报文段，本模型没有发送',
};

function tooMany({ segment }: Transmission): Bilingual {
  const text = printPacket(segment);
  return { en: `before it the core also sends ${text}`, 'zh-CN': `在此之前本模型还发送了 ${text}` };
}

/** What was sent is what the next line expects: the core left this line out. */
function isForTheNext(script: Script, place: number, packet: PacketSpec, { segment }: Transmission): boolean {
  if (differences(packet, segment).length === 0) return false;
  const next = script.lines.slice(place + 1).find((line) => line.kind === 'packet');
  return (
    next?.kind === 'packet' && next.direction === 'out' && differences(next.packet, segment).length === 0
  );
}

/** Among what was sent already, the first that is as expected; what came before it is too much. */
function nearest(
  stage: Stage,
  packet: PacketSpec,
  found: Transmission,
): { readonly sent: Transmission; readonly extra: readonly Transmission[] } {
  const all = unseen(stage);
  const place = all.findIndex(({ segment }) => differences(packet, segment).length === 0);
  const sent = all[place];
  return sent === undefined ? { sent: found, extra: [] } : { sent, extra: all.slice(0, place) };
}

/**
 * Scripts are written where the stack hands several segments down as one: what the core sends piece by piece is taken
 * together when it makes up the segment expected. PSH within it is the stack's affair.
 */
function joined(
  stage: Stage,
  packet: PacketSpec,
  found: Transmission,
  deadline: Ms,
): { readonly sent: Transmission; readonly extra: readonly Transmission[] } | undefined {
  const { segment } = found;
  if (segment.seq !== seq(packet.seq) || segment.length === 0 || packet.length <= segment.length)
    return undefined;
  const end = seq(packet.seq + packet.length);
  const isWhole = () => unseen(stage).some((one) => seq(one.segment.seq + one.segment.length) === end);
  if (!isWhole()) runTo(stage, deadline, isWhole);
  const pieces = unseen(stage);
  const last = pieces.find((one) => seq(one.segment.seq + one.segment.length) === end);
  if (last === undefined) return undefined;
  const parts = pieces.slice(0, pieces.indexOf(last) + 1);
  const follows = parts.every((one, at) => {
    const before = parts[at - 1]?.segment;
    return before === undefined || seq(before.seq + before.length) === one.segment.seq;
  });
  if (!follows) return undefined;
  const flags = ((last.segment.flags & ~PSH) | (packet.flags & PSH)) as Flags;
  return {
    sent: { ...last, segment: { ...last.segment, flags, seq: segment.seq, length: packet.length } },
    extra: [],
  };
}

function remember({ stamps }: Stage, { options }: PacketSpec, { segment }: Transmission): void {
  const [said, was] = [options?.timestamps, segment.options.timestamps];
  if (said !== undefined && was !== undefined) stamps.set(said.value, was.value);
}

function lateness(from: Ms, to: Ms, at: Ms, tolerance: number): readonly Bilingual[] {
  if (at >= from - tolerance - 1e-6 && at <= to + tolerance + 1e-6) return [];
  const [expected, got] = [seconds(from), seconds(at)];
  return [
    {
      en: `time: the script expects ${expected} s, the core sends at ${got} s`,
      'zh-CN': `时间：脚本期望 ${expected} 秒，本模型在 ${got} 秒发送`,
    },
  ];
}

function seconds(time: number): number {
  return Number((time / 1000).toFixed(6));
}
