import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { SHIPPED_PACKS } from '../../extension/packs/shipped-packs.ts';

describe('shipped packs', () => {
  it('are listed, each of them, once', () => {
    const folder = path.resolve(import.meta.dirname, '../../quizzes/packs');
    const there = readdirSync(folder).flatMap((name) => /^(.*)\.tcpquiz\.yaml$/.exec(name)?.[1] ?? []);
    assert.deepEqual([...SHIPPED_PACKS].sort(), there.sort());
  });
});
