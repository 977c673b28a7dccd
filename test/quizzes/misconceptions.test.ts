import assert from 'node:assert/strict';
import { simulate } from '../../core/timeline/simulate.ts';
import { timelineText } from '../../core/timeline/text.ts';
import { believing, MISCONCEPTIONS } from '../../quizzes/engine/misconceptions.ts';
import { SCENES } from '../core/timeline/scenes.ts';

describe('misconceptions as changed laws', () => {
  for (const misconception of MISCONCEPTIONS) {
    it(`${misconception.id} shows in some scene`, () => {
      const showing = Object.values(SCENES).filter((scene) => {
        const mutant = { ...scene, profile: believing(scene.profile, misconception) };
        return (
          timelineText(simulate(mutant), { rules: false }) !== timelineText(simulate(scene), { rules: false })
        );
      });
      assert.ok(showing.length > 0);
    });
  }

  it('differ from each other: no two give the same Timelines throughout', () => {
    const texts = MISCONCEPTIONS.map((misconception) =>
      Object.values(SCENES)
        .map((scene) =>
          timelineText(simulate({ ...scene, profile: believing(scene.profile, misconception) })),
        )
        .join(''),
    );
    assert.equal(new Set(texts).size, MISCONCEPTIONS.length);
  });
});
