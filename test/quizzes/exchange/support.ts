import type { Language } from '../../../core/text.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { type StaticPack, staticPack } from '../../../quizzes/exchange/static-question.ts';
import { loadGood, packOf, shippedPacks } from '../support.ts';

const made = new Map<Language, Promise<readonly StaticPack[]>>();

/** Every shipped pack with two draws of each question, in a language; made once for all tests. */
export function shippedStatic(language: Language): Promise<readonly StaticPack[]> {
  const packs =
    made.get(language) ??
    shippedPacks().then((all) => all.map((pack) => staticPack(pack, { variants: 2, seed: 7, language })));
  made.set(language, packs);
  return packs;
}

/** Every sign that means something in one of the formats, in every text an author writes. */
export const HOSTILE = `~=#{}:\\ "quotes" 'single' <b>&amp;</b> </text> ]]> %50% -> :: // $CATEGORY: x ####`;

/** A pack whose texts are all {@link HOSTILE}. */
export function hostilePack(): Promise<Pack> {
  const text = JSON.stringify(HOSTILE);
  return loadGood(
    packOf(
      '- B: listen\n- A: connect\n- A: close',
      `- id: answer
  scenario: run
  when: B receives FIN
  ask: [next segment from B, what B's application sees]
  title: ${text}
  prompt: ${text}
  hints: [${text}]
  tags: [${text}]
  feedback:
    fin-consumes-nothing: ${text}
- id: why
  title: ${text}
  prompt: ${text}
  rubric: [${text}]`,
    ).replace('title: Test', `title: ${text}`),
  );
}
