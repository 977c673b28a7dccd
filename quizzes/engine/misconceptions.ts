import { SOUND_LAWS } from '../../core/tcp/laws.ts';
import type { Profile } from '../../core/tcp/profiles.ts';
import type { WrongRule } from './misconception.ts';
import { ABOUT_SEGMENTS } from './misconceptions-of-segments.ts';
import { ABOUT_STATES } from './misconceptions-of-states.ts';
import { ABOUT_SYSTEMS } from './misconceptions-of-systems.ts';

export interface Misconception extends WrongRule {
  readonly id: MisconceptionId;
}

export const MISCONCEPTION_IDS = [
  'syn-consumes-nothing',
  'fin-consumes-nothing',
  'pure-ack-consumes-one',
  'ack-skips-the-gap',
  'ack-is-last-octet',
  'ack-repeats-seq',
  'ack-is-seq-plus-one',
  'seq-and-ack-swapped',
  'two-way-handshake',
  'passive-closer-waits',
  'no-time-wait',
  'close-wait-and-fin-wait-swapped',
  'close-wait-skipped',
  'fin-wait-2-skipped',
  'one-msl',
  'time-wait-runs-on',
  'no-back-off',
  'retransmission-takes-new-number',
  'fin-without-ack',
  'client-in-syn-received',
  'both-ends-time-wait',
  'closing-skipped',
  'reset-ends-the-listener',
  'ack-counts-segments',
  'second-wave-carries-fin',
  'lost-ack-leads-to-closing',
  'data-cannot-complete-handshake',
  'reset-is-acknowledged',
  'close-discards-queued-data',
  'closed-window-waits-for-update',
  'ten-keepalive-probes',
  'fin-timeout-is-time-wait',
  'backlog-counts-exactly',
  'accept-makes-the-connection',
  'full-queue-refuses',
  'seq-counts-segments',
  'reset-without-ack',
  'probe-takes-next-number',
  'window-forgets-unread',
  'crossing-syns-connect',
  'outside-window-is-dropped',
  'any-reset-in-window',
  'msl-is-two-minutes',
  'syn-timeout-doubles-at-once',
  'five-syn-retries',
  'orphan-keeps-its-retries',
  'close-always-sends-fin',
  'syn-data-is-read-at-once',
  'time-wait-admits-no-syn',
] as const;
export type MisconceptionId = (typeof MISCONCEPTION_IDS)[number];

const TABLE: Readonly<Record<MisconceptionId, WrongRule>> = {
  ...ABOUT_SEGMENTS,
  ...ABOUT_STATES,
  ...ABOUT_SYSTEMS,
};

/** Every misconception we can recognise, most basic first. */
export const MISCONCEPTIONS: readonly Misconception[] = MISCONCEPTION_IDS.map((id) => ({ id, ...TABLE[id] }));

/** The profile of a TCP that works as somebody with this misconception believes; a profile may believe another one already. */
export function believing(
  profile: Profile,
  { laws, settings }: Pick<Misconception, 'laws' | 'settings'>,
): Profile {
  const detours = { ...profile.laws.detours, ...laws.detours };
  return { ...profile, ...settings?.(profile), laws: { ...SOUND_LAWS, ...profile.laws, ...laws, detours } };
}
