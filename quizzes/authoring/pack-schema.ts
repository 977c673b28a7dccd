// The schema of a whole pack, from the frame down to the last key, and questions about it. Everything that an editor
// offers, and the JSON schema for other tools, comes from here.

import * as v from 'valibot';
import { FrameSchema, QuestionSchema, ScenarioSchema, SectionSchema } from '../format/schema.ts';
import type { Pattern } from './cursor.ts';

/** A pack, with the scenarios and questions that the frame leaves open. */
export const PackSchema = v.strictObject({
  ...FrameSchema.entries,
  scenarios: v.optional(v.record(v.string(), ScenarioSchema)),
  questions: v.optional(v.array(QuestionSchema)),
  sections: v.optional(
    v.array(v.strictObject({ ...SectionSchema.entries, questions: v.array(QuestionSchema) })),
  ),
});

type Schema = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly v.GenericSchema[];
  readonly literal?: unknown;
};

/** The schemas a value may have, without unions, pipes and "optional" around them. */
function alternatives(schema: v.GenericSchema): readonly Schema[] {
  const known = schema as Schema;
  if (known.wrapped !== undefined) return alternatives(known.wrapped);
  const piped = known.pipe?.[0];
  if (piped !== undefined && piped !== schema) return alternatives(piped);
  if (known.type !== 'union') return [known];
  return (known.options ?? []).flatMap((option) => alternatives(option as v.GenericSchema));
}

function schemasAt(path: Pattern): readonly Schema[] {
  return path.reduce<readonly Schema[]>(
    (schemas, key) =>
      schemas.flatMap(({ entries, item, type, value }) => {
        const inner = key === '*' ? item : (entries?.[key] ?? (type === 'record' ? value : undefined));
        return inner === undefined ? [] : alternatives(inner);
      }),
    [PackSchema as Schema],
  );
}

/** The keys a map may have at that place. */
export function keysAt(path: Pattern): readonly string[] {
  return [...new Set(schemasAt(path).flatMap(({ entries }) => Object.keys(entries ?? {})))];
}

/** The words a value may be at that place, where there are only so many. */
export function wordsAt(path: Pattern): readonly string[] {
  return schemasAt(path).flatMap(({ type, options, literal }) => {
    if (type === 'picklist') return (options ?? []).map(String);
    if (type === 'boolean') return ['true', 'false'];
    return type === 'literal' ? [String(literal)] : [];
  });
}

/** How a value begins to be written at that place: beside its key, or below it. */
export function formAt(path: Pattern): 'beside' | 'list' | 'map' {
  const types = schemasAt(path).map(({ type }) => type);
  // What is usual comes first in a union: a script is a list, and a text only now and then.
  if (types[0] === 'array') return 'list';
  if (types.length === 0) return 'beside';
  return types.every((type) => type === 'strict_object' || type === 'record') ? 'map' : 'beside';
}
