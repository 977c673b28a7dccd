import { useEffect, useRef, useState } from 'preact/hooks';
import type { LessonScreen as Lesson } from '../../quizzes/engine/view.ts';
import { RichText } from '../rich-text.tsx';
import { Stage } from '../stage.tsx';
import { saved, update } from '../store.ts';
import { t } from '../text.ts';
import { Compare } from './compare.tsx';
import { HeaderBar } from './header-bar.tsx';
import { Paused } from './paused.tsx';
import { QuestionForm } from './question-form.tsx';
import { VerdictAside } from './verdict.tsx';

/** Going on to another question of the same section puts its introduction away. */
function usePutAway(intro: string | undefined, questionId: string): void {
  const last = useRef({ intro, questionId });
  useEffect(() => {
    const before = last.current;
    last.current = { intro, questionId };
    if (before.questionId === questionId || before.intro !== intro || intro === undefined) return;
    update({ kind: 'intro-read', intro });
  }, [intro, questionId]);
}

/** A question on its timeline. */
export function LessonScreen({ lesson }: { readonly lesson: Lesson }) {
  const { pack, intro, marks, index, timeline, question, verdict, compare, sitting } = lesson;
  const paused = sitting?.clock?.state === 'paused';
  const [whyOpen, setWhyOpen] = useState(false);
  const [profilesOpen, setProfilesOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question closes what was open
  useEffect(() => {
    setWhyOpen(false);
    setProfilesOpen(false);
  }, [question.id, verdict === undefined]);
  const introOpen = intro !== undefined && saved.value.introRead !== intro;
  usePutAway(intro, question.id);
  const kinds = [
    'lesson',
    compare ? 'comparing' : '',
    timeline ? '' : 'without-timeline',
    whyOpen || profilesOpen ? 'why-open' : '',
    paused ? 'standing' : '',
  ];
  return (
    <div class={kinds.join(' ')}>
      <HeaderBar
        title={pack.title}
        profile={pack.profile}
        symbols={timeline?.symbols ?? []}
        marks={marks}
        index={index}
        intro={intro}
        introOpen={introOpen}
        sitting={sitting}
      />
      {paused && <Paused />}
      {introOpen && !paused && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section class="intro rich-text" tabIndex={0} aria-label={t('Introduction')}>
          <RichText html={intro} />
        </section>
      )}
      {!paused &&
        (compare ? <Compare compare={compare} /> : timeline && <Stage view={timeline} begin="end" />)}
      {!paused && (
        <section class="question-pane" aria-label={t('Question and verdict')}>
          <QuestionForm
            question={question}
            verdict={verdict}
            sitting={sitting}
            hosts={timeline?.hosts}
            next={index + 1}
            count={marks.length}
            whyOpen={whyOpen}
            branchable={lesson.branchable}
            profilesOpen={lesson.profiles.length > 0 ? profilesOpen : undefined}
            onProfiles={() => setProfilesOpen(!profilesOpen)}
            onWhy={() => setWhyOpen(!whyOpen)}
          />
          <VerdictAside
            question={question}
            verdict={verdict}
            sitting={sitting}
            whyOpen={whyOpen}
            profiles={profilesOpen ? lesson.profiles : []}
          />
        </section>
      )}
    </div>
  );
}
