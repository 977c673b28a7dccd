import { type Seq, seq } from '../../core/tcp/seq.ts';
import type { NumberRef, Scenario } from '../../core/timeline/scenario.ts';
import { type HostId, peerOf } from '../../core/timeline/timeline.ts';

/**
 * The same scenario with the sequence numbers of each host so much higher, modulo 2^32: what hosts choose themselves,
 * and what is forged in their name. A number that is named by what it is in the run moves with it.
 */
export function moveNumbers(scenario: Scenario, by: Readonly<Record<HostId, number>>): Scenario {
  const moved = (number: number, host: HostId): Seq => seq(number + by[host]);
  const named = (number: NumberRef | Seq, host: HostId) =>
    typeof number === 'number' ? moved(number, host) : number;
  return {
    ...scenario,
    iss: {
      A: scenario.iss.A.map((iss) => moved(iss, 'A')),
      B: scenario.iss.B.map((iss) => moved(iss, 'B')),
    },
    script: scenario.script.map((action) => {
      const { what } = action;
      if (what.kind !== 'forge') return action;
      const peer = peerOf(what.from);
      const { sack } = what.options ?? {};
      return {
        ...action,
        what: {
          ...what,
          seq: named(what.seq, what.from),
          ...(what.ack === undefined ? {} : { ack: named(what.ack, peer) }),
          ...(sack === undefined
            ? {}
            : {
                options: {
                  ...what.options,
                  sack: sack.map(([from, to]) => [moved(from, peer), moved(to, peer)] as const),
                },
              }),
        },
      };
    }),
  };
}
