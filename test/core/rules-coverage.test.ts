import assert from 'node:assert/strict';
import { PROFILE_IDS, PROFILES } from '../../core/tcp/profiles.ts';
import { RULES, type RuleId, sourceText } from '../../core/tcp/rules.ts';
import { TCP_STATES } from '../../core/tcp/states.ts';
import { step } from '../../core/tcp/step.ts';
import { ms } from '../../core/tcp/time.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import { assertGolden } from '../golden.ts';
import { EVENTS } from './tcp/events.ts';
import { play, WAYS } from './tcp/fixtures.ts';
import { FIGURES } from './timeline/figures.ts';
import { RULE_SCENES } from './timeline/rule-scenes.ts';
import { SCENES } from './timeline/scenes.ts';

// Which reviewed example each rule has: a golden Timeline (they name their rules: grep finds them), else a cell of the
// golden matrix.

const TIMELINES = [
  ...Object.entries(SCENES),
  ...Object.entries(RULE_SCENES),
  ...Object.entries(FIGURES).map(([number, { scene }]) => [`Figure ${number}`, scene] as const),
].map(([name, scene]) => ({ name, timeline: simulate(scene) }));

function firedInScenes(): ReadonlySet<RuleId> {
  return new Set(TIMELINES.flatMap(({ timeline }) => timeline.steps.flatMap(({ rules }) => rules)));
}

function firedInMatrix(): ReadonlyMap<RuleId, string> {
  const fired = new Map<RuleId, string>();
  for (const id of PROFILE_IDS) {
    for (const state of TCP_STATES) {
      const before = play(WAYS[state], PROFILES[id]);
      for (const [name, event] of Object.entries(EVENTS)) {
        for (const rule of step(before, event, ms(1_000_000), PROFILES[id]).rules)
          if (!fired.has(rule)) fired.set(rule, `matrix ${id}: ${state}, ${name}`);
      }
    }
  }
  return fired;
}

describe('every rule decides something somewhere', () => {
  it('has an example of each rule that people have reviewed (test/golden/rules.md)', () => {
    const scenes = firedInScenes();
    const cells = firedInMatrix();
    const example = (id: RuleId) => (scenes.has(id) ? 'a golden Timeline' : cells.get(id));
    const ids = Object.keys(RULES).sort() as RuleId[];
    const lines = ids.map((id) => {
      return `| ${id} | ${sourceText(RULES[id])} | ${example(id) ?? '**none**'} |`;
    });
    const head = ['| rule | source | example |', '|---|---|---|'];
    assert.deepEqual(
      ids.filter((id) => example(id) === undefined),
      [],
      'nothing fires these rules: add a scene to test/core/timeline/rule-scenes.ts',
    );
    const shown = ids.filter((id) => scenes.has(id)).length;
    const inCells = ids.filter((id) => !scenes.has(id) && cells.has(id)).length;
    console.log(
      `      ${shown + inCells} of ${ids.length} rules: ${shown} in golden Timelines, ${inCells} in the matrix`,
    );
    assertGolden(
      'rules.md',
      `# Every rule and where it is seen to decide\n\n${[...head, ...lines].join('\n')}\n`,
    );
  });

  for (const { name, timeline } of TIMELINES) {
    it(`${name}: every step says why`, () => {
      for (const { index, rules, cause } of timeline.steps)
        assert.ok(rules.length > 0, `step ${index}: ${JSON.stringify(cause)}`);
    });
  }
});
