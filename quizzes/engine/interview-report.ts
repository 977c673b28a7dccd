// How an interview went, as Markdown: what went wrong, which misconceptions, what to review, how long each took.

import type { Bilingual, Language } from '../../core/text.ts';
import { formatDuration } from './durations.ts';
import { type InterviewChoice, originOf } from './interview.ts';
import type { Lesson } from './lesson.ts';
import { findMisconception } from './mutants.ts';
import type { Pack, Question } from './pack.ts';
import { stateOf } from './session.ts';
import type { Mark } from './view.ts';

const WORDS = {
  title: { en: 'Interview report', 'zh-CN': '面试报告' },
  role: { en: 'Role', 'zh-CN': '角色' },
  planned: { en: 'Planned', 'zh-CN': '计划时长' },
  used: { en: 'Used', 'zh-CN': '实际用时' },
  right: { en: 'Computed steps right', 'zh-CN': '计算题答对' },
  points: { en: 'Key points met, by your own mark', 'zh-CN': '自评答到的要点' },
  questions: { en: 'Questions', 'zh-CN': '题目' },
  question: { en: 'Question', 'zh-CN': '题目' },
  result: { en: 'Result', 'zh-CN': '结果' },
  time: { en: 'Time', 'zh-CN': '用时' },
  misconceptions: { en: 'Misconceptions met', 'zh-CN': '暴露的误解' },
  review: { en: 'What to review', 'zh-CN': '需要复习' },
  nothing: { en: 'Nothing: every step was right.', 'zh-CN': '无：每一步都答对了。' },
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

/** The report; `packs` give what to review its names. */
export function interviewReport(
  lesson: Lesson,
  choice: InterviewChoice,
  packs: readonly Pack[],
  language: Language,
): string {
  const word = (name: keyof typeof WORDS) => WORDS[name][language];
  const rows = reportRows(lesson, choice);
  const steps = rows.filter(({ points }) => points === undefined);
  const right = steps.filter(({ mark }) => mark === 'right').length;
  const prose = rows.flatMap(({ points }) => points ?? []);
  const met = prose.reduce((sum, points) => sum + points.met, 0);
  const all = prose.reduce((sum, points) => sum + points.all, 0);
  const used = rows.reduce((sum, { took }) => sum + (took ?? 0), 0);
  return [
    `# ${word('title')}`,
    '',
    `- ${word('role')}: ${choice.role}`,
    `- ${word('planned')}: ${choice.minutes} ${word('minutes')}`,
    `- ${word('used')}: ${timeText(used, language)}`,
    `- ${word('right')}: ${right} / ${steps.length}`,
    `- ${word('points')}: ${met} / ${all}`,
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

function misconceptions({ session }: Lesson, language: Language): string[] {
  const lines = Object.entries(session.met)
    .sort(([, one], [, other]) => other - one)
    .flatMap(([id, times]) => {
      const known = findMisconception(id);
      return known === undefined
        ? []
        : [`- **${known.name[language]}** (${times}×): ${known.text[language]}`];
    });
  return lines.length > 0 ? lines : [WORDS.none[language]];
}

/** Steps that were not right, and follow-ups of which half the points were missed, by pack and question. */
function review(rows: readonly ReportRow[], packs: readonly Pack[], language: Language): string[] {
  const weak = rows.filter(({ mark, points }) =>
    points === undefined ? mark !== 'right' : mark !== 'open' && points.met * 2 < points.all,
  );
  const lines = weak.map(({ question }) => {
    const { packId, questionId } = originOf(question.id);
    const pack = packs.find(({ id }) => id === packId);
    const title = pack?.questions.find(({ id }) => id === questionId)?.title[language] ?? questionId;
    return `- ${pack?.title[language] ?? packId} › ${title} (\`${packId}/${questionId}\`)`;
  });
  return lines.length > 0 ? [...new Set(lines)] : [WORDS.nothing[language]];
}
