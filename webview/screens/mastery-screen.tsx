import type { MasteryScreen as Mastery } from '../../quizzes/engine/mastery.ts';
import { post } from '../host.ts';
import { Pickers } from '../lesson/pickers.tsx';
import { t } from '../text.ts';
import { Forecast, Recall } from './mastery-charts.tsx';
import { MasteryDiagram } from './mastery-diagram.tsx';
import { levelOf } from './mastery-levels.ts';

function daysAgoText(daysAgo: number): string {
  if (daysAgo === 0) return t('today');
  return daysAgo === 1 ? t('yesterday') : t('{0} days ago', daysAgo);
}

function StartReview({ mastery: { review, nextIn } }: { readonly mastery: Mastery }) {
  if (review === undefined) {
    return nextIn === undefined ? null : (
      <p class="quiet">{nextIn === 1 ? t('Next review: tomorrow') : t('Next review: in {0} days', nextIn)}</p>
    );
  }
  return (
    <button type="button" class="primary" onClick={() => post({ type: 'review/start' })}>
      {review.questions === 1
        ? t('Review 1 question ≈ {0} min', review.minutes)
        : t('Review {0} questions ≈ {1} min', review.questions, review.minutes)}
    </button>
  );
}

function Empty({ begin }: { readonly begin: Mastery['begin'] }) {
  return (
    <main class="mastery-empty">
      <h2>{t('Nothing to show yet')}</h2>
      <p>
        {t(
          'Answer a few questions. Every answer shows which rules you know; they appear here, and come back for review just before you would forget them.',
        )}
      </p>
      {begin && (
        <button type="button" class="primary" onClick={() => post({ type: 'pack/open', packId: begin.id })}>
          {t('Begin with “{0}”', begin.title)}
        </button>
      )}
    </main>
  );
}

function Weakest({ mastery: { weakest, horizon } }: { readonly mastery: Mastery }) {
  if (weakest.length === 0) return <p class="quiet">{t('None: all that you have met is known well.')}</p>;
  return (
    <ul class="weakest">
      {weakest.map(({ id, name, source, percent }) => (
        <li key={id} class={levelOf(percent)}>
          <span class="skill">{name}</span>
          <span class="source">{source}</span>
          <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="rest" width="100" height="6" />
            <rect class="done" width={percent} height="6" />
          </svg>
          <span class="figure" title={t('Chance of a right answer {0} days from now', horizon)}>
            {t('{0} %', percent)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Misconceptions({ met }: { readonly met: Mastery['misconceptions'] }) {
  if (met.length === 0) return <p class="quiet">{t('None so far.')}</p>;
  return (
    <ul class="beliefs">
      {met.map(({ id, name, times, daysAgo }) => (
        <li key={id}>
          {name}{' '}
          <span class="chip">
            {t('{0}×', times)} · {daysAgoText(daysAgo)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the learner knows, on the state diagram and in figures, and one button to go on. */
export function MasteryScreen({ mastery }: { readonly mastery: Mastery }) {
  const { due, known, streak, today, isEmpty, begin, overall, horizon } = mastery;
  return (
    <div class="mastery">
      <header class="header-bar">
        <h1>{t('What you know')}</h1>
        {!isEmpty && (
          <>
            <span class="chip">{t('{0} due today', due)}</span>
            <span class="chip">{t('{0} of {1} rules known', known.count, known.of)}</span>
            <span class="chip" title={t('Rules not met yet count as not known')}>
              {t('{0} % overall', overall)}
            </span>
            <span class="chip">{t('today {0} of {1} answers', today.answered, today.goal)}</span>
            {streak > 1 && <span class="chip">{t('{0} days in a row', streak)}</span>}
          </>
        )}
        <span class="spring" />
        {!isEmpty && <StartReview mastery={mastery} />}
        <Pickers languageOnly />
      </header>
      {isEmpty ? (
        <Empty begin={begin} />
      ) : (
        <main class="mastery-body">
          <section>
            <h2>{t('State diagram')}</h2>
            <p class="quiet">
              {t(
                'Figures: chance in percent of a right answer {0} days from now, without a review.',
                horizon,
              )}
            </p>
            <MasteryDiagram transitions={mastery.transitions} />
          </section>
          <section>
            <h2>{t('Weakest rules')}</h2>
            <Weakest mastery={mastery} />
            <h2>{t('Misconceptions met')}</h2>
            <Misconceptions met={mastery.misconceptions} />
          </section>
          <section>
            <h2>{t('Reviews, next 14 days')}</h2>
            <Forecast forecast={mastery.forecast} />
            <h2>{t('Recall, last 30 days')}</h2>
            <Recall past={mastery.past} goal={mastery.goalRecall} />
          </section>
        </main>
      )}
    </div>
  );
}
