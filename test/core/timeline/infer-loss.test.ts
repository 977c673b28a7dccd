import assert from 'node:assert/strict';
import { segment } from '../../../core/tcp/segment.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Seen } from '../../../core/timeline/infer-forged.ts';
import { findLost } from '../../../core/timeline/infer-loss.ts';
import type { HostId } from '../../../core/timeline/timeline.ts';
import { parseFlags } from '../../../core/wire/notation.ts';

/** `50 > FIN,ACK 100 300 0 ts=5/9 sack=110-120`: at 50 ms A sends; seq, ack and length, then options. */
function seen(lines: readonly string[]): readonly Seen[] {
  return lines.map((line) => {
    const [at, arrow, names = '', number = '0', ack = '0', length = '0', ...more] = line.split(' ');
    const pair = (name: string, by: string) =>
      more
        .find((word) => word.startsWith(name))
        ?.slice(name.length)
        .split(by)
        .map(Number);
    const [value = 0, echo = 0] = pair('ts=', '/') ?? [];
    const [left = 0, right = 0] = pair('sack=', '-') ?? [];
    const flags = parseFlags(names);
    assert.ok(flags !== undefined, line);
    return {
      from: arrow === '>' ? 'A' : 'B',
      at: ms(Number(at)),
      segment: segment({
        flags,
        seq: seq(Number(number)),
        ack: seq(Number(ack)),
        length: Number(length),
        options: {
          ...(value > 0 ? { timestamps: { value, echo } } : {}),
          ...(right > 0 ? { sack: [[seq(left), seq(right)]] } : {}),
        },
      }),
    };
  });
}

/** What is lost, by place from 0: `3`, or `3?` where it is a guess. */
function lostIn(lines: readonly string[], tap: HostId | undefined = 'A', response = 20): string {
  return [...findLost(seen(lines), { A: ms(0), B: ms(response) }, tap)]
    .sort(([one], [other]) => one - other)
    .map(([id, loss]) => (loss === 'told' ? `${id}` : `${id}?`))
    .join(' ');
}

const TWICE = ['0 > ACK 100 300 10', '200 > ACK 100 300 10'];

