import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toGift } from '../../../quizzes/exchange/gift.ts';
import { fromGift } from '../../../quizzes/exchange/gift-import.ts';
import { printPack } from '../../../quizzes/format/print-pack.ts';
import { load } from '../support.ts';
import { shippedStatic } from './support.ts';

const FILE = `// a comment alone

$CATEGORY: networks

// [id:flags] [tag:header]
::Two flags::[markdown]Which *two* flags does a server answer a SYN with?{
=SYN ACK#just so
~SYN#that is a simultaneous open
~%-50%RST
}

TCP is connectionless.{F#no#right, it is connection-oriented}

How many segments does a handshake take?{#3:0}

How long is 2MSL?{#1..4}

The state after active close is {=FIN-WAIT-1 =FIN_WAIT1} at first.

Say why.{}

Match.{=SYN -> open =FIN -> close}

Broken {=no end

What is 1 \\= 1?{T}
`;

describe('the import of GIFT', () => {
  it('takes over what a pack can hold, and says line by line what it cannot', async () => {
    const { pack, notes } = fromGift(FILE, 'imported');
    assert.deepEqual(
      notes.map(({ line, severity }) => [line, severity]),
      [
        [22, 'error'],
        [24, 'error'],
      ],
    );
    assert.deepEqual(
      pack.questions.map(({ rubric }) => rubric),
      [
        ['SYN ACK: just so'],
        ['False: no'],
        ['3'],
        ['1 … 4'],
        ['FIN-WAIT-1 / FIN_WAIT1'],
        ['To be marked by the instructor.'],
        ['True'],
      ],
    );
    const [first] = pack.questions;
    assert.equal(first?.id, 'flags');
    assert.deepEqual(first?.tags, ['header']);
    assert.equal(
      first?.prompt,
      'Which *two* flags does a server answer a SYN with?\n\n- SYN ACK\n- SYN\n- RST',
    );
    const loaded = await load(printPack(pack));
    assert.deepEqual(
      loaded.issues.map(({ message }) => message.en),
      [],
    );
    assert.equal(loaded.pack?.questions.length, pack.questions.length);
  });

  it('reads back what we export', async () => {
    for (const made of await shippedStatic('en')) {
      const { pack, notes } = fromGift(toGift(made), made.id);
      assert.deepEqual(notes, []);
      const fields = made.questions.reduce((sum, { fields: each }) => sum + Math.max(1, each.length), 0);
      assert.equal(pack.questions.length, fields);
    }
  });

  it('never throws, and gives every problem a place within the file', () => {
    const part = fc.oneof(
      fc.constantFrom('{', '}', '=', '~', '#', '\\', '::', '%50%', '\n', '\n\n', '->', 'T', '####'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const { line, column } of fromGift(text, 'x').notes)
          assert.ok(line >= 1 && line <= lines + 1 && column >= 1);
      }),
      { numRuns: 300 },
    );
  });
});
