// What a learner does in the lab, as it crosses the border: parsed on arrival.

import { isRecord } from '../../../core/record.ts';
import { type LabRequest, parseLabRequest } from './request.ts';

/** What a learner can do in the lab. */
export type LabAction =
  | { readonly type: 'change'; readonly request: LabRequest }
  /** Keeps the first so many changes: undoes what came after, and a change that waits for its prediction. */
  | { readonly type: 'keep'; readonly count: number }
  | { readonly type: 'predict-first'; readonly on: boolean }
  | { readonly type: 'predict'; readonly fields: Readonly<Record<string, string>> }
  /** Gives the prediction up and shows the branch. */
  | { readonly type: 'reveal' };

type Fields = Readonly<Record<string, unknown>>;

const MAX_FIELDS = 20;
const MAX_TEXT = 200;

const PARSERS: {
  readonly [T in LabAction['type']]: (fields: Fields) => Extract<LabAction, { readonly type: T }> | undefined;
} = {
  change: ({ request: asked }) => {
    const request = parseLabRequest(asked);
    return request && { type: 'change', request };
  },
  keep: ({ count }) =>
    Number.isSafeInteger(count) && (count as number) >= 0
      ? { type: 'keep', count: count as number }
      : undefined,
  'predict-first': ({ on }) => (typeof on === 'boolean' ? { type: 'predict-first', on } : undefined),
  predict: ({ fields }) => {
    if (!isRecord(fields)) return undefined;
    const entries = Object.entries(fields);
    const isText = (entry: [string, unknown]): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= MAX_TEXT;
    return entries.length <= MAX_FIELDS && entries.every(isText)
      ? { type: 'predict', fields: Object.fromEntries(entries) }
      : undefined;
  },
  reveal: () => ({ type: 'reveal' }),
};

/** Narrows what a webview posted; undefined when it is no action of the lab. Never throws. */
export function parseLabAction(value: unknown): LabAction | undefined {
  if (!isRecord(value) || typeof value['type'] !== 'string' || !Object.hasOwn(PARSERS, value['type'])) {
    return undefined;
  }
  return PARSERS[value['type'] as LabAction['type']](value);
}
