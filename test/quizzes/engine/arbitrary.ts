import fc from 'fast-check';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Action, Fault, Scenario } from '../../../core/timeline/scenario.ts';
import { HOSTS } from '../../../core/timeline/timeline.ts';

const host = fc.constantFrom(...HOSTS);

const action: fc.Arbitrary<Action> = fc.record({
  when: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'settled' } as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'with-previous' } as const) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 0, max: 3000 })
        .map((wait) => ({ kind: 'after', wait: ms(wait) }) as const),
    },
  ),
  what: fc.oneof(
    fc.record({
      kind: fc.constant('call' as const),
      host,
      call: fc.constantFrom(
        'send' as const,
        'receive' as const,
        'shutdown' as const,
        'close' as const,
        'abort' as const,
        'crash' as const,
        'reboot' as const,
      ),
      length: fc.integer({ min: 1, max: 900 }),
    }),
    fc.constantFrom({ kind: 'cut' } as const, { kind: 'heal' } as const),
  ),
});

const fault: fc.Arbitrary<Fault> = fc
  .record({
    from: host,
    kind: fc.constantFrom(
      'SYN' as const,
      'SYN-ACK' as const,
      'ACK' as const,
      'FIN' as const,
      'data' as const,
    ),
    which: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant('last' as const)),
  })
  .chain((pattern) =>
    fc.oneof(
      fc.constant({ kind: 'lose', pattern } as const),
      fc.integer({ min: 1, max: 3000 }).map((by) => ({ kind: 'delay', pattern, by: ms(by) }) as const),
      fc
        .integer({ min: 1, max: 3000 })
        .map((after) => ({ kind: 'duplicate', pattern, after: ms(after) }) as const),
    ),
  );

const OPEN: readonly Action[] = [
  { when: { kind: 'settled' }, what: { kind: 'call', host: 'B', call: 'listen' } },
  { when: { kind: 'settled' }, what: { kind: 'call', host: 'A', call: 'connect' } },
];

/** A connection opened in the ordinary way, to which then anything may happen. */
export function arbitraryScenario(): fc.Arbitrary<Scenario> {
  return fc
    .record({ script: fc.array(action, { maxLength: 6 }), faults: fc.array(fault, { maxLength: 3 }) })
    .map(({ script, faults }) => ({
      profile: { ...PROFILES.textbook, synRetries: 2, dataRetries: 2 },
      hosts: {
        A: { name: 'A', address: '192.0.2.1', port: 51_000 },
        B: { name: 'B', address: '198.51.100.2', port: 80 },
      },
      iss: { A: [seq(1_000_000_000), seq(1_500_000_000)], B: [seq(3_000_000_000), seq(3_500_000_000)] },
      delay: ms(25),
      script: [...OPEN, ...script],
      faults,
      symbols: [
        { name: 'x', host: 'A', of: 'iss' },
        { name: 'y', host: 'B', of: 'iss' },
        { name: 'w', host: 'B', of: { from: 'B', kind: 'FIN', which: 1 } },
      ],
    }));
}
