import assert from 'node:assert/strict';
import { assertWellFormed } from './xml.ts';

describe('the check of XML by libxml2', () => {
  it('finds what is wrong', async () => {
    for (const bad of ['<a><b></a>', '<a>&nbsp;</a>', '<a>\u0001</a>', '<a x=1/>']) {
      await assert.rejects(assertWellFormed({ 'good.xml': '<a/>', 'bad.xml': bad }), bad);
    }
  });
});
