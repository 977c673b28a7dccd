import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import { seq } from '../../core/tcp/seq.ts';
import { seconds } from '../../core/tcp/time.ts';
import { compileDuration } from './compile-duration.ts';
import type { PackDocument, Path } from './document.ts';
import type { FrameShape, OverridesShape } from './schema.ts';

/** Keys of an override and the property of a profile each stands for. */
const TIMES = {
  'msl': 'msl',
  'initial-rto': 'initialRto',
  'min-rto': 'minRto',
  'max-rto': 'maxRto',
  'delayed-ack': 'delayedAck',
  'keepalive-idle': 'keepaliveIdle',
  'keepalive-interval': 'keepaliveInterval',
  'fin-wait-2-timeout': 'finWait2Timeout',
  'user-timeout': 'userTimeout',
  'challenge-interval': 'challengeInterval',
} as const satisfies Partial<Record<keyof OverridesShape, keyof Profile>>;
const OTHERS = {
  'syn-retries': 'synRetries',
  'syn-ack-retries': 'synAckRetries',
  'syn-linear': 'linearSynRetries',
  'data-retries': 'dataRetries',
  'orphan-retries': 'orphanRetries',
  'quick-acks': 'quickAcks',
  'initial-window': 'initialWindow',
  'ephemeral-ports': 'ephemeralPorts',
  'keepalive-probes': 'keepaliveProbes',
  'mss': 'mss',
  'receive-buffer': 'receiveBuffer',
  'measures-round-trip': 'measuresRoundTrip',
  'sends-mss': 'sendsMss',
  'repeats-syn-ack': 'repeatsSynAck',
  'fin-rides-data': 'finRidesData',
  'abort-carries-ack': 'abortCarriesAck',
  'challenge-acks': 'challengeAcks',
  'ignores-rst-in-time-wait': 'ignoresRstInTimeWait',
  'reopens-time-wait': 'reopensTimeWait',
  'tw-recycle': 'recyclesTimeWait',
  'half-duplex-close': 'halfDuplexClose',
  'abort-on-overflow': 'abortsOnOverflow',
  'syn-cookies': 'synCookies',
  'takes-syn-data': 'takesSynData',
  'drops-syn-fin': 'dropsSynFin',
  'nagle': 'nagle',
  'sack': 'sack',
  'loss-recovery': 'lossRecovery',
  'tail-loss-probe': 'tailLossProbe',
  'counts-retries-as-time': 'countsRetriesAsTime',
  'keepalive-ends-with-rst': 'keepaliveEndsWithRst',
} as const satisfies Partial<Record<keyof OverridesShape, keyof Profile>>;

/** Linux tcp_twsk_unique: the clock of timestamps must have moved on. */
const TW_REUSE_AFTER = seconds(1);

/** Reads `profile: linux`, or a profile with changes. */
export function compileProfile(
  document: PackDocument,
  path: Path,
  shape: NonNullable<FrameShape['profile']>,
): Profile {
  if (typeof shape === 'string') return PROFILES[shape];
  const changes: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(TIMES) as [keyof typeof TIMES, keyof Profile][]) {
    const text = shape[key];
    if (text !== undefined) changes[property] = compileDuration(document, [...path, key], text);
  }
  for (const [key, property] of Object.entries(OTHERS) as [keyof typeof OTHERS, keyof Profile][]) {
    if (shape[key] !== undefined) changes[property] = shape[key];
  }
  if (shape['tw-reuse'] !== undefined)
    changes['reusesTimeWaitAfter'] = shape['tw-reuse'] ? TW_REUSE_AFTER : undefined;
  if (shape['timestamps'] !== undefined) changes['timestampsFrom'] = shape['timestamps'] ? seq(0) : undefined;
  return { ...PROFILES[shape.base], ...changes };
}
