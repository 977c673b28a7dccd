import assert from 'node:assert/strict';
import type { Effect, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILE_IDS, PROFILES } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, RST, SYN } from '../../../core/tcp/segment.ts';
import { distance } from '../../../core/tcp/seq.ts';
import { TCP_STATES } from '../../../core/tcp/states.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { formatFlags } from '../../../core/wire/notation.ts';
import { assertGolden } from '../../golden.ts';
import { EVENTS } from './events.ts';
import { from, IRS, ISS, play, WAYS } from './fixtures.ts';

function effectText(effect: Effect): readonly string[] {
  if (effect.kind === 'app')
    return [effect.result.kind === 'error' ? effect.result.code : effect.result.kind];
  if (effect.kind !== 'send') return [];
  const { flags, seq, ack, length } = effect.segment;
  const seqText = formatFlags(flags).includes('RST') && seq === 0 ? '0' : String(distance(ISS, seq));
  const ackText = flags & ACK ? ` ack=${distance(IRS, ack)}` : '';
  return [`→ ${formatFlags(flags).join(',')} seq=${seqText}${ackText}${length > 0 ? ` len=${length}` : ''}`];
}

describe('the whole matrix: eleven states × everything that can happen', () => {
  for (const id of PROFILE_IDS) {
    const profile = PROFILES[id];

    it(`${id}: the ways lead where they say`, () => {
      for (const state of TCP_STATES) assert.equal(play(WAYS[state], profile).state, state);
    });

    it(`${id}: next state, answer and deciding rule (test/golden/matrix-${id}.md)`, () => {
      const lines = TCP_STATES.flatMap((state) => {
        const before = play(WAYS[state], profile);
        const rows = Object.entries(EVENTS).map(([name, event]) => {
          const { path, effects, rules } = step(before, event, ms(1_000_000), profile);
          const next = path.length > 1 ? path.slice(1).join(' → ') : '·';
          return `| ${name} | ${next} | ${effects.flatMap(effectText).join('; ')} | ${rules.join(', ')} |`;
        });
        return [
          `\n## ${state}\n`,
          '| event | next | answer and application | rules |',
          '|---|---|---|---|',
          ...rows,
        ];
      });
      assertGolden(
        `matrix-${id}.md`,
        `# ${id}: numbers are counted from each end’s ISS\n${lines.join('\n')}\n`,
      );
    });
  }
});

describe('bugs that were fixed', () => {
  it('a RST that looks like the SYN,ACK of a simultaneous open stays a RST', () => {
    const before = play(WAYS['SYN-RECEIVED'], PROFILES.textbook);
    const { effects } = step(before, from({ seq: 0, ack: 2 }, SYN, ACK, RST), ms(9), PROFILES.textbook);
    assert.deepEqual(effects, []);
  });

  it('a child that returns to LISTEN forgets the peer, so that the next SYN,ACK begins at the ISS again', () => {
    const refused = play([...WAYS['SYN-RECEIVED'], from({ seq: 1 }, RST)], PROFILES.textbook);
    assert.equal(refused.state, 'LISTEN');
    assert.deepEqual(refused, play(WAYS['LISTEN'], PROFILES.textbook));
  });

  it('a CLOSE that waits in SYN-RECEIVED is not forgotten when a RST returns the endpoint to LISTEN', () => {
    const waiting: readonly TcpEvent[] = [
      ...WAYS['SYN-RECEIVED'],
      { kind: 'send', length: 1 },
      { kind: 'close' },
    ];
    assert.equal(play([...waiting, from({ seq: 1 }, RST)], PROFILES.textbook).state, 'CLOSED');
  });

  it('a connection reset by data after close() sends no FIN afterwards', () => {
    const waiting: readonly TcpEvent[] = [
      ...WAYS['SYN-RECEIVED'],
      { kind: 'send', length: 1 },
      { kind: 'close' },
    ];
    const before = play(waiting, PROFILES.rfc9293);
    const { endpoint, effects } = step(
      before,
      from({ seq: 1, ack: 1, length: 5 }, ACK),
      ms(9),
      PROFILES.rfc9293,
    );
    assert.deepEqual([endpoint.state, endpoint.retransmit], ['CLOSED', []]);
    assert.deepEqual(effects.flatMap(effectText), ['established', '→ RST seq=1']);
  });

  it('neither LISTEN nor TIME-WAIT keeps anything alive', () => {
    for (const state of ['LISTEN', 'TIME-WAIT'] as const) {
      const { deadlines } = play([...WAYS[state], { kind: 'keepalive' }], PROFILES.textbook);
      assert.equal(deadlines.keepalive, undefined);
    }
    const listening = play([...WAYS['LISTEN'], { kind: 'keepalive' }], PROFILES.textbook);
    const refused = play([from({ seq: 0 }, SYN), from({ seq: 1 }, RST)], PROFILES.textbook, listening);
    assert.deepEqual([refused.state, refused.deadlines], ['LISTEN', {}]);
  });

  it('a FIN on a SYN without data is kept until the handshake is over', () => {
    const events = [...WAYS['LISTEN'], from({ seq: 0 }, SYN, FIN), from({ seq: 1, ack: 1 }, ACK)];
    const { state, rcvNxt } = play(events, PROFILES.rfc9293);
    assert.deepEqual([state, distance(IRS, rcvNxt)], ['CLOSE-WAIT', 2]);
  });
});
