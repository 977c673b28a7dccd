import * as vscode from 'vscode';
import type { Bilingual, Language } from '../../core/text.ts';
import {
  act,
  beginLesson,
  captureLesson,
  type Lesson,
  lessonItems,
  lessonScreen,
  openLesson,
  saveLesson,
} from '../../quizzes/engine/lesson.ts';
import { linkedLesson } from '../../quizzes/engine/linked-lesson.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { isInExam } from '../../quizzes/engine/session.ts';
import { isOver } from '../../quizzes/engine/sitting.ts';
import type { SummaryScreen } from '../../quizzes/engine/view.ts';
import type { Screen } from '../../webview/protocol.ts';
import { captureProblem } from '../captures/capture-screen.ts';
import type { Captures } from '../captures/captures.ts';
import type { Clock } from '../clock.ts';
import type { FileIssue, PackFile } from '../packs/pack-file.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import { packAfter, packToContinue } from '../packs/tree-model.ts';
import { fill, SCREEN_TEXTS } from '../panels/screen-texts.ts';
import type { Reviews } from '../study/reviews.ts';
import { type Course, problemCourse } from './course.ts';
import type { Interviews } from './interviews.ts';
import type { ProgressStore } from './progress.ts';
import {
  type CaptureResume,
  type LinkResume,
  type PackResume,
  type Resume,
  runKey,
  type SocketsResume,
} from './resume.ts';

/** Opens lessons where they were left, and keeps them after every answer. */
export interface Courses {
  open(resume: Resume): Promise<Course>;
  /** @param before - as it was before what the learner just did */
  keep(course: Course, before?: Course): Promise<void>;
  /** The same lesson all over again, with nothing done. */
  restart(course: Course): Promise<Course>;
  /** Writes the report of the interview begun last as Markdown. */
  writeReport(language: Language): Promise<void>;
  /** What went badly in the interview begun last, on fresh numbers. */
  reviewInterview(): Promise<Course>;
}

/** The run on a capture that was kept last; older ones are let go. */
interface KeptCapture {
  readonly address: string;
  readonly connection: number;
  readonly saved: unknown;
}

const CAPTURE_RUN = 'capture';
/** Segments of a captured connection that are asked about. */
const MOST_ASKED = 2000;

function issueSentence(issue: FileIssue, language: Language): string {
  const { file, start, message } = issue;
  return fill(SCREEN_TEXTS.place, language, file, start.line, start.column, message[language]);
}

/** Why nothing of a pack file can be used. */
function brokenPack(file: PackFile, resume: PackResume): Course {
  return problemCourse(resume, SCREEN_TEXTS.packUnusable, (language) => ({
    problems:
      file.issues.length > 0
        ? file.issues.map((issue) => issueSentence(issue, language))
        : [fill(SCREEN_TEXTS.packEmpty, language, file.file)],
    followsFile: true,
  }));
}

/** @param next - the pack to go on with */
function missingPack(resume: PackResume, next: Pack | undefined): Course {
  return problemCourse(resume, SCREEN_TEXTS.packUnusable, (language) => ({
    problems: [fill(SCREEN_TEXTS.packMissing, language, resume.packId)],
    next: next && { id: next.id, title: next.title[language] },
  }));
}

function captureTrouble(resume: CaptureResume, title: Bilingual, text: Bilingual, name: string): Course {
  return problemCourse(resume, title, (language) => ({ problems: [fill(text, language, name)] }));
}

/** Whether the lab finds the run of a question in a pack of the library. */
export function isFromLibrary(kind: Resume['kind']): boolean {
  return kind !== 'capture' && kind !== 'sockets';
}

/** A summary that says what the questions were from, where that is no pack. */
function withOrigin(screen: SummaryScreen, kind: Resume['kind']): SummaryScreen {
  return kind === 'review' || kind === 'capture' || kind === 'sockets' ? { ...screen, of: kind } : screen;
}

/** What a course shows now. */
export function courseScreen(course: Course, language: Language): Screen {
  if (course.kind === 'problem') return course.screen(language);
  const { lesson, next } = course;
  const screen = lessonScreen(lesson, language, next && { id: next.id, title: next.title[language] });
  const { kind } = course.resume;
  if (screen.kind === 'summary') return course.end?.(lesson, language) ?? withOrigin(screen, kind);
  if (screen.kind !== 'lesson') return screen;
  return { ...screen, branchable: screen.branchable && isFromLibrary(kind) };
}

/** What courses are made of. */
interface CourseParts {
  readonly library: PackLibrary;
  readonly progress: ProgressStore;
  readonly captures: Captures;
  readonly reviews: Reviews;
  readonly interviews: Interviews;
  readonly clock: Clock;
  /** By how much drills stretch the time of each question. */
  readonly pace: () => number;
}

