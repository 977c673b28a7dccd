// How an interview went, as Markdown: what went wrong, which misconceptions, what to review, how long each took.

import type { Bilingual, Language } from '../../core/text.ts';
import { formatDuration } from './durations.ts';
import { type InterviewChoice, originOf } from './interview.ts';
import type { Lesson } from './lesson.ts';
import { misconceptionsIn } from './met.ts';
import { findMisconception } from './mutants.ts';
import type { Pack, Question } from './pack.ts';
import type { Pick } from './review-lesson.ts';
import { marksOf, stateOf } from './session.ts';
import type { InterviewScreen, Mark } from './view.ts';

const WORDS = {
  title: { en: 'Interview report', 'zh-CN': '面试报告' },
  role: { en: 'Role', 'zh-CN': '角色' },
  planned: { en: 'Planned', 'zh-CN': '计划时长' },
  used: { en: 'Used', 'zh-CN': '实际用时' },
  right: { en: 'Graded questions right', 'zh-CN': '系统判分题答对' },
  points: { en: 'Key points met, by your own mark', 'zh-CN': '自评答到的要点' },
  questions: { en: 'Questions', 'zh-CN': '题目' },
  question: { en: 'Question', 'zh-CN': '题目' },
  result: { en: 'Result', 'zh-CN': '结果' },
  time: { en: 'Time', 'zh-CN': '用时' },
  misconceptions: { en: 'Misconceptions met', 'zh-CN': '暴露的误解' },
  review: { en: 'What to review', 'zh-CN': '需要复习' },
  nothing: { en: 'Nothing: no answer was wrong.', 'zh-CN': '无：没有答错的题。' },
  none: { en: 'None.', 'zh-CN': '无。' },
  minutes: { en: 'min', 'zh-CN': '分钟' },
} as const satisfies Record<string, Bilingual>;

const MARKS = {
  right: { en: 'right', 'zh-CN': '正确' },
  wrong: { en: 'wrong', 'zh-CN': '错误' },
  self: { en: 'by yourself', 'zh-CN': '自评' },
  open: { en: 'not answered', 'zh-CN': '未答' },
} as const satisfies Partial<Record<Mark, Bilingual>>;

function markText(mark: Mark, language: Language): string {
  return Object.hasOwn(MARKS, mark) ? MARKS[mark as keyof typeof MARKS][language] : mark;
}

/** One question of the report. */
export interface ReportRow {
  readonly question: Question;
  readonly mark: Mark;
  /** Key points met and in all; undefined for computed steps. */
  readonly points: { readonly met: number; readonly all: number } | undefined;
  /** Milliseconds from the answer before, or from the beginning; undefined when not answered. */
  readonly took: number | undefined;
}

/** The questions in order with how they went. */
export function reportRows({ pack, session }: Lesson, choice: InterviewChoice): readonly ReportRow[] {
  const answered = pack.questions
    .flatMap(({ id }) => stateOf(session, id).answered?.at ?? [])
    .sort((a, b) => a - b);
  return pack.questions.map((question): ReportRow => {
    const { mark, answered: last } = stateOf(session, question.id);
    const at = last?.at;
    const before = at === undefined ? undefined : (answered.filter((time) => time < at).at(-1) ?? choice.at);
    return {
      question,
      mark,
      points:
        question.rubric.length === 0
          ? undefined
          : { met: last?.met?.filter(Boolean).length ?? 0, all: question.rubric.length },
      took: at === undefined || before === undefined ? undefined : Math.max(0, at - before),
    };
  });
}

interface Totals {
  readonly right: number;
  readonly graded: number;
  /** Key points, of the follow-ups that were answered. */
  readonly met: number;
  readonly points: number;
  /** Milliseconds. */
  readonly used: number;
}

function totalsOf(rows: readonly ReportRow[]): Totals {
  const graded = rows.filter(({ points }) => points === undefined);
  const marked = rows.flatMap(({ points, mark }) =>
    points === undefined || mark === 'open' ? [] : [points],
  );
  return {
    right: graded.filter(({ mark }) => mark === 'right').length,
    graded: graded.length,
    met: marked.reduce((sum, { met }) => sum + met, 0),
    points: marked.reduce((sum, { all }) => sum + all, 0),
    used: rows.reduce((sum, { took }) => sum + (took ?? 0), 0),
  };
}

