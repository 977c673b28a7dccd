// What a webview keeps so that its panel comes back after a reload: where to look, never the run itself.

import { isRecord } from '../../core/record.ts';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';

/** What a panel is about. */
export type Resume = PackResume | CaptureResume | SocketsResume | ReviewResume | LinkResume | InterviewResume;

export interface PackResume {
  readonly version: 1;
  readonly kind: 'pack';
  /** Empty when the file could not be read far enough to know it. */
  readonly packId: string;
  /** Where its file was, for when it cannot be found by its id. */
  readonly address: string;
  /** Absent in practice. */
  readonly mode?: 'drill' | 'exam';
}

/** Under what a pack's run is kept: each mode has one of its own. */
export function runKey({ packId, mode }: Pick<PackResume, 'packId' | 'mode'>): string {
  return mode === undefined ? packId : `${mode}/${packId}`;
}

export interface CaptureResume {
  readonly version: 1;
  readonly kind: 'capture';
  /** The capture file's address. */
  readonly address: string;
  /** Place in the capture's list of connections. */
  readonly connection: number;
}

/** States that ss or netstat listed. */
export interface SocketsResume {
  readonly version: 1;
  readonly kind: 'sockets';
  /** At least one. */
  readonly states: readonly TcpState[];
}

/** Whatever is due. */
export interface ReviewResume {
  readonly version: 1;
  readonly kind: 'review';
}

/** The interview that was begun last. */
export interface InterviewResume {
  readonly version: 1;
  readonly kind: 'interview';
}

/** One question on the very numbers that somebody sent a link to. */
export interface LinkResume {
  readonly version: 1;
  readonly kind: 'link';
  readonly packId: string;
  readonly questionId: string;
  readonly seed: number;
}

/** Whether a value is a seed: an integer of 32 bits. */
function isSeed(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff;
}

/** Reads what a webview kept, which may come from another version. Never throws. */
export function parseResume(value: unknown): Resume | undefined {
  if (!isRecord(value) || value['version'] !== 1) return undefined;
  const { kind, packId, address, connection, questionId, seed, states } = value;
  if (kind === 'review' || kind === 'interview') return { version: 1, kind };
  if (kind === 'link') {
    const isWhole = typeof packId === 'string' && typeof questionId === 'string' && isSeed(seed);
    return isWhole ? { version: 1, kind, packId, questionId, seed } : undefined;
  }
  if (kind === 'sockets') {
    const kept = Array.isArray(states) ? TCP_STATES.filter((state) => states.includes(state)) : [];
    return kept.length === 0 ? undefined : { version: 1, kind, states: kept };
  }
  if (typeof address !== 'string') return undefined;
  if (kind === 'pack' && typeof packId === 'string') {
    const mode = (['drill', 'exam'] as const).find((known) => known === value['mode']);
    return { version: 1, kind, packId, address, ...(mode && { mode }) };
  }
  if (kind !== 'capture' || !Number.isSafeInteger(connection) || (connection as number) < 0) return undefined;
  return { version: 1, kind, address, connection: connection as number };
}

/** The same from the state that the serializer hands over: our webview keeps `resume` beside its own. */
export function resumeOfState(state: unknown): Resume | undefined {
  return isRecord(state) ? parseResume(state['resume']) : undefined;
}
