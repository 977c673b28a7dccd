import { type Lesson, saveLesson } from '../../quizzes/engine/lesson.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import type { Pick, ReviewPlan } from '../../quizzes/engine/review-lesson.ts';
import type { DueSkill } from '../../quizzes/engine/schedule.ts';
import { isInExam, stateOf } from '../../quizzes/engine/session.ts';
import { hasAnswers, misconceptionsMet, type Study } from '../../quizzes/engine/study.ts';
import type { Clock } from '../clock.ts';
import { type Course, problemCourse } from '../lessons/course.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import { wronglyAnswered } from '../lessons/progress-model.ts';
import type { ReviewResume } from '../lessons/resume.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import { packToContinue } from '../packs/tree-model.ts';
import { fill, SCREEN_TEXTS } from '../panels/screen-texts.ts';
import { prepareStudy } from './prepare-study.ts';
import type { StudyStore } from './study-store.ts';

/** What is due, asked as a lesson; and what every answer of any lesson says of the learner's skills. */
export interface Reviews {
  /** Today's review where it was left, or a new one. */
  open(resume: ReviewResume): Promise<Course>;
  /** Plans a review of these questions; the next {@link open} opens it. */
  plan(picks: readonly Pick[]): Promise<void>;
  /** Plans a review of what is due and was answered in this pack last, with its own questions. */
  planPack(packId: string): Promise<void>;
  keep(lesson: Lesson): Promise<void>;
  /** Remembers when a question came on screen, and keeps what its answer shows. */
  note(lesson: Lesson, before: Lesson | undefined): Promise<void>;
  due(): Promise<readonly DueSkill[]>;
}

/** The review begun last. */
interface KeptReview {
  readonly day: number;
  readonly plan: ReviewPlan;
  readonly saved: unknown;
}

const REVIEW_RUN = 'review';

function isFinished({ pack, session }: Lesson): boolean {
  return pack.questions.every(({ id }) => stateOf(session, id).answered !== undefined);
}

/** The question on screen on its numbers, as a name; the same until another is shown. */
function onScreen({ pack, session }: Lesson): string {
  const id = pack.questions[session.index]?.id ?? '';
  return [pack.id, id, session.seed, session.round, stateOf(session, id).fresh].join('/');
}

/**
 * @param days - until something is due
 * @param pack - the one to go on with
 */
function nothingDue(
  resume: ReviewResume,
  study: Study,
  days: number | undefined,
  pack: Pack | undefined,
): Course {
  const later = (days ?? 1) === 1 ? SCREEN_TEXTS.reviewTomorrow : SCREEN_TEXTS.reviewNothing;
  const text = study.reviews.length === 0 ? SCREEN_TEXTS.reviewFirst : later;
  return problemCourse(resume, SCREEN_TEXTS.reviewTitle, (language) => ({
    problems: [fill(text, language, days ?? 1)],
    next: pack && { id: pack.id, title: pack.title[language] },
  }));
}

