// Every view of the webview, each made by the engine of what ships: what a learner really sees, in both languages.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../../core/text.ts';
import { printBestScript } from '../../core/wire/packetdrill/print.ts';
import { readContents } from '../../extension/captures/capture-contents.ts';
import { captureScreen } from '../../extension/captures/capture-screen.ts';
import { FIRST_ROWS } from '../../extension/captures/capture-table.ts';
import { readScript } from '../../extension/scripts/read-script.ts';
import { scriptScreen } from '../../extension/scripts/script-screen.ts';
import { type InterviewChoice, interviewPack } from '../../quizzes/engine/interview.ts';
import { interviewScreen } from '../../quizzes/engine/interview-report.ts';
import { labRun } from '../../quizzes/engine/lab/lab.ts';
import { act, beginLesson, type Lesson, lessonScreen, openLesson } from '../../quizzes/engine/lesson.ts';
import type { LessonAction } from '../../quizzes/engine/lesson-action.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { ROOT } from '../../scripts/paths.ts';
import type { Screen } from '../../webview/protocol.ts';
import { believedAnswers, rightAnswers } from '../quizzes/learner.ts';
import { shippedPacks } from '../quizzes/support.ts';
import { labOn, labScreens } from './lab-screens.ts';
import { MASTERY, MASTERY_EMPTY, MASTERY_ZH } from './mastery-screens.ts';

export interface View {
  readonly name: string;
  readonly screen: Screen;
}

const SEED = 7;
/** The page has a clock of its own. */
const BEGUN = Date.now();
const BELIEF = 'fin-consumes-nothing';
const CAPTURE = 'last_ack_lost.server.pcap';

function packNamed(packs: readonly Pack[], id: string): Pack {
  const pack = packs.find((each) => each.id === id);
  if (pack === undefined) throw new Error(`no shipped pack ${id}`);
  return pack;
}

function doing(lesson: Lesson, ...actions: readonly LessonAction[]): Lesson {
  return actions.reduce(act, lesson);
}

/** Every question of a run answered, each third one by their belief; those in prose are given up. */
function toTheEnd(begun: Lesson): Lesson {
  const open = openLesson(begun.pack, SEED);
  return begun.pack.questions.reduce<Lesson>((lesson, { id: questionId, asks }, index) => {
    const at = BEGUN + (index + 1) * 20_000;
    if (asks.length === 0)
      return doing(lesson, { type: 'go', index, at }, { type: 'reveal', questionId, at: at + 1000 });
    // An exam tells no answers, so that they are taken from the same questions outside it.
    const there = act(open, {
      type: 'go',
      index: open.pack.questions.findIndex(({ id }) => id === questionId),
    });
    const fields =
      index % 3 === 1 ? believedAnswers(there, questionId, BELIEF) : rightAnswers(there, questionId);
    return doing(lesson, { type: 'go', index, at }, { type: 'answer', questionId, fields, at: at + 1000 });
  }, begun);
}

function lessons(packs: readonly Pack[], language: Language): readonly View[] {
  const close = packNamed(packs, 'four-way-close');
  const asked = act(openLesson(close, SEED), { type: 'go', index: 1 });
  const questionId = 'ack-of-fin';
  const wrong = act(asked, {
    type: 'answer',
    questionId,
    fields: believedAnswers(asked, questionId, BELIEF),
  });
  const right = act(asked, { type: 'answer', questionId, fields: rightAnswers(asked, questionId) });
  const exam = beginLesson(packNamed(packs, 'time-wait-and-reuse'), SEED, { mode: 'exam', at: BEGUN });
  const drill = beginLesson(close, SEED, { mode: 'drill', at: BEGUN });
  const reasons = packNamed(packs, 'interview-why');
  const inProse = reasons.questions.findIndex(({ asks }) => asks.length === 0);
  const prose = act(openLesson(reasons, SEED), { type: 'go', index: inProse });
  const proseId = reasons.questions[inProse]?.id ?? '';
  const last = exam.pack.questions.length;
  const views = {
    'lesson-asked': asked,
    'lesson-hint': act(asked, { type: 'hint', questionId }),
    'lesson-wrong': wrong,
    'lesson-right': right,
    'lesson-both-rules': act(wrong, { type: 'compare', misconception: BELIEF }),
    'lesson-why': prose,
    'lesson-why-told': act(prose, { type: 'reveal', questionId: proseId }),
    'lesson-summary': act(toTheEnd(openLesson(close, SEED)), { type: 'go', index: close.questions.length }),
    'drill-asked': drill,
    'drill-paused': act(drill, { type: 'pause', at: BEGUN + 5000 }),
    'exam-asked': exam,
    'exam-hand-in': act(exam, { type: 'go', index: last, at: BEGUN + 60_000 }),
    'exam-result': act(toTheEnd(exam), { type: 'hand-in', at: BEGUN + 600_000 }),
  };
  return Object.entries(views).map(([name, lesson]) => ({ name, screen: lessonScreen(lesson, language) }));
}

function interviews(packs: readonly Pack[], language: Language): readonly View[] {
  const choice: InterviewChoice = { role: 'backend', minutes: 20, difficulty: 2, seed: SEED, at: BEGUN };
  const lesson = beginLesson(interviewPack(packs, choice), SEED, { mode: 'drill', at: BEGUN });
  const done = toTheEnd(lesson);
  return [
    ...[0, 1, 2].map((index) => ({
      name: `interview-${index + 1}`,
      screen: lessonScreen(act(done, { type: 'go', index, at: BEGUN + 60_000 * (index + 1) }), language),
    })),
    { name: 'interview-report', screen: interviewScreen(done, choice, packs, language) },
  ];
}

async function capture(language: Language): Promise<View> {
  const octets = await readFile(path.join(ROOT, 'quizzes', 'packs', 'captures', CAPTURE));
  const contents = readContents(
    CAPTURE,
    async (push) => {
      push(octets);
      return 'whole';
    },
    () => undefined,
  );
  await contents.done;
  const open = {
    address: `file:///${CAPTURE}`,
    name: CAPTURE,
    size: octets.length,
    onDidRead: () => ({ dispose: () => undefined }),
    ...contents,
  };
  const look = { connection: 0, from: 0, table: FIRST_ROWS };
  return { name: 'capture', screen: captureScreen(open, await contents.view(0), look, language) };
}

/** A script that our own run of the four-way close was written to, with one expectation that does not hold. */
function script(packs: readonly Pack[], language: Language): View {
  const whole = printBestScript(labRun(labOn(packs)), 'A');
  const text = whole.replace('892:892(0) ack 440', '892:892(0) ack 439');
  if (text === whole) throw new Error('the script has no such line any more: choose another one to falsify');
  return { name: 'script', screen: scriptScreen('close.pkt', 'close', text, readScript(text), language) };
}

export async function galleryViews(language: Language): Promise<readonly View[]> {
  const packs = await shippedPacks();
  const labs = await labScreens(language);
  return [
    ...lessons(packs, language),
    ...interviews(packs, language),
    await capture(language),
    script(packs, language),
    ...labs.map(({ name, screen }) => ({ name: name.replace('/', '-'), screen })),
    { name: 'mastery', screen: language === 'en' ? MASTERY : MASTERY_ZH },
    ...(language === 'en' ? [{ name: 'mastery-empty', screen: MASTERY_EMPTY }] : []),
  ];
}
