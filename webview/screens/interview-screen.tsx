import { useEffect, useRef } from 'preact/hooks';
import type { InterviewLine, InterviewScreen as Report } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { HeaderBar } from '../lesson/header-bar.tsx';
import { t } from '../text.ts';
import { MisconceptionsMet } from './misconceptions-met.tsx';

const OUTCOME_WORDS = {
  right: () => t('right'),
  wrong: () => t('wrong'),
  self: () => t('marked by yourself'),
  open: () => t('not answered'),
} as const satisfies Record<InterviewLine['outcome'], () => string>;

const ROLE_WORDS = {
  student: () => t('student'),
  backend: () => t('backend'),
  sre: () => t('SRE'),
} as const satisfies Record<Report['role'], () => string>;

/** "2:05" of minutes and seconds. */
function clockText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function Line({ line, place }: { readonly line: InterviewLine; readonly place: number }) {
  const { title, outcome, points, took } = line;
  return (
    <tr>
      <td class="number">{place + 1}</td>
      <th scope="row">
        <button type="button" class="link" onClick={() => post({ type: 'question/go', index: place })}>
          {title}
        </button>
      </th>
      <td class={`outcome ${outcome}`}>
        {(outcome === 'right' || outcome === 'wrong') && <Icon name={outcome} />}
        {points !== undefined && outcome === 'self'
          ? t('{0} of {1} points', points.met, points.of)
          : OUTCOME_WORDS[outcome]()}
      </td>
      <td class="number">{took === undefined ? '–' : clockText(took)}</td>
    </tr>
  );
}

function Review({ review }: { readonly review: Report['review'] }) {
  return (
    <section class="met">
      <h3>{t('What to review')}</h3>
      {review.length === 0 ? (
        <p class="quiet">{t('Nothing: no answer was wrong.')}</p>
      ) : (
        <ul>
          {review.map(({ pack, title }) => (
            <li key={`${pack}/${title}`}>
              {title} <span class="quiet">· {pack}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Actions({ report: { review, marks } }: { readonly report: Report }) {
  const open = marks.indexOf('open');
  return (
    <div class="actions">
      {review.length > 0 && (
        <button type="button" class="primary" onClick={() => post({ type: 'interview/review' })}>
          {review.length === 1
            ? t('Review this question now')
            : t('Review these {0} questions now', review.length)}
        </button>
      )}
      {open >= 0 && (
        <button type="button" class="secondary" onClick={() => post({ type: 'question/go', index: open })}>
          {t('Go on with the interview')}
        </button>
      )}
      <button type="button" class="secondary" onClick={() => post({ type: 'pack/restart' })}>
        {t('Another interview')}
      </button>
      <button type="button" class="secondary" onClick={() => post({ type: 'interview/report' })}>
        {t('Report as Markdown')}
      </button>
    </div>
  );
}

/** How an interview went, question by question, and what to do about it. */
export function InterviewScreen({ report }: { readonly report: Report }) {
  const { pack, marks, role, planned, used, graded, points, lines, misconceptions, review } = report;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="summary-screen result">
      <HeaderBar title={pack.title} marks={marks} sitting={undefined} />
      <main>
        <h2 tabIndex={-1} ref={heading}>
          {marks.includes('open') ? t('Interview report, so far') : t('Interview report')}
        </h2>
        <div class="score">
          <p class="score-figure">
            <strong>{graded.right}</strong> / {graded.of}
            <span>{t('questions right')}</span>
          </p>
          {points.of > 0 && <p>{t('Key points by your own mark: {0} of {1}.', points.met, points.of)}</p>}
          <p>{t('Role: {0}. Time: {1} of {2} minutes.', ROLE_WORDS[role](), clockText(used), planned)}</p>
        </div>
        <Actions report={report} />
        <Review review={review} />
        <MisconceptionsMet met={misconceptions} />
        <table class="result-lines">
          <thead>
            <tr>
              <th scope="col" class="number">
                #
              </th>
              <th scope="col">{t('Question')}</th>
              <th scope="col">{t('How it went')}</th>
              <th scope="col" class="number">
                {t('Time')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the question's name here
              <Line key={place} line={line} place={place} />
            ))}
          </tbody>
        </table>
      </main>
    </div>
  );
}
