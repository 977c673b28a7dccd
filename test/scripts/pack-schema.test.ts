import assert from 'node:assert/strict';
import { keysAt } from '../../quizzes/authoring/pack-schema.ts';
import { packJsonSchema } from '../../scripts/pack-schema.ts';

type Json = { readonly [key: string]: Json };

describe('the JSON schema of packs', () => {
  const schema = packJsonSchema() as Json;

  it('knows every key, says what it is for, and allows no other', () => {
    assert.deepEqual(Object.keys(schema['properties'] ?? {}), keysAt([]));
    const question = schema['properties']?.['questions']?.['items'];
    assert.deepEqual(Object.keys(question?.['properties'] ?? {}), keysAt(['questions', '*']));
    assert.equal(question?.['additionalProperties'], false);
    assert.match(String(question?.['properties']?.['when']?.['description']), /moment/);
    assert.deepEqual(question?.['required'], ['id']);
  });

  it('is plain JSON', () => assert.deepEqual(JSON.parse(JSON.stringify(schema)), schema));
});
