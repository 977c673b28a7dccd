// What may be written at each place of a pack that is more than a word of the schema.

import { readAlternative, readAsk, readWhen } from '../format/ask-phrases.ts';
import { readCall } from '../format/call-phrases.ts';
import type { Read } from '../format/phrase-parts.ts';
import {
  readDelay,
  readDraw,
  readDuplicate,
  readDuration,
  readLoss,
  readNetwork,
  readSymbol,
} from '../format/phrases.ts';
import type { Pattern } from './cursor.ts';

/** The kinds of phrases, by what they say. */
type PhraseKind =
  | 'when'
  | 'ask'
  | 'call'
  | 'network'
  | 'duration'
  | 'loss'
  | 'delay'
  | 'duplicate'
  | 'symbol'
  | 'draw'
  | 'alternative';

export interface Phrase {
  readonly kind: PhraseKind;
  readonly read: (text: string) => Read<unknown>;
}

const TIMES = new Set([
  'wait',
  'after',
  'delay',
  'msl',
  'initial-rto',
  'min-rto',
  'max-rto',
  'delayed-ack',
  'keepalive-idle',
  'keepalive-interval',
  'fin-wait-2-timeout',
  'user-timeout',
  'challenge-interval',
  'time-limit',
]);
const SCRIPTS = new Set(['script', 'continue', 'together']);

/** The grammar of the phrase at that place; undefined when none stands there. */
export function phraseAt(path: Pattern): Phrase | undefined {
  const [key, holder = '', around = ''] = path.toReversed();
  if (key === undefined) return undefined;
  if (isQuestion(path.slice(0, -1))) {
    if (key === 'when') return { kind: 'when', read: readWhen };
    if (key === 'ask') return { kind: 'ask', read: readAsk };
  }
  if (key === '*' && holder === 'ask') return { kind: 'ask', read: readAsk };
  if (key === '*' && holder === 'alternatives') return { kind: 'alternative', read: readAlternative };
  if (holder === '*' && around === 'network') {
    if (key === 'lose') return { kind: 'loss', read: readLoss };
    if (key === 'delay') return { kind: 'delay', read: readDelay };
    if (key === 'duplicate') return { kind: 'duplicate', read: readDuplicate };
  }
  if (holder === '*' && SCRIPTS.has(around)) {
    if (key === 'A' || key === 'B') return { kind: 'call', read: (text) => readCall(text, key) };
    if (key === 'network') return { kind: 'network', read: readNetwork };
  }
  if (holder === 'symbols') return { kind: 'symbol', read: (text) => readSymbol(text, key) };
  if (holder === 'iss') return { kind: 'draw', read: readDraw };
  return TIMES.has(key) ? { kind: 'duration', read: readDuration } : undefined;
}

export function isQuestion(path: Pattern): boolean {
  const shape = path.join('/');
  return shape === 'questions/*' || shape === 'sections/*/questions/*';
}

/** Whether the name of a scenario stands there. */
export function isScenarioName(path: Pattern): boolean {
  const key = path.at(-1);
  return (
    (key === 'scenario' && isQuestion(path.slice(0, -1))) ||
    (key === 'like' && path.length === 3 && path[0] === 'scenarios')
  );
}

/** Whether the id of a misconception stands there as a value. */
export function isMisconceptionName(path: Pattern): boolean {
  return path.at(-1) === 'believe' && path.length === 3 && path[0] === 'scenarios';
}

/** Whether the keys of the map there are ids of misconceptions. */
export function isFeedback(path: Pattern): boolean {
  return path.at(-1) === 'feedback' && isQuestion(path.slice(0, -1));
}

/** The kind of thing whose keys stand there, for their explanations. */
export function ownerAt(path: Pattern): string {
  if (path.length === 0) return 'pack';
  const [key = '', holder = '', around = ''] = path.toReversed();
  if (isQuestion(path)) return 'question';
  if (key === '*' && holder === 'sections') return 'section';
  if (holder === 'scenarios') return 'scenario';
  if (key === '*' && SCRIPTS.has(holder)) return 'line';
  if (key === '*' && holder === 'network') return 'fault';
  if (key === 'profile' || key === 'exam' || key === 'hosts' || key === 'iss') return key;
  return holder === 'hosts' && around !== '' ? 'host' : 'text';
}
