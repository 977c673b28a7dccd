import assert from 'node:assert/strict';
import { type Laws, SOUND_LAWS } from '../../../core/tcp/laws.ts';
import { ALL_TRANSITIONS } from '../../../core/tcp/transitions.ts';
import { type Explored, explore } from './explore.ts';
import type { World } from './world.ts';
import { WORLDS } from './worlds.ts';

// Two endpoints, every interleaving within a bound. EXPLORE_STATES sets the bound of each world; with 10 times the
// default it takes some minutes and 3 GB.

const STATES = Number(process.env['EXPLORE_STATES'] ?? 25_000);
const BOUND = { states: STATES, walks: STATES / 10, seed: 9293 };
/** What is asked of a run in CI. */
const LEAST_STATES = 200_000;

describe('an exploration', () => {
  const [first] = WORLDS;
  assert.ok(first);
  const broken = (laws: Partial<Laws>): World => ({
    ...first,
    profile: { ...first.profile, laws: { ...SOUND_LAWS, ...laws } },
  });
  const bound = { states: 3000, walks: 0, seed: 1 };

  it('finds an end that never leaves LAST-ACK, and tells the way there', () => {
    const stuck = broken({ detours: { 'LAST-ACK/recv-ack-of-fin/CLOSED': 'LAST-ACK' } });
    assert.throws(() => explore(stuck, bound), /stuck/);
  });

  it('finds a retransmission with a new number', () => {
    assert.throws(() => explore(broken({ repeatsNumber: false }), bound), /\n {2}B /);
  });
});

describe('every interleaving of calls, deliveries, losses, copies and timers, up to a bound', function () {
  this.timeout(Math.max(120_000, STATES * 20));
  const all: Explored[] = [];

  for (const world of WORLDS) {
    it(`${world.name}: sound after every step, and never stuck once the network heals`, () => {
      const explored = explore(world, BOUND);
      all.push(explored);
      const reach =
        explored.completeTo === undefined
          ? 'all there are'
          : `all ${explored.completeTo} happenings deep, walks ${explored.longestWalk} deep`;
      const { states, transitions, steps } = explored;
      console.log(
        `      ${states} states (${reach}), ${transitions} transitions, ${steps} steps of an endpoint`,
      );
    });
  }

  it('visits enough states, and walks along every row of the transition table', () => {
    assert.equal(all.length, WORLDS.length, 'every world was explored');
    const states = all.reduce((sum, explored) => sum + explored.states, 0);
    const walked = new Set(all.flatMap(({ rules }) => [...rules]));
    const missed = ALL_TRANSITIONS.filter(({ id }) => !walked.has(id)).map(({ id }) => id);
    assert.deepEqual(missed, []);
    if (process.env['EXPLORE_STATES'] === undefined) assert.ok(states >= LEAST_STATES, `${states} states`);
    console.log(`      ${states} states; ${ALL_TRANSITIONS.length} of ${ALL_TRANSITIONS.length} rows walked`);
  });
});
