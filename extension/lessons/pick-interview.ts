import * as vscode from 'vscode';
import { LANGUAGES, type Language } from '../../core/text.ts';
import {
  DIFFICULTIES,
  type Difficulty,
  type InterviewChoice,
  LENGTHS,
  type Length,
  ROLES,
  type Role,
} from '../../quizzes/engine/interview.ts';
import { l10n } from '../l10n.ts';

interface Picked extends Pick<InterviewChoice, 'role' | 'minutes' | 'difficulty'> {
  readonly language: Language;
}

/** Each in its own language, as in every list of languages. */
const LANGUAGE_NAMES = { 'en': 'English', 'zh-CN': '简体中文' } as const satisfies Record<Language, string>;

async function pick<T>(
  title: string,
  values: readonly T[],
  label: (value: T) => string,
): Promise<T | undefined> {
  const items = values.map((value) => ({ label: label(value), value }));
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}

const roleText = (role: Role) =>
  ({
    student: l10n.t('Student: the course and its exam'),
    backend: l10n.t('Backend: sockets, closing, what calls return'),
    sre: l10n.t('SRE: resets, queues, TIME-WAIT, dead peers'),
  })[role];

const lengthText = (minutes: Length) => l10n.t('{0} minutes', minutes);

const difficultyText = (difficulty: Difficulty) =>
  [l10n.t('Mixed'), l10n.t('Easy'), l10n.t('Medium'), l10n.t('Hard')][difficulty] ?? '';

/**
 * Asks for whatever `chosen` does not say, and for the language if it does not say it all; undefined when the learner
 * thinks better of it.
 *
 * @param usual - the language that lessons are in, offered first
 */
export async function pickInterview(
  chosen: Partial<InterviewChoice> = {},
  usual: Language,
): Promise<Picked | undefined> {
  const role = chosen.role ?? (await pick(l10n.t('Interview drill: which role?'), ROLES, roleText));
  if (role === undefined) return undefined;
  const minutes = chosen.minutes ?? (await pick(l10n.t('Interview drill: how long?'), LENGTHS, lengthText));
  if (minutes === undefined) return undefined;
  const difficulty =
    chosen.difficulty ?? (await pick(l10n.t('Interview drill: how hard?'), DIFFICULTIES, difficultyText));
  if (difficulty === undefined) return undefined;
  const isAllSaid = [chosen.role, chosen.minutes, chosen.difficulty].every((each) => each !== undefined);
  const language = isAllSaid
    ? usual
    : await pick(
        l10n.t('Interview drill: in which language?'),
        [usual, ...LANGUAGES.filter((other) => other !== usual)],
        (each) => LANGUAGE_NAMES[each],
      );
  return language === undefined ? undefined : { role, minutes, difficulty, language };
}
