import assert from 'node:assert/strict';
import { PROFILES } from '../../core/tcp/profiles.ts';
import { firstDifference } from '../../core/timeline/difference.ts';
import type { Scenario } from '../../core/timeline/scenario.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import { timelineText } from '../../core/timeline/text.ts';
import { believing, MISCONCEPTIONS, type Misconception } from '../../quizzes/engine/misconceptions.ts';
import { findMisconception } from '../../quizzes/engine/mutants.ts';
import { RULE_SCENES } from '../core/timeline/rule-scenes.ts';
import { SCENES } from '../core/timeline/scenes.ts';
import { assertGolden } from '../golden.ts';

const ALL_SCENES = { ...SCENES, ...RULE_SCENES };

function held(scene: Scenario, misconception: Misconception): Scenario {
  return { ...scene, profile: believing(scene.profile, misconception) };
}

/** The shortest scene in which the mutant does something else than the core, and where. */
function shortestTelling(misconception: Misconception) {
  return Object.entries(ALL_SCENES)
    .map(([name, scene]) => {
      const sound = simulate(scene);
      return { name, sound, at: firstDifference(sound, simulate(held(scene, misconception))) };
    })
    .filter(({ at }) => at !== undefined)
    .sort((one, other) => one.sound.steps.length - other.sound.steps.length)[0];
}

describe('misconceptions as changed laws', () => {
  it('show in a scene each: the shortest one that tells the mutant from the core (test/golden/misconceptions.md)', () => {
    const lines = MISCONCEPTIONS.map((misconception) => {
      const telling = shortestTelling(misconception);
      assert.ok(telling, `no scene tells ${misconception.id} from the core`);
      const { name, sound, at } = telling;
      return `| ${misconception.id} | ${name} | ${sound.steps.length} | ${at} |`;
    });
    const head = ['| misconception | shortest scene | steps | first difference |', '|---|---|---|---|'];
    assertGolden('misconceptions.md', `${[...head, ...lines].join('\n')}\n`);
  });

  it('differ from each other: no two give the same Timelines throughout', () => {
    const texts = MISCONCEPTIONS.map((misconception) =>
      Object.values(ALL_SCENES)
        .map((scene) => timelineText(simulate(held(scene, misconception))))
        .join(''),
    );
    assert.equal(new Set(texts).size, MISCONCEPTIONS.length);
  });

  it('stand beside one that is believed already', () => {
    const [first, second] = ['two-way-handshake', 'closing-skipped'].map((id) => findMisconception(id));
    assert.ok(first && second);
    const { detours } = believing(believing(PROFILES.textbook, first), second).laws;
    assert.deepEqual(detours, { ...first.laws.detours, ...second.laws.detours });
  });

  it('are at least twenty-four, each with a name, a reason and a section in both languages', () => {
    assert.ok(MISCONCEPTIONS.length >= 24);
    for (const { id, name, text, source } of MISCONCEPTIONS) {
      assert.ok(name.en && /[\u4e00-\u9fff]/.test(name['zh-CN']), id);
      assert.ok(text.en.length > 60 && /[\u4e00-\u9fff]/.test(text['zh-CN']), id);
      assert.ok('practice' in source || source.section !== '', id);
    }
  });
});
