import { simulate } from '../../../core/timeline/simulate.ts';
import { timelineText } from '../../../core/timeline/text.ts';
import { assertGolden } from '../../golden.ts';
import { RULE_SCENES } from './rule-scenes.ts';
import { SCENES } from './scenes.ts';

describe('golden Timelines (reviewed as text in test/golden/traces)', () => {
  for (const [name, scene] of Object.entries({ ...SCENES, ...RULE_SCENES })) {
    it(name, () => assertGolden(`traces/${name}.txt`, timelineText(simulate(scene))));
  }
});
