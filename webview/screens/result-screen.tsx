import { useEffect, useRef } from 'preact/hooks';
import type { ResultScreen as Result, ResultLine } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { HeaderBar } from '../lesson/header-bar.tsx';
import { t } from '../text.ts';

const OUTCOME_WORDS = {
  right: () => t('right'),
  partly: () => t('partly right'),
  wrong: () => t('wrong'),
  self: () => t('marked by yourself'),
  open: () => t('not answered'),
} as const satisfies Record<ResultLine['outcome'], () => string>;

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function Verdict({ pass }: { readonly pass: NonNullable<Result['pass']> }) {
  return (
    <p class={`outcome ${pass.reached ? 'right' : 'wrong'}`}>
      <Icon name={pass.reached ? 'right' : 'wrong'} />
      {pass.reached
        ? t('Passed: {0} % was needed.', pass.line)
        : t('Not passed: {0} % was needed.', pass.line)}
    </p>
  );
}

function Line({ line, place }: { readonly line: ResultLine; readonly place: number }) {
  const { title, outcome, points, possible } = line;
  return (
    <tr>
      <td class="number">{place + 1}</td>
      <th scope="row">
        <button type="button" class="link" onClick={() => post({ type: 'question/go', index: place })}>
          {title}
        </button>
      </th>
      <td class={`outcome ${outcome}`}>
        {(outcome === 'right' || outcome === 'wrong' || outcome === 'partly') && (
          <Icon name={outcome === 'right' ? 'right' : 'wrong'} />
        )}
        {OUTCOME_WORDS[outcome]()}
      </td>
      <td class="number">{points === undefined ? '–' : `${points} / ${possible}`}</td>
    </tr>
  );
}

/** How an exam went, question by question. */
export function ResultScreen({ result }: { readonly result: Result }) {
  const { pack, marks, sitting, why, took, points, possible, percent, pass, questions } = result;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="summary-screen result">
      <HeaderBar title={pack.title} marks={marks} sitting={sitting} />
      <main>
        <h2 tabIndex={-1} ref={heading}>
          {why === 'time' ? t('Time is up: the exam is over') : t('The exam is handed in')}
        </h2>
        <div class="score">
          <p class="score-figure">
            <strong>{points}</strong> / {possible}
            <span>{t('points, {0} %', percent)}</span>
          </p>
          {pass && <Verdict pass={pass} />}
          <p class="quiet">{t('It took {0}.', minutes(took))}</p>
        </div>
        <table class="result-lines">
          <thead>
            <tr>
              <th scope="col" class="number">
                #
              </th>
              <th scope="col">{t('Question')}</th>
              <th scope="col">{t('How it went')}</th>
              <th scope="col" class="number">
                {t('Points')}
              </th>
            </tr>
          </thead>
          <tbody>
            {questions.map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the question's name here
              <Line key={place} line={line} place={place} />
            ))}
          </tbody>
        </table>
        {questions.some(({ outcome }) => outcome === 'self') && (
          <p class="quiet">{t('What is marked by yourself counts no points.')}</p>
        )}
        <div class="actions">
          <button type="button" class="secondary" onClick={() => post({ type: 'pack/restart' })}>
            {t('Take it again on fresh numbers')}
          </button>
        </div>
      </main>
    </div>
  );
}
