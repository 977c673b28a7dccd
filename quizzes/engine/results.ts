// What a learner hands in: a file that says on which numbers they answered what, and that anyone can grade again.
// Grading on the learner's own machine is not cheat-proof: the seal shows accidents, not ill will.

import { isRecord } from '../../core/record.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Pack } from './pack.ts';
import { newSession, parseSession, type QuestionState, type SessionState, stateOf } from './session.ts';
import { sha256Text } from './sha256.ts';
import { MODES, type Mode } from './sitting.ts';

/** What the engine cannot know by itself. */
export interface ResultsContext {
  /** Of the pack's data; see quizzes/format/pack-hash.ts. */
  readonly packHash: string;
  /** Version of this software. */
  readonly core: string;
  readonly mode: Mode;
  /** As the learner wants to be called; empty when they want no name in the file. */
  readonly learner: string;
  /** ISO 8601. */
  readonly exportedAt: string;
}

/** A results file of version 1, as JSON. */
export interface Results extends ResultsContext {
  readonly kind: 'handshake-results';
  readonly version: 1;
  readonly pack: { readonly id: string; readonly version: string };
  /** Decides all numbers, together with `round` and each answer's `fresh`. */
  readonly seed: number;
  readonly round: number;
  /** In the order of the pack; questions nobody answered are absent. */
  readonly answers: readonly ResultAnswer[];
  /** SHA-256 of everything else. */
  readonly seal: string;
}

interface ResultAnswer {
  readonly question: string;
  /** How often the numbers had been drawn anew. */
  readonly fresh: number;
  readonly tries: number;
  readonly hints: number;
  /** `shown`: the learner asked for the answer; `self`: prose, marked by the learner; `late`: the time was up. */
  readonly how: 'answered' | 'shown' | 'self' | 'late';
  /** What the learner wrote, by field. */
  readonly given: Readonly<Record<string, string>>;
  /** Prose: key points the learner says they met. */
  readonly met?: readonly boolean[];
  /** Milliseconds since the epoch by the learner's clock. */
  readonly at?: number;
}

/** Makes the file of a session. */
export function resultsOf(pack: Pack, session: SessionState, context: ResultsContext): Results {
  const answers = pack.questions.flatMap(({ id }) => answerOf(id, stateOf(session, id)));
  const open = {
    kind: 'handshake-results',
    version: 1,
    pack: { id: pack.id, version: pack.version },
    ...context,
    seed: session.seed,
    round: session.round,
    answers,
  } as const;
  return { ...open, seal: sealOf(open) };
}

function answerOf(question: string, state: QuestionState): ResultAnswer[] {
  const { fresh, tries, hints, answered } = state;
  return answered === undefined ? [] : [{ question, fresh, tries, hints, ...answered }];
}

function sealOf(open: Omit<Results, 'seal'>): string {
  return sha256Text(canonicalJson(open));
}

/** Why a results file cannot be graded. */
export type ResultsProblem =
  | { readonly code: 'not-json'; readonly found: string }
  | { readonly code: 'not-results' }
  | { readonly code: 'unknown-version'; readonly found: string }
  /** It is not as it was exported. */
  | { readonly code: 'seal-broken' };

/** Reads a results file. Never throws. */
export function readResults(text: string): Result<Results, ResultsProblem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail({ code: 'not-json', found: error instanceof Error ? error.message : String(error) });
  }
  if (!isRecord(value) || value['kind'] !== 'handshake-results') return fail({ code: 'not-results' });
  if (value['version'] !== 1) return fail({ code: 'unknown-version', found: String(value['version']) });
  const { seal, ...rest } = value;
  if (!hasShape(value)) return fail({ code: 'not-results' });
  return seal === sha256Text(canonicalJson(rest)) ? ok(value) : fail({ code: 'seal-broken' });
}

function hasShape(value: Readonly<Record<string, unknown>>): value is Record<string, unknown> & Results {
  const { pack, packHash, core, mode, learner, exportedAt, seed, round, answers, seal } = value;
  return (
    isRecord(pack) &&
    [pack['id'], pack['version'], packHash, core, learner, exportedAt, seal].every(
      (text) => typeof text === 'string',
    ) &&
    MODES.some((known) => known === mode) &&
    isCount(seed) &&
    isCount(round) &&
    Array.isArray(answers) &&
    answers.every(isAnswer)
  );
}

function isAnswer(value: unknown): value is ResultAnswer {
  if (!isRecord(value)) return false;
  const { question, fresh, tries, hints, how, given, met, at } = value;
  return (
    typeof question === 'string' &&
    [fresh, tries, hints].every(isCount) &&
    (how === 'answered' || how === 'shown' || how === 'self' || how === 'late') &&
    isRecord(given) &&
    Object.values(given).every((text) => typeof text === 'string') &&
    (met === undefined || (Array.isArray(met) && met.every((point) => typeof point === 'boolean'))) &&
    (at === undefined || isCount(at))
  );
}

/** The session the answers were given in, as far as the pack has their questions. */
export function sessionOf({ seed, round, answers }: Results, pack: Pack): SessionState {
  const questions = answers.map(
    ({ question, fresh, tries, hints, ...answered }) =>
      [question, { fresh, tries, hints, answered, mark: 'open' }] as const,
  );
  const saved = { seed, round, index: 0, questions: Object.fromEntries(questions), met: {} };
  return parseSession(saved, pack) ?? newSession(seed);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