export function openReviews(
  library: PackLibrary,
  progress: ProgressStore,
  study: StudyStore,
  clock: Clock,
): Reviews {
  let shown: { readonly what: string; readonly at: number } | undefined;
  let plan: ReviewPlan | undefined;

  // The schedule and the index of questions are read when first needed: most sessions begin with a lesson.
  const engine = () => import('../../quizzes/engine/review-lesson.ts');

  async function due(): Promise<readonly DueSkill[]> {
    const [{ dueSkills }, { spoilsIn }] = await Promise.all([
      import('../../quizzes/engine/schedule.ts'),
      import('../../quizzes/engine/question-index.ts'),
    ]);
    const known = await study.now();
    // Without a misconception to look after, the packs need not be read for this.
    if (misconceptionsMet(known).size === 0) return dueSkills(known, clock.today(), () => []);
    const packs = await library.packs();
    await prepareStudy(known, packs);
    return dueSkills(known, clock.today(), spoilsIn(packs));
  }

  async function keptLesson(): Promise<Lesson | undefined> {
    const kept = progress.session(REVIEW_RUN) as Partial<KeptReview> | undefined;
    if (kept?.plan === undefined || kept.day !== clock.today()) return undefined;
    const { openReview } = await engine();
    const lesson = openReview(await library.packs(), kept.plan, kept.saved);
    if (lesson.pack.questions.length === 0 || isFinished(lesson)) return undefined;
    plan = kept.plan;
    return lesson;
  }

  /**
   * Whoever answered before answers were kept has marks alone: what they had wrong comes first. Marks say neither when
   * nor how, so they count as no review.
   */
  async function fromMarks(packs: readonly Pack[], known: Study): Promise<ReviewPlan | undefined> {
    const { planOf, MOST_QUESTIONS } = await engine();
    if (hasAnswers(known)) return undefined;
    const there = wronglyAnswered(progress.now()).filter(({ pack, question }) =>
      packs.some(({ id, questions }) => id === pack && questions.some((each) => each.id === question)),
    );
    const picks = there.slice(0, MOST_QUESTIONS);
    return picks.length === 0 ? undefined : planOf(packs, picks, known, clock.seed());
  }

  async function newLesson(): Promise<Lesson | undefined> {
    const { planReview, openReview } = await engine();
    const packs = await library.packs();
    const known = await study.now();
    plan = planReview(packs, await due(), known, clock.seed()) ?? (await fromMarks(packs, known));
    return plan && openReview(packs, plan);
  }

  async function begin(planned: ReviewPlan): Promise<void> {
    const { openReview } = await engine();
    plan = planned;
    const saved = saveLesson(openReview(await library.packs(), planned));
    const kept: KeptReview = { day: clock.today(), plan, saved };
    await progress.keepSession(REVIEW_RUN, kept);
  }

  return {
    due,
    async open(resume) {
      const lesson = (await keptLesson()) ?? (await newLesson());
      if (lesson !== undefined) return { kind: 'lesson', resume, lesson, next: undefined };
      const { cardsOf, dueDay } = await import('../../quizzes/engine/schedule.ts');
      const known = await study.now();
      const days = [...cardsOf(known).values()].map((card) => dueDay(card) - clock.today());
      const coming = days.filter((day) => day > 0);
      const nearest = coming.length === 0 ? undefined : Math.min(...coming);
      return nothingDue(resume, known, nearest, packToContinue(await library.packs(), progress.now()));
    },
    async plan(picks) {
      const { planOf } = await engine();
      await begin(planOf(await library.packs(), picks, await study.now(), clock.seed()));
    },
    async planPack(packId) {
      const [{ planReview }, { dueByPack }] = await Promise.all([
        engine(),
        import('../../quizzes/engine/schedule.ts'),
      ]);
      const known = await study.now();
      const own = (await library.packs()).filter(({ id }) => id === packId);
      const planned = planReview(own, dueByPack(known, await due()).get(packId) ?? [], known, clock.seed());
      if (planned !== undefined) await begin(planned);
    },
    async keep(lesson) {
      if (plan === undefined) return;
      const kept: KeptReview = { day: clock.today(), plan, saved: saveLesson(lesson) };
      await progress.keepSession(REVIEW_RUN, kept);
    },
    async note(lesson, before) {
      const at = clock.now();
      const what = onScreen(lesson);
      const took = shown?.what === what ? at - shown.at : undefined;
      if (shown?.what !== what) shown = { what, at };
      if (before === undefined || before === lesson) return;
      const { reviewsOf } = await import('../../quizzes/engine/evidence.ts');
      // An exam may have been over long before anybody looked; each answer to it counts once, whoever looks.
      const then = isInExam(before.session) ? (lesson.session.sitting?.ended?.at ?? at) : at;
      for (const review of reviewsOf(before, lesson, { at: then, day: clock.today(then), took }))
        await study.add(review);
    },
  };
}