/** The report as a screen; `packs` give what to review its names. */
export function interviewScreen(
  lesson: Lesson,
  choice: InterviewChoice,
  packs: readonly Pack[],
  language: Language,
): InterviewScreen {
  const rows = reportRows(lesson, choice);
  const { right, graded, met, points, used } = totalsOf(rows);
  return {
    kind: 'interview',
    pack: { id: lesson.pack.id, title: lesson.pack.title[language], profile: '' },
    marks: marksOf(lesson.session, lesson.pack),
    role: choice.role,
    planned: choice.minutes,
    used,
    graded: { right, of: graded },
    points: { met, of: points },
    lines: rows.map(({ question, mark, points: own, took }) => ({
      title: question.title[language],
      outcome: mark === 'given' ? 'open' : mark,
      points: own && { met: own.met, of: own.all },
      took,
    })),
    misconceptions: misconceptionsOf(lesson, language),
    review: weakOf(rows).map((pick) => namesOf(pick, packs, language)),
  };
}

/** The questions to look at again, each once: steps and reasons that were wrong, follow-ups of which half was missed. */
export function weakQuestions(lesson: Lesson, choice: InterviewChoice): readonly Pick[] {
  return weakOf(reportRows(lesson, choice));
}

/** The report as Markdown. */
export function interviewReport(
  lesson: Lesson,
  choice: InterviewChoice,
  packs: readonly Pack[],
  language: Language,
): string {
  const word = (name: keyof typeof WORDS) => WORDS[name][language];
  const rows = reportRows(lesson, choice);
  const { right, graded, met, points, used } = totalsOf(rows);
  return [
    `# ${word('title')}`,
    '',
    `- ${word('role')}: ${choice.role}`,
    `- ${word('planned')}: ${choice.minutes} ${word('minutes')}`,
    `- ${word('used')}: ${timeText(used, language)}`,
    `- ${word('right')}: ${right} / ${graded}`,
    `- ${word('points')}: ${met} / ${points}`,
    '',
    `## ${word('questions')}`,
    '',
    `| # | ${word('question')} | ${word('result')} | ${word('time')} |`,
    '|---|---|---|---|',
    ...rows.map((row, place) => rowText(row, place, language)),
    '',
    `## ${word('misconceptions')}`,
    '',
    ...misconceptions(lesson, language),
    '',
    `## ${word('review')}`,
    '',
    ...review(rows, packs, language),
    '',
  ].join('\n');
}

function timeText(time: number, language: Language): string {
  return formatDuration(Math.round(time / 1000) * 1000, language);
}

/** A cell of a table: what would end it is escaped. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function rowText({ question, mark, points, took }: ReportRow, place: number, language: Language): string {
  const result =
    points === undefined || mark === 'open'
      ? markText(mark, language)
      : `${markText(mark, language)} ${points.met}/${points.all}`;
  const time = took === undefined ? '' : timeText(took, language);
  return `| ${place + 1} | ${cell(question.title[language])} | ${result} | ${time} |`;
}

function misconceptionsOf({ session }: Lesson, language: Language): InterviewScreen['misconceptions'] {
  return [...misconceptionsIn(session.met)].flatMap(([id, times]) => {
    const known = findMisconception(id);
    return known === undefined ? [] : [{ name: known.name[language], text: known.text[language], times }];
  });
}

function misconceptions(lesson: Lesson, language: Language): string[] {
  const lines = misconceptionsOf(lesson, language).map(
    ({ name, text, times }) => `- **${name}** (${times}×): ${text}`,
  );
  return lines.length > 0 ? lines : [WORDS.none[language]];
}

/** Of an interview that breaks off, what was never asked is nothing to review. */
function weakOf(rows: readonly ReportRow[]): readonly Pick[] {
  const weak = rows.filter(({ mark, points }) =>
    points === undefined ? mark === 'wrong' : mark !== 'open' && points.met * 2 < points.all,
  );
  const names = weak.map(({ question }) => {
    const { packId, questionId } = originOf(question.id);
    return [`${packId}/${questionId}`, { pack: packId, question: questionId }] as const;
  });
  return [...new Map(names).values()];
}

function namesOf(
  { pack: packId, question: questionId }: Pick,
  packs: readonly Pack[],
  language: Language,
): { readonly pack: string; readonly title: string } {
  const pack = packs.find(({ id }) => id === packId);
  const title = pack?.questions.find(({ id }) => id === questionId)?.title[language] ?? questionId;
  return { pack: pack?.title[language] ?? packId, title };
}

function review(rows: readonly ReportRow[], packs: readonly Pack[], language: Language): string[] {
  const lines = weakOf(rows).map((pick) => {
    const { pack, title } = namesOf(pick, packs, language);
    return `- ${pack} › ${title} (\`${pick.pack}/${pick.question}\`)`;
  });
  return lines.length > 0 ? lines : [WORDS.nothing[language]];
}
