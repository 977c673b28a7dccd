import * as vscode from 'vscode';
import { isRecord } from '../../core/record.ts';
import type { Language } from '../../core/text.ts';
import type { InterviewChoice } from '../../quizzes/engine/interview.ts';
import { act, beginLesson, type Lesson, openLesson, saveLesson } from '../../quizzes/engine/lesson.ts';
import type { Pick } from '../../quizzes/engine/review-lesson.ts';
import type { Clock } from '../clock.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import { SCREEN_TEXTS } from '../panels/screen-texts.ts';
import { type Course, problemCourse } from './course.ts';
import { INTERVIEW_RUN, type ProgressStore } from './progress.ts';
import type { InterviewResume } from './resume.ts';

/** Loaded when the first interview begins. */
const engine = () => import('../../quizzes/engine/interview.ts');

/** The interview drill: begun by a choice, kept after every answer, reported at any time. */
export interface Interviews {
  begin(choice: InterviewChoice): Promise<void>;
  open(resume: InterviewResume): Promise<Course>;
  keep(lesson: Lesson): Promise<void>;
  /** Another interview of the same kind. */
  again(resume: InterviewResume): Promise<Course>;
  /** Writes the report of the interview begun last as Markdown, in an editor of its own. */
  report(language: Language): Promise<void>;
  /** The questions of the interview begun last that went badly. */
  weak(): Promise<readonly Pick[]>;
}

/** @param pace - by how much the time of each question is stretched */
export function openInterviews(
  library: PackLibrary,
  progress: ProgressStore,
  clock: Clock,
  pace: () => number,
): Interviews {
  const reporting = () => import('../../quizzes/engine/interview-report.ts');

  async function choiceNow(): Promise<InterviewChoice | undefined> {
    const { parseInterviewChoice } = await engine();
    const kept = progress.session(INTERVIEW_RUN);
    return isRecord(kept) ? parseInterviewChoice(kept['choice']) : undefined;
  }

  async function lessonOf(choice: InterviewChoice): Promise<Lesson> {
    const { interviewPack } = await engine();
    const packs = await library.packs();
    const kept = progress.session(INTERVIEW_RUN);
    const pack = interviewPack(packs, choice);
    const lesson = openLesson(pack, choice.seed, isRecord(kept) ? kept['saved'] : undefined);
    const at = clock.now();
    return lesson.session.sitting === undefined
      ? beginLesson(pack, choice.seed, { mode: 'drill', at, pace: pace() })
      : act(lesson, { type: 'tick', at });
  }

  const begin = async (choice: InterviewChoice) => progress.keepSession(INTERVIEW_RUN, { choice });

  async function open(resume: InterviewResume): Promise<Course> {
    const choice = await choiceNow();
    const lesson = choice && (await lessonOf(choice));
    if (choice !== undefined && lesson !== undefined && lesson.pack.questions.length > 0) {
      const [{ interviewScreen }, packs] = await Promise.all([reporting(), library.packs()]);
      const end = (now: Lesson, language: Language) => interviewScreen(now, choice, packs, language);
      return { kind: 'lesson', resume, lesson, next: undefined, end };
    }
    return problemCourse(resume, SCREEN_TEXTS.interviewNone, (language) => ({
      problems: [SCREEN_TEXTS.interviewBegin[language]],
    }));
  }

  return {
    begin,
    open,
    async keep(lesson) {
      const choice = await choiceNow();
      if (choice !== undefined)
        await progress.keepSession(INTERVIEW_RUN, { choice, saved: saveLesson(lesson) });
    },
    async again(resume) {
      const choice = await choiceNow();
      if (choice !== undefined) await begin({ ...choice, seed: clock.seed(), at: clock.now() });
      return open(resume);
    },
    async report(language) {
      const choice = await choiceNow();
      if (choice === undefined) return;
      const { interviewReport } = await reporting();
      const content = interviewReport(await lessonOf(choice), choice, await library.packs(), language);
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
      await vscode.window.showTextDocument(document, { preview: false });
    },
    async weak() {
      const choice = await choiceNow();
      if (choice === undefined) return [];
      const { weakQuestions } = await reporting();
      return weakQuestions(await lessonOf(choice), choice);
    },
  };
}
