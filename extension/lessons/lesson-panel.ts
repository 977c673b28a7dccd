import * as vscode from 'vscode';
import { leaveForLab } from '../../quizzes/engine/lab/from-lesson.ts';
import { act, lessonDeadline, lessonItems } from '../../quizzes/engine/lesson.ts';
import type { LessonAction } from '../../quizzes/engine/lesson-action.ts';
import { type Linked, linkOf } from '../../quizzes/engine/linked-lesson.ts';
import { isInExam } from '../../quizzes/engine/session.ts';
import type { LabPanel } from '../lab/lab-panel.ts';
import { onlyTab } from '../panels/only-tab.ts';
import type { LessonHandlers, WebviewParts } from '../panels/webview-link.ts';
import type { Course } from './course.ts';
import { type Courses, courseScreen, isFromLibrary } from './courses.ts';
import { type Resume, resumeOfState } from './resume.ts';

const LESSON_VIEW = 'handshake.lesson';
/** Milliseconds; timers of JavaScript cannot be set for longer. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** The one panel of lessons. */
export interface LessonPanel extends vscode.Disposable {
  /**
   * Shows a lesson where it was left, at the given question if any, or why there is none;
   * brings the panel to the front.
   */
  open(resume: Resume, questionId?: string): Promise<void>;
  /** Shows how the interview begun last went so far. */
  openReport(): Promise<void>;
  /** Reads what is on screen again, after its pack or the learner's progress has changed. */
  reload(): Promise<void>;
  /** Does so when its own pack is another one now: a change of others is not noticed, not even by a clock. */
  packsChanged(): Promise<void>;
  /** Begins what is on screen again, after all progress was forgotten: what was done in it is not kept. */
  startOver(): Promise<void>;
  /** The question on screen on its numbers; undefined when there is none, or its pack was made of a capture or a list of sockets. */
  linked(): Linked | undefined;
}

/** Whether both are the same learner's pass through the same questions. */
function isSameRun(one: Resume, other: Resume): boolean {
  if (one.kind !== 'pack' || other.kind !== 'pack') return one.kind === other.kind;
  return one.packId === other.packId && one.mode === other.mode;
}

/** Whether its pack is made when it is opened: no library has it. */
function isMade({ kind }: Resume): boolean {
  return kind === 'capture' || kind === 'sockets';
}

/** In an interview nobody looks ahead: a follow-up tells what was asked before it. */
function withinReach(course: Course | undefined, index: number): number {
  if (course?.kind !== 'lesson' || course.resume.kind !== 'interview') return index;
  const open = lessonItems(course.lesson, 'en').findIndex(({ mark }) => mark === 'open');
  return open < 0 ? index : Math.min(index, open);
}

/** Whether both are lessons of a pack that says the same. */
function isSamePack(one: Course, other: Course): boolean {
  if (one.kind === 'problem' || other.kind === 'problem') return false;
  const [old, now] = [one.lesson.pack, other.lesson.pack];
  return old === now || JSON.stringify(old) === JSON.stringify(now);
}

