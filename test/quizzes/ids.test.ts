// A shipped question never changes: a corrected one gets a new id and says which it replaces.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import type { Pack, Question } from '../../quizzes/engine/pack.ts';
import { assertGolden } from '../golden.ts';
import { shippedPacks } from './support.ts';

/** Scenario, cut and ask: what makes a question this question. Words may be bettered. */
function fingerprint(pack: Pack, { scenario, when, asks, rubric }: Question): string {
  const plan = pack.scenarios[scenario ?? ''];
  const run =
    plan?.kind === 'script'
      ? { ...plan, profile: ownChoices(plan.profile) }
      : plan?.kind === 'packetdrill'
        ? { ...plan, profile: ownChoices(plan.profile), scenario: { ...plan.scenario, profile: undefined } }
        : { capture: plan?.file, segments: plan?.timeline.transmissions.length };
  const essence = { run, when, asks, points: asks.length === 0 ? rubric.length : undefined };
  return createHash('sha256').update(JSON.stringify(essence)).digest('hex').slice(0, 16);
}

/** The profile's name and what the pack changes in it: a new choice of the core changes no question. */
function ownChoices(profile: Profile): Readonly<Record<string, unknown>> {
  const base: Readonly<Record<string, unknown>> = { ...PROFILES[profile.id] };
  const changed = Object.entries(profile).filter(([key, value]) => value !== base[key]);
  return { ...Object.fromEntries(changed), id: profile.id };
}

describe('ids of shipped questions', () => {
  it('still name the same questions', async () => {
    const now: Record<string, string> = {};
    const replaced = new Set<string>();
    for (const pack of await shippedPacks()) {
      for (const question of pack.questions) {
        now[`${pack.id}/${question.id}`] = fingerprint(pack, question);
        for (const id of question.replaces) replaced.add(`${pack.id}/${id}`);
      }
    }
    if (process.env['UPDATE_GOLDEN'] !== '1') {
      const golden = JSON.parse(
        readFileSync(join(import.meta.dirname, '../golden/question-ids.json'), 'utf8'),
      );
      for (const [id, hash] of Object.entries(golden)) {
        if (replaced.has(id)) continue;
        assert.equal(
          now[id],
          hash,
          `${id}: give the corrected question a new id and "replaces: ${id.split('/')[1]}"`,
        );
      }
    }
    assertGolden('question-ids.json', `${JSON.stringify(now, null, 2)}\n`);
  });
});
