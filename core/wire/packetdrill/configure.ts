// The system under test as the script has it: what its own SYN, its sysctls and socket options say of its settings.

import type { Profile } from '../../tcp/profiles.ts';
import { ACK, type SegmentOptions, SYN } from '../../tcp/segment.ts';
import { seq } from '../../tcp/seq.ts';
import { ms, seconds } from '../../tcp/time.ts';
import type { CallLine, PacketLine, Script } from './script.ts';

/**
 * The profile with everything the script settles.
 *
 * @param takesWindow - whether the window of its first SYN is what the receive buffer has room for
 */
export function configure(profile: Profile, script: Script, takesWindow: boolean): Profile {
  const bySysctls = [...script.sysctls].flatMap(
    ([name, value]) => SYSCTLS[name]?.(Number.parseInt(value, 10)) ?? [],
  );
  const set: Profile = Object.assign({}, profile, ...bySysctls);
  const calls = script.lines.filter((line) => line.kind === 'call');
  return Object.assign({}, set, firstSyn(set, script, takesWindow), ...calls.map(socketOption));
}

type Settings = Partial<Profile>;

/** net.ipv4 sysctls that are choices of a profile. */
const SYSCTLS: Readonly<Record<string, (value: number) => Settings>> = {
  tcp_timestamps: (value) => ({ timestampsFrom: value === 0 ? undefined : seq(0) }),
  tcp_sack: (value) => ({ sack: value !== 0 }),
  tcp_window_scaling: (value) => (value === 0 ? { windowScale: undefined } : {}),
  tcp_syn_retries: (value) => ({ synRetries: value }),
  tcp_syn_linear_timeouts: (value) => ({ linearSynRetries: value }),
  tcp_synack_retries: (value) => ({ synAckRetries: value }),
  tcp_retries2: (value) => ({ dataRetries: value }),
  tcp_orphan_retries: (value) => (value === 0 ? {} : { orphanRetries: value }),
  tcp_fin_timeout: (value) => ({ finWait2Timeout: seconds(value) }),
  tcp_keepalive_time: (value) => ({ keepaliveIdle: seconds(value) }),
  tcp_keepalive_intvl: (value) => ({ keepaliveInterval: seconds(value) }),
  tcp_keepalive_probes: (value) => ({ keepaliveProbes: value }),
  tcp_abort_on_overflow: (value) => ({ abortsOnOverflow: value !== 0 }),
  tcp_rfc1337: (value) => ({ ignoresRstInTimeWait: value !== 0 }),
  tcp_early_retrans: (value) => ({ tailLossProbe: value >= 3 }),
  tcp_recovery: (value) => ({ lossRecovery: value !== 0 }),
  tcp_fastopen: (value) => ({ takesSynData: (value & 2) !== 0 }),
};

/** The SYN that the script expects shows what the system is set to: how much it offers, and which options are on. */
function firstSyn(profile: Profile, { lines }: Script, takesWindow: boolean): Settings {
  const packets = lines.filter((line) => line.kind === 'packet');
  const syn = packets.find(({ direction, packet }) => direction === 'out' && packet.flags & SYN);
  if (syn === undefined) return {};
  const { flags, window, options } = syn.packet;
  const buffer = !takesWindow || window === undefined || window === 0 ? {} : { receiveBuffer: window };
  if (options === undefined) return buffer;
  const { mss, windowScale, sackPermitted, timestamps } = options;
  const offered = flags & ACK ? offerOf(packets) : undefined;
  const on = <K extends keyof SegmentOptions>(name: K) =>
    offered === undefined || offered[name] !== undefined;
  return {
    ...buffer,
    sendsMss: mss !== undefined,
    ...(mss === undefined ? {} : { mss }),
    ...(on('windowScale') ? { windowScale } : {}),
    ...(on('sackPermitted') ? { sack: sackPermitted === true } : {}),
    ...(on('timestamps')
      ? { timestampsFrom: timestamps === undefined ? undefined : (profile.timestampsFrom ?? seq(0)) }
      : {}),
  };
}

/** A SYN,ACK answers what was offered; what was not tells nothing. */
function offerOf(packets: readonly PacketLine[]): SegmentOptions {
  return (
    packets.find(({ direction, packet }) => direction === 'in' && packet.flags & SYN)?.packet.options ?? {}
  );
}

function socketOption({ name, args }: CallLine): Settings {
  if (name !== 'setsockopt') return {};
  const value = Number.parseInt(args[3]?.replace(/[[\]\s]/g, '') ?? '', 10);
  return Number.isNaN(value) ? {} : (SOCKET_OPTIONS[args[2] ?? '']?.(value) ?? {});
}

const SOCKET_OPTIONS: Readonly<Record<string, (value: number) => Settings>> = {
  TCP_NODELAY: (value) => ({ nagle: value === 0 }),
  TCP_KEEPIDLE: (value) => ({ keepaliveIdle: seconds(value) }),
  TCP_KEEPINTVL: (value) => ({ keepaliveInterval: seconds(value) }),
  TCP_KEEPCNT: (value) => ({ keepaliveProbes: value }),
  TCP_USER_TIMEOUT: (value) => ({ userTimeout: ms(value) }),
  TCP_SYNCNT: (value) => ({ synRetries: value }),
  TCP_LINGER2: (value) => ({ finWait2Timeout: seconds(value) }),
};