export function openCourses(parts: CourseParts): Courses {
  const { library, progress, captures, reviews, interviews, clock, pace } = parts;

  async function openPack(resume: PackResume): Promise<Course> {
    const files = await library.files();
    const file =
      files.find(({ pack }) => pack?.id === resume.packId) ??
      files.find(({ address }) => address === resume.address);
    if (file === undefined) return missingPack(resume, packToContinue(await library.packs(), progress.now()));
    const { pack, address } = file;
    if (pack === undefined || pack.questions.length === 0) return brokenPack(file, resume);
    const next = packAfter(await library.packs(), pack.id);
    // Read last: an answer given while files were read must not be forgotten.
    const now: PackResume = { ...resume, packId: pack.id, address };
    return { kind: 'lesson', resume: now, ...lessonOf(pack, now), next };
  }

  /** Where it was left, with what time has done to it since; begins a drill or an exam that was not begun. */
  function lessonOf(pack: Pack, resume: PackResume): { readonly lesson: Lesson; readonly left?: Lesson } {
    const { mode } = resume;
    const kept = openLesson(pack, clock.seed(), progress.session(runKey(resume)));
    const at = clock.now();
    if (mode === undefined) return { lesson: kept };
    return kept.session.sitting?.mode === mode
      ? { lesson: act(kept, { type: 'tick', at }), left: kept }
      : { lesson: beginLesson(pack, clock.seed(), { mode, at, pace: pace() }) };
  }

  async function openCapture(resume: CaptureResume): Promise<Course> {
    const uri = vscode.Uri.parse(resume.address);
    const capture = await captures.open(uri).catch(() => undefined);
    if (capture === undefined) {
      return captureTrouble(resume, SCREEN_TEXTS.captureUnreadable, SCREEN_TEXTS.captureGone, uri.path);
    }
    const timeline = await capture.done
      .then(() => capture.view(resume.connection))
      .then((view) => view?.timeline(0, Math.min(view.count(), MOST_ASKED)))
      .catch(() => undefined);
    if (timeline === undefined) {
      return { kind: 'problem', resume, screen: (language) => captureProblem(capture, language) };
    }
    const seed = clock.seed();
    const fresh = captureLesson(timeline, seed, capture.name);
    if (fresh.pack.questions.length === 0) {
      return captureTrouble(resume, SCREEN_TEXTS.captureUnasked, SCREEN_TEXTS.nothingToAsk, capture.name);
    }
    const kept = progress.session(CAPTURE_RUN) as Partial<KeptCapture> | undefined;
    const isSame = kept?.address === resume.address && kept.connection === resume.connection;
    const lesson = isSame ? openLesson(fresh.pack, seed, kept.saved) : fresh;
    return { kind: 'lesson', resume, lesson, next: undefined };
  }

  async function openSockets(resume: SocketsResume): Promise<Course> {
    const { packOfSockets } = await import('../../quizzes/format/pack-of-sockets.ts');
    const pack = await packOfSockets(resume.states);
    return { kind: 'lesson', resume, lesson: openLesson(pack, clock.seed()), next: undefined };
  }

  async function openLink(resume: LinkResume): Promise<Course> {
    const { packId, questionId, seed } = resume;
    const packs = await library.packs();
    const pack = packs.find(({ id }) => id === packId);
    if (pack === undefined) {
      const gone = { version: 1, kind: 'pack', packId, address: '' } as const;
      return missingPack(gone, packToContinue(packs, progress.now()));
    }
    const lesson = linkedLesson(pack, questionId, seed);
    if (lesson !== undefined) return { kind: 'lesson', resume, lesson, next: pack };
    return problemCourse(resume, SCREEN_TEXTS.packUnusable, (language) => ({
      problems: [fill(SCREEN_TEXTS.questionMissing, language, pack.title[language], questionId)],
      next: { id: pack.id, title: pack.title[language] },
    }));
  }

  function open(resume: Resume): Promise<Course> {
    switch (resume.kind) {
      case 'pack':
        return openPack(resume);
      case 'capture':
        return openCapture(resume);
      case 'sockets':
        return openSockets(resume);
      case 'review':
        return reviews.open(resume);
      case 'link':
        return openLink(resume);
      case 'interview':
        return interviews.open(resume);
    }
  }

  return {
    open,
    async keep(course, before) {
      if (course.kind === 'problem') return;
      const { resume, lesson, left } = course;
      // An exam says nothing of what the learner knows before it is over.
      const noted = isInExam(lesson.session)
        ? undefined
        : reviews.note(lesson, before?.kind === 'lesson' ? before.lesson : left);
      if (resume.kind === 'link' || resume.kind === 'sockets') return noted;
      if (resume.kind === 'review') {
        await Promise.all([noted, reviews.keep(lesson)]);
        return;
      }
      if (resume.kind === 'interview') {
        await Promise.all([noted, interviews.keep(lesson)]);
        return;
      }
      const saved = saveLesson(lesson);
      if (resume.kind === 'capture') {
        const { address, connection } = resume;
        const kept: KeptCapture = { address, connection, saved };
        await Promise.all([noted, progress.keepSession(CAPTURE_RUN, kept)]);
        return;
      }
      const key = runKey(resume);
      // An exam's marks are for nobody's eyes before it is over.
      if (resume.mode === 'exam' && !isOver(lesson.session.sitting)) return progress.keepSession(key, saved);
      const marks = lessonItems(lesson, 'en').map(({ id, mark }) => [id, mark] as const);
      await Promise.all([noted, progress.keepPack(resume.packId, saved, marks, key)]);
    },
    writeReport: interviews.report,
    async reviewInterview() {
      await reviews.plan(await interviews.weak());
      return reviews.open({ version: 1, kind: 'review' });
    },
    async restart(course) {
      if (course.kind === 'problem') return course;
      const { left: _, ...own } = course;
      const { resume, lesson } = own;
      if (resume.kind === 'interview') return interviews.again(resume);
      if (resume.kind === 'pack' && resume.mode === undefined) await progress.forget(resume.packId);
      return { ...own, lesson: act(lesson, { type: 'restart', at: clock.now() }) };
    },
  };
}