/** Registers the panel and brings back the one of an earlier window. */
export function registerLessonPanel(parts: WebviewParts, courses: Courses, lab: LabPanel): LessonPanel {
  let course: Course | undefined;
  const { guard, clock } = parts;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was asked for: reading may take long, and the newest wish wins. */
  let wishes = 0;
  let reloads = 0;

  function show(): void {
    if (course === undefined) return;
    const screen = courseScreen(course, parts.settings.preferences().language);
    const title = 'pack' in screen ? screen.pack.title : 'Handshake';
    tab.show(title, { screen, resume: course.resume });
  }

  /** Looks again when the time for what is on screen is up. */
  function watchDeadline(): void {
    clearTimeout(timer);
    const deadline = course?.kind === 'lesson' ? lessonDeadline(course.lesson) : undefined;
    if (!tab.isOpen() || deadline === undefined) return;
    const wait = Math.min(LONGEST_WAIT, Math.max(0, deadline - clock.now()));
    timer = setTimeout(() => {
      if (clock.now() < deadline) watchDeadline();
      else doing({ type: 'tick' });
    }, wait);
  }

  async function take(next: Course, before?: Course): Promise<void> {
    course = next;
    show();
    watchDeadline();
    await courses.keep(next, before);
  }

  function doing(action: LessonAction): void {
    guard(async () => {
      if (course?.kind !== 'lesson') return;
      const lesson = act(course.lesson, { ...action, at: clock.now() });
      await take({ ...course, lesson }, course);
    });
  }

  /** Stops the clock of what is on screen, and keeps where it stands. */
  async function pause(): Promise<void> {
    if (course?.kind !== 'lesson') return;
    const lesson = act(course.lesson, { type: 'pause', at: clock.now() });
    if (lesson !== course.lesson) await take({ ...course, lesson }, course);
  }

  /** Opens it; undefined when something else was asked for meanwhile. */
  async function openCourse(resume: Resume): Promise<Course | undefined> {
    wishes += 1;
    const wish = wishes;
    const opened = await courses.open(resume);
    return wish === wishes ? opened : undefined;
  }

  async function open(resume: Resume, questionId?: string): Promise<void> {
    if (course !== undefined && !isSameRun(course.resume, resume)) await pause();
    const opened = await openCourse(resume);
    if (opened === undefined) return;
    const index =
      questionId === undefined || opened.kind === 'problem'
        ? -1
        : lessonItems(opened.lesson, 'en').findIndex(({ id }) => id === questionId);
    tab.reveal();
    if (index < 0 || opened.kind === 'problem') return take(opened);
    return take({ ...opened, lesson: act(opened.lesson, { type: 'go', index, at: clock.now() }) });
  }

  async function openReport(): Promise<void> {
    const opened = await courses.open({ version: 1, kind: 'interview' });
    tab.reveal();
    if (opened.kind === 'problem') return take(opened);
    const { length } = opened.lesson.pack.questions;
    return take({ ...opened, lesson: act(opened.lesson, { type: 'go', index: length, at: clock.now() }) });
  }

  /** Takes the run of the question on screen to the lab, once it is answered. */
  async function whatIf(questionId: string): Promise<void> {
    if (course?.kind !== 'lesson' || !isFromLibrary(course.resume.kind)) return;
    const { pack, session } = course.lesson;
    const left = pack.questions[session.index]?.id === questionId ? leaveForLab(course.lesson) : undefined;
    if (left === undefined) return;
    await take({ ...course, lesson: left.lesson });
    await lab.open(left.subject);
  }

  const handlers: LessonHandlers = {
    'question/answer': ({ questionId, fields }) => doing({ type: 'answer', questionId, fields }),
    'question/reveal': ({ questionId }) => doing({ type: 'reveal', questionId }),
    'question/hint': ({ questionId }) => doing({ type: 'hint', questionId }),
    'question/retry': ({ questionId }) => doing({ type: 'retry', questionId }),
    'question/what-if': ({ questionId }) => guard(() => whatIf(questionId)),
    'question/go': ({ index }) => doing({ type: 'go', index: withinReach(course, index) }),
    'rubric/mark': ({ questionId, met }) => doing({ type: 'mark', questionId, met }),
    'sitting/pause': () => guard(pause),
    'sitting/resume': () => doing({ type: 'resume' }),
    'exam/hand-in': () => doing({ type: 'hand-in' }),
    'verdict/compare': ({ misconception }) => doing({ type: 'compare', misconception }),
    'pack/open': ({ packId }) => guard(() => open({ version: 1, kind: 'pack', packId, address: '' })),
    'pack/restart': () =>
      guard(async () => {
        if (course !== undefined) await take(await courses.restart(course));
      }),
    'interview/report': () => guard(() => courses.writeReport(parts.settings.preferences().language)),
    'interview/review': () => guard(async () => take(await courses.reviewInterview())),
    'review/start': () => guard(() => open({ version: 1, kind: 'review' })),
  };

  async function reload(): Promise<void> {
    if (!tab.isOpen() || course === undefined) return;
    await pause();
    const before = course;
    // What the learner asks for counts, before and meanwhile: only a later reload takes the place of this one.
    const wish = wishes;
    reloads += 1;
    const turn = reloads;
    const opened = await courses.open(before.resume);
    if (wish === wishes && turn === reloads && course === before) await take(opened);
  }

  const tab = onlyTab(
    {
      type: LESSON_VIEW,
      handlers,
      hidden: () => guard(pause),
      closed() {
        clearTimeout(timer);
        guard(pause);
      },
    },
    parts,
  );
  const serializer = tab.bringBack(async (state) => {
    const resume = resumeOfState(state);
    return (
      resume &&
      (async () => {
        const opened = await openCourse(resume);
        if (opened !== undefined) await take(opened);
      })
    );
  });
  const translation = parts.settings.onDidChange(show);
  return {
    open,
    openReport,
    // Who opens a link sees the answers: an exam gives none away.
    linked: () =>
      course?.kind === 'lesson' && !isMade(course.resume) && !isInExam(course.lesson.session)
        ? linkOf(course.lesson)
        : undefined,
    reload,
    async packsChanged() {
      const before = course;
      if (!tab.isOpen() || before === undefined || before.resume.kind === 'capture') return;
      const now = await courses.open(before.resume);
      if (!isSamePack(before, now)) return reload();
      // Only which pack comes next may be another.
      if (course?.kind !== 'lesson' || now.kind !== 'lesson') return;
      course = { ...course, next: now.next };
      show();
    },
    async startOver() {
      clearTimeout(timer);
      if (course === undefined) return;
      const { resume } = course;
      course = undefined;
      const opened = await openCourse(resume);
      if (opened !== undefined && tab.isOpen()) await take(opened);
    },
    // The panel itself stays: VS Code closes it, or brings it back in the next window.
    dispose() {
      clearTimeout(timer);
      vscode.Disposable.from(serializer, translation).dispose();
    },
  };
}
