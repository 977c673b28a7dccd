import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, flags, type Segment, segment, URG } from '../../../core/tcp/segment.ts';
import { add } from '../../../core/tcp/seq.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, IRS, ISS, play, WAYS } from './fixtures.ts';

const { textbook } = PROFILES;
const open = () => play(WAYS['ESTABLISHED'], textbook);

function urgent(at: number, offset: number, length: number): { kind: 'segment'; segment: Segment } {
  const bits = flags(ACK, URG);
  return {
    kind: 'segment',
    segment: segment({ flags: bits, seq: add(IRS, at), ack: add(ISS, 1), length, urgent: offset }),
  };
}

function told(before: Endpoint, event: ReturnType<typeof urgent>): readonly string[] {
  const { effects } = step(before, event, ms(9), textbook);
  return effects.flatMap((effect) => (effect.kind === 'app' ? [effect.result.kind] : []));
}

describe('urgent data (RFC 9293 §3.8.5)', () => {
  it('points to the octet after the urgent data, in every segment that begins before it (MUST-31, MUST-62)', () => {
    const { effects } = step(open(), { kind: 'send', length: 2000, urgent: true }, ms(9), textbook);
    const sent = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
    assert.deepEqual(
      sent.map(({ flags: bits, urgent: offset, length }) => [(bits & URG) !== 0, offset, length]),
      [
        [true, 2000, 1460],
        [true, 540, 540],
      ],
    );
  });

  it('tells the application whenever the pointer advances, and not otherwise (MUST-32)', () => {
    assert.deepEqual(told(open(), urgent(1, 5, 2)), ['urgent', 'data']);
    const hurried = play([urgent(1, 5, 2)], textbook, open());
    assert.equal(hurried.rcvUp, add(IRS, 6), 'STATUS tells how far it goes (MUST-33)');
    assert.deepEqual(told(hurried, urgent(3, 3, 2)), ['data']);
    assert.deepEqual(told(hurried, urgent(3, 9, 2)), ['urgent', 'data']);
  });

  it('is heard with the window closed (MUST-66)', () => {
    const full = play(
      [{ kind: 'reading', on: false }, from({ seq: 1, ack: 1, length: 65_535 }, ACK)],
      textbook,
      open(),
    );
    assert.equal(full.rcvWnd, 0);
    assert.deepEqual(told(full, urgent(65_536, 3, 0)), ['urgent']);
  });

  it('cannot come behind the FIN of the peer', () => {
    const over = play([from({ seq: 1, ack: 1 }, FIN, ACK)], textbook, open());
    assert.deepEqual(told(over, urgent(2, 3, 0)), []);
  });
});