describe('what was lost, seen from its sender', () => {
  const cases: readonly (readonly [name: string, lines: readonly string[], lost: string])[] = [
    ['nothing tells whether a segment or its ACK was lost', [...TWICE, '220 < ACK 300 110'], '0?'],
    ['an ACK too quick for the second copy is for the first', [...TWICE, '205 < ACK 300 110'], ''],
    [
      'the first copy is echoed: it came, and its ACK did not',
      ['0 > FIN,ACK 100 300 0 ts=5/1', '200 > FIN,ACK 100 300 0 ts=205/1', '220 < ACK 300 101 0 ts=90/5'],
      '',
    ],
    [
      'the second copy is echoed: the first did not come',
      ['0 > FIN,ACK 100 300 0 ts=5/1', '200 > FIN,ACK 100 300 0 ts=205/1', '220 < ACK 300 101 0 ts=90/205'],
      '0',
    ],
    [
      'a timestamp that other segments bear, too, tells of none',
      [
        '0 > ACK 90 300 10 ts=5/1',
        '0 > ACK 100 300 10 ts=5/1',
        '200 > ACK 100 300 10 ts=205/1',
        '220 < ACK 300 110 0 ts=90/5',
      ],
      '',
    ],
    [
      'an echo older than the second copy cannot be for it',
      [
        '0 > ACK 100 300 10 ts=5/1',
        '10 > ACK 110 300 10 ts=15/1',
        '200 > ACK 100 300 10 ts=205/1',
        '230 < ACK 300 120 0 ts=90/15',
      ],
      '',
    ],
    [
      'duplicate ACKs ask for it when it should have come',
      [
        '0 > ACK 100 300 10',
        '1 > ACK 110 300 10',
        '2 > ACK 120 300 10',
        '22 < ACK 300 100',
        '23 < ACK 300 100',
        '24 > ACK 100 300 10',
        '45 < ACK 300 130',
      ],
      '0',
    ],
    [
      'an ACK that left before it can have come asks for nothing',
      ['0 > ACK 100 300 10', '5 < ACK 300 100', '200 > ACK 100 300 10', '220 < ACK 300 110'],
      '0?',
    ],
    ['what is reported to have come twice was not lost', [...TWICE, '220 < ACK 300 110 0 sack=100-110'], ''],
    [
      'of three copies two are reported',
      [...TWICE, '600 > ACK 100 300 10', '620 < ACK 300 110 0 sack=100-110'],
      '0?',
    ],
    ['a SYN that nobody answers', ['0 > SYN 99', '1000 > SYN 99'], '0? 1?'],
    ['one SYN alone', ['0 > SYN 99'], '0?'],
    [
      'the SYN that is echoed',
      [
        '0 > SYN 99 0 0 ts=5/0',
        '1000 > SYN 99 0 0 ts=1005/0',
        '1020 < SYN,ACK 299 100 0 ts=90/1005',
        '1020 > ACK 100 300 0 ts=1025/90',
      ],
      '0',
    ],
    [
      'a SYN,ACK of the first SYN: an earlier one was lost',
      [
        '0 > SYN 99 0 0 ts=5/0',
        '1000 > SYN 99 0 0 ts=1005/0',
        '1020 < SYN,ACK 299 100 0 ts=90/5',
        '1020 > ACK 100 300 0 ts=1025/90',
      ],
      '',
    ],
    [
      'a SYN answered by an ACK for another connection came',
      [
        '0 > SYN 99',
        '20 < ACK 7000 9000',
        '20 > RST 9000',
        '1000 > SYN 99',
        '1020 < SYN,ACK 299 100',
        '1020 > ACK 100 300',
      ],
      '',
    ],
    [
      'one FIN that is not acknowledged is not missed',
      ['0 > ACK 99 300 1', '20 < ACK 300 100', '30 > FIN,ACK 100 300'],
      '',
    ],
  ];
  for (const [name, lines, lost] of cases) it(name, () => assert.equal(lostIn(lines), lost));

  it('is nothing at all at the tap of its receiver', () => {
    assert.equal(lostIn([...TWICE, '220 < ACK 300 110'], 'B'), '');
  });

  it('is told of a SYN,ACK when the SYN comes again, else guessed', () => {
    const answered = (more: readonly string[]) =>
      [...findLost(seen(['0 > SYN 99', '0 < SYN,ACK 299 100', ...more]), { A: ms(20), B: ms(0) }, 'B')].map(
        ([id, loss]) => `${id} ${loss}`,
      );
    assert.deepEqual(answered(['1000 < SYN,ACK 299 100', '1020 > ACK 100 300']), ['1 guessed']);
    assert.deepEqual(answered(['900 > SYN 99', '900 < SYN,ACK 299 100', '920 > ACK 100 300']), ['1 told']);
  });
});

describe('an ACK that was lost', () => {
  const start = ['0 < ACK 300 100 10 ts=50/1', '0 > ACK 100 310 0 ts=2/50'];
  it('shows when what it acknowledged comes again', () => {
    assert.equal(lostIn(['0 < ACK 300 100 10', '0 > ACK 100 310', '200 < ACK 300 100 10']), '1');
    assert.equal(lostIn([...start, '200 < ACK 300 100 10 ts=250/1']), '1');
  });

  it('does not where the sender echoes it', () => {
    assert.equal(lostIn([...start, '200 < ACK 300 100 10 ts=250/2']), '');
  });

  it('does not where what comes again left before the ACK can have come, as its own clock tells', () => {
    const more = ['1000 < ACK 310 100 10 ts=1050/2', '1000 > ACK 100 320 0 ts=1002/1050'];
    assert.equal(lostIn([...start, '50 < ACK 300 100 10 ts=60/1', ...more]), '');
    assert.equal(lostIn([...start, '50 < ACK 300 100 10 ts=100/1', ...more]), '1');
  });

  it('does not where a copy of the network comes, an old segment, or a forged one', () => {
    assert.equal(lostIn([...start, '200 < ACK 300 100 10 ts=50/1']), '');
    assert.equal(lostIn([...start, '200 < ACK 300 100 10']), '');
    assert.equal(lostIn([...start, '200 < SYN 7 0']), '');
  });
});
