// A packetdrill script as data: what its lines say, and where each stands.

import { PROFILE_IDS, type ProfileId } from '../../tcp/profiles.ts';
import type { Flags, SegmentOptions } from '../../tcp/segment.ts';
import type { Ms } from '../../tcp/time.ts';
import type { Bilingual } from '../../text.ts';

/** Line and column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Span {
  readonly start: Place;
  /** Behind the last sign. */
  readonly end: Place;
}

export interface ScriptIssue {
  readonly severity: 'error' | 'note';
  readonly span: Span;
  readonly message: Bilingual;
}

/** When a line happens. Times are counted from the beginning, or from the line before. */
export type Timing =
  | { readonly kind: 'absolute' | 'relative'; readonly from: Ms; readonly to?: Ms }
  /** `*`: whenever it does. */
  | { readonly kind: 'any' };

/** A segment as written. `options` is undefined where any will do (`<...>`, or none given). */
export interface PacketSpec {
  readonly flags: Flags;
  readonly seq: number;
  readonly length: number;
  readonly ack: number | undefined;
  readonly window: number | undefined;
  readonly urgent: number | undefined;
  readonly options: SegmentOptions | undefined;
}

interface Line {
  readonly timing: Timing;
  readonly span: Span;
}

export interface PacketLine extends Line {
  readonly kind: 'packet';
  /** `in` reaches the system under test, `out` is expected of it. */
  readonly direction: 'in' | 'out';
  readonly packet: PacketSpec;
}

export interface CallLine extends Line {
  readonly kind: 'call';
  readonly name: string;
  /** Each argument as written, without the blanks around it. */
  readonly args: readonly string[];
  /** Undefined when it is not said, or `?`. */
  readonly result: number | undefined;
  readonly errno: string | undefined;
  /** A call that blocks returns then; counted as the line's own time is. */
  readonly until: Ms | undefined;
}

/** What a comment of ours adds: `// handshake: +0.5 crash`, a deed that packetdrill has no call for. */
interface DeedLine extends Line {
  readonly kind: 'deed';
  readonly name: string;
}

/** Recognised and left out: shell, Python, other protocols. Time passes all the same. */
interface SkippedLine extends Line {
  readonly kind: 'skipped';
}

export type ScriptLine = PacketLine | CallLine | DeedLine | SkippedLine;

export interface Script {
  /** `--name=value` at the top, by name. */
  readonly settings: ReadonlyMap<string, string>;
  /** `sysctl` assignments in shell lines, by the last part of their name. */
  readonly sysctls: ReadonlyMap<string, string>;
  /** What comments of ours say: `// handshake: profile linux`, `// handshake: reads at once`. */
  readonly remarks: readonly string[];
  readonly lines: readonly ScriptLine[];
}

/** The profile a comment of ours names. */
export function profileOfScript({ remarks }: Script): ProfileId | undefined {
  return PROFILE_IDS.find((id) => remarks.includes(`profile ${id}`));
}
