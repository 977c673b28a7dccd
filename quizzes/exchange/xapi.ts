// Results as statements of the Experience API 1.0.3: github.com/adlnet/xAPI-Spec.

import type { Language } from '../../core/text.ts';
import type { Pack } from '../engine/pack.ts';
import type { GradedQuestion } from '../engine/regrade.ts';
import { sha256Text } from '../engine/sha256.ts';
import type { GradedFile } from './results-csv.ts';

const HOME = 'https://github.com/handshake-tcp/handshake';

/** A statement as plain JSON. */
export type XapiStatement = Readonly<Record<string, unknown>>;

/**
 * One statement for each answered question and one for the whole. Equal results give equal statements, ids included,
 * so that a record store takes a second posting for what it is.
 */
export function toXapi({ results, graded }: GradedFile, pack: Pack): XapiStatement[] {
  const shared = {
    actor: {
      objectType: 'Agent',
      // Without a name nobody is known but by this run.
      account: {
        homePage: HOME,
        name: results.learner === '' ? `anonymous-${results.seal.slice(0, 16)}` : results.learner,
      },
    },
    version: '1.0.3',
  };
  const packActivity = {
    objectType: 'Activity',
    id: `${HOME}/packs/${pack.id}`,
    definition: {
      type: 'http://adlnet.gov/expapi/activities/assessment',
      name: texts(pack.title),
    },
  };
  const answered = graded.questions.filter(({ outcome }) => outcome !== 'open');
  const each = answered.map((question) => ({
    ...shared,
    id: uuid(`${results.seal}/${question.id}`),
    verb: verb('answered', '回答了'),
    object: questionActivity(pack, question),
    result: resultOf(question),
    context: {
      platform: 'Handshake',
      contextActivities: { parent: [{ objectType: 'Activity', id: packActivity.id }] },
      extensions: {
        [`${HOME}/xapi/hints`]: question.hints,
        [`${HOME}/xapi/tries`]: question.tries,
        [`${HOME}/xapi/misconceptions`]: question.misconceptions,
      },
    },
    timestamp: question.at === undefined ? results.exportedAt : new Date(question.at).toISOString(),
  }));
  const whole = {
    ...shared,
    id: uuid(`${results.seal}/whole`),
    verb: verb('scored', '得分'),
    object: packActivity,
    result: {
      ...(graded.possible > 0 ? { score: score(graded.points, graded.possible) } : {}),
      completion: answered.length === graded.questions.length,
      ...passed(results.mode, graded, pack),
    },
    context: {
      platform: 'Handshake',
      extensions: {
        [`${HOME}/xapi/pack-hash`]: results.packHash,
        [`${HOME}/xapi/core`]: results.core,
        [`${HOME}/xapi/mode`]: results.mode,
      },
    },
    timestamp: results.exportedAt,
  };
  return [...each, whole];
}

/** Whether an exam is passed, where its pack says what that takes. */
function passed(mode: string, { points, possible }: GradedFile['graded'], { exam }: Pack) {
  const line = exam?.pass;
  return mode === 'exam' && line !== undefined && possible > 0
    ? { success: Math.floor((points / possible) * 100 + 1e-9) >= line }
    : {};
}

function texts(text: Readonly<Record<Language, string>>): Readonly<Record<string, string>> {
  return { 'en-US': text.en, 'zh-CN': text['zh-CN'] };
}

function verb(name: string, chinese: string) {
  return {
    id:
      name === 'scored' ? 'http://adlnet.gov/expapi/verbs/scored' : `http://adlnet.gov/expapi/verbs/${name}`,
    display: { 'en-US': name, 'zh-CN': chinese },
  };
}

function questionActivity(pack: Pack, { id }: GradedQuestion) {
  const title = pack.questions.find((question) => question.id === id)?.title;
  return {
    objectType: 'Activity',
    id: `${HOME}/packs/${pack.id}/questions/${id}`,
    definition: {
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      interactionType: 'fill-in',
      ...(title === undefined ? {} : { name: texts(title) }),
    },
  };
}

function resultOf({ given, outcome, points, possible }: GradedQuestion) {
  return {
    ...(points === undefined || possible === 0 ? {} : { score: score(points, possible) }),
    ...(outcome === 'self' ? {} : { success: outcome === 'right' }),
    completion: true,
    // Items of a fill-in response are parted like this (xAPI 1.0.3 part 2, appendix C).
    response: Object.values(given).join('[,]'),
  };
}

function score(raw: number, max: number) {
  return { scaled: Math.round((raw / max) * 10_000) / 10_000, raw, min: 0, max };
}

/** A name-based UUID (RFC 9562 §5.8: version 8, from SHA-256). */
function uuid(name: string): string {
  const hex = sha256Text(name);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
