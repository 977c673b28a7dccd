import { toJsonSchema } from '@valibot/to-json-schema';
import { keyDoc } from '../quizzes/authoring/key-docs.ts';
import { PackSchema } from '../quizzes/authoring/pack-schema.ts';
import { ownerAt } from '../quizzes/authoring/slots.ts';

type Json = { [key: string]: unknown };

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON schema of a pack, from the schema that reads it; for editors that know YAML but not Handshake. */
export function packJsonSchema(): Json {
  const schema: Json = { ...toJsonSchema(PackSchema, { errorMode: 'ignore' }) };
  describe(schema, []);
  return { ...schema, title: 'Handshake quiz pack (*.tcpquiz.yaml)' };
}

/** Adds to each key what it is for. */
function describe(schema: unknown, path: readonly string[]): void {
  if (!isMap(schema)) return;
  const { properties, items, additionalProperties, anyOf } = schema;
  if (Array.isArray(anyOf)) for (const one of anyOf) describe(one, path);
  describe(items, [...path, '*']);
  describe(additionalProperties, [...path, '?']);
  if (!isMap(properties)) return;
  for (const [key, inner] of Object.entries(properties)) {
    const doc = keyDoc(ownerAt(path), key);
    if (isMap(inner) && doc !== undefined) inner['description'] = doc.en;
    describe(inner, [...path, key]);
  }
}
