// What a side of a trace was configured to: its sysctls as fields of the linux profile.

import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, SYN } from '../../../core/tcp/segment.ts';
import { type Seq, seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms, seconds } from '../../../core/tcp/time.ts';
import type { HostId } from '../../../core/timeline/timeline.ts';
import { type Side, sysctlOf, type Trace } from '../trace.ts';
import { type Captures, COPY_AFTER, clockOffset, type Recorded } from './recorded.ts';

type Setting = (value: number) => Partial<Profile>;

/** Sysctls that decide what leaves a host, without their `net.ipv4.`. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  tcp_syn_retries: (n) => ({ synRetries: n }),
  tcp_syn_linear_timeouts: (n) => ({ linearSynRetries: n }),
  tcp_synack_retries: (n) => ({ synAckRetries: n }),
  tcp_early_retrans: (n) => ({ tailLossProbe: n !== 0 }),
  tcp_retrans_collapse: (n) => ({ joinsRetransmissions: n !== 0 }),
  tcp_fastopen: (n) => ({ takesSynData: (n & 2) !== 0 }),
  tcp_retries2: (n) => ({ dataRetries: n }),
  tcp_orphan_retries: (n) => ({ orphanRetries: n === 0 ? 8 : n }),
  tcp_fin_timeout: (n) => ({ finWait2Timeout: seconds(n) }),
  tcp_rfc1337: (n) => ({ ignoresRstInTimeWait: n !== 0 }),
  tcp_timestamps: (n) => (n === 0 ? { timestampsFrom: undefined } : {}),
  tcp_sack: (n) => ({ sack: n !== 0 }),
  tcp_window_scaling: (n) => (n === 0 ? { windowScale: undefined } : {}),
  tcp_syncookies: (n) => ({ synCookies: n === 0 ? 'never' : n === 2 ? 'always' : 'on-overflow' }),
  tcp_abort_on_overflow: (n) => ({ abortsOnOverflow: n !== 0 }),
  tcp_invalid_ratelimit: (n) => ({ challengeInterval: ms(n) }),
  tcp_keepalive_time: (n) => ({ keepaliveIdle: seconds(n) }),
  tcp_keepalive_intvl: (n) => ({ keepaliveInterval: seconds(n) }),
  tcp_keepalive_probes: (n) => ({ keepaliveProbes: n }),
  tcp_rto_min_us: (n) => ({ minRto: ms(n / 1000) }),
  tcp_rto_max_ms: (n) => ({ maxRto: ms(n) }),
};

/** The linux profile as that side of the trace was told to differ from it. */
export function profileOf(
  trace: Trace,
  host: HostId,
  captures: Captures,
  wire: readonly Recorded[],
): Profile {
  const sysctl = sysctlOf(trace, host === 'A' ? 'client' : 'server');
  const profile: Profile = {
    ...PROFILES.linux,
    timestampsFrom: clockOfStamps(trace, host, captures, wire),
    wheelFrom: wheelOf(trace, wire),
    // A port that was asked for is had at once, however late the timer will fire: tcp_twsk_unique without twp.
    reusesTimeWaitAfter: ms(Number.NEGATIVE_INFINITY),
  };
  const mss = segmentSize(trace, host, captures) ?? profile.mss;
  const changes = Object.entries(sysctl).map(([name, value]) =>
    SETTINGS[name.replace('net.ipv4.', '')]?.(Number(value)),
  );
  const receiveBuffer = Math.floor(MAX_WINDOW_FIELD / mss) * mss;
  return Object.assign({ ...profile, mss, receiveBuffer }, ...changes);
}

const MAX_WINDOW_FIELD = 65_535;

/** What the interface's MTU, or TCP_MAXSEG, leaves for a segment: the option of the first SYN says it. */
function segmentSize(trace: Trace, host: HostId, captures: Captures): number | undefined {
  const address = trace.addresses[host === 'A' ? 'C' : 'S'];
  const syn = captures[host].packets.find(({ source, segment }) => source === address && segment.flags & SYN);
  return syn?.segment.options.mss;
}

/** From the timer to the interface, in milliseconds. */
const WAY_OUT = 0.1;

/**
 * One clock ticks for both sides; what a timer made leave shows when. The latest of the long timers shows most: they fire at
 * whole multiples of many ticks. What leaves though nothing arrived, and nobody called, a timer made leave.
 */
function wheelOf({ app }: Trace, wire: readonly Recorded[]): Ms {
  const calls = { A: timesOf(app, 'client'), B: timesOf(app, 'server') };
  const own = wire.filter((one) => !one.forged);
  const fired = own.flatMap((one, place) => {
    const { from, portA, segment, at } = one;
    const arrived = wire.some((other) => other.from !== from && mayHaveCaused(other, at));
    if (arrived || calls[from].some((call) => isAbout(call, at, LOGGED_AFTER))) return [];
    const before = own
      .slice(0, place)
      .findLast(
        (other) =>
          other.from === from &&
          other.portA === portA &&
          other.segment.seq === segment.seq &&
          other.segment.flags === segment.flags &&
          other.segment.length === segment.length,
      );
    const isAck = segment.flags === ACK && segment.length === 0;
    const after = before !== undefined && at - before.at > LONG ? at - before.at : 0;
    return after > 0 || isAck ? [{ at, after }] : [];
  });
  // Of the coarsest the first: a later one may have been set for what was left of its time, and be finer than it looks.
  const [first = { at: 0, after: 0 }] = fired;
  const coarsest = fired.reduce(
    (best, one) => (grainOf(one.after) > grainOf(best.after) ? one : best),
    first,
  );
  return ms(coarsest.at - WAY_OUT);
}

function mayHaveCaused({ arrivesAt, verdict }: Recorded, at: number): boolean {
  return isAbout(arrivesAt, at, 0.1) || (verdict === 'dup' && isAbout(arrivesAt, at - COPY_AFTER, 0.1));
}

function timesOf(app: Trace['app'], side: Side): readonly number[] {
  return app.filter((call) => call.side === side).map(({ t }) => t * 1000);
}

/** Whether that was the cause: at most a millisecond before, or noted so long after. */
function isAbout(time: number | undefined, at: number, after: number): boolean {
  return time !== undefined && time >= at - 1 && time <= at + after;
}

/** A call stands in the log once it has returned. */
const LOGGED_AFTER = 5;

/** Each level of the wheel is eight times as coarse as the one before. Linux LVL_CLK_DIV. */
function grainOf(after: number): number {
  return Math.floor(Math.log2(Math.max(after, 1) / 252) / 3);
}

/** Timers of more than 63 ticks are no finer than eight. */
const LONG = 300;

/** Timestamps count from a secret: it is read off the first one that left, so that forged ones can be judged. */
function clockOfStamps(trace: Trace, host: HostId, captures: Captures, wire: readonly Recorded[]): Seq {
  const capture = captures[host];
  const address = trace.addresses[host === 'A' ? 'C' : 'S'];
  const offset = clockOffset(trace, capture);
  const forgeries = new Set(wire.filter((one) => one.forged).map(({ segment }) => segment.seq));
  for (const { source, at, segment } of capture.packets) {
    const { timestamps } = segment.options;
    if (source === address && timestamps !== undefined && !forgeries.has(segment.seq))
      return seq(timestamps.value - Math.floor(at - offset));
  }
  return seq(0);
}
