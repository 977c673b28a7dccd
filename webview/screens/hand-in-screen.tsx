import { useEffect, useRef } from 'preact/hooks';
import type { HandInScreen as HandIn } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { HeaderBar } from '../lesson/header-bar.tsx';
import { t } from '../text.ts';

/** Behind the last question of an exam. */
export function HandInScreen({ screen }: { readonly screen: HandIn }) {
  const { pack, marks, sitting, firstOpen } = screen;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = marks.filter((mark) => mark === 'open').length;
  return (
    <div class="summary-screen hand-in">
      <HeaderBar title={pack.title} marks={marks} sitting={sitting} />
      <main>
        <h2 tabIndex={-1} ref={heading}>
          {t('Hand in the exam?')}
        </h2>
        <p>
          {open === 0
            ? t('All {0} questions are answered.', marks.length)
            : t('{0} of {1} questions are still open.', open, marks.length)}
        </p>
        <p class="quiet">{t('After that no answer can be given any more, and you see how each went.')}</p>
        <div class="actions">
          {firstOpen !== undefined && (
            <button
              type="button"
              class="primary"
              onClick={() => post({ type: 'question/go', index: firstOpen })}
            >
              {t('First open question')}
            </button>
          )}
          <button
            type="button"
            class={firstOpen !== undefined ? 'secondary' : 'primary'}
            onClick={() => post({ type: 'exam/hand-in' })}
          >
            {t('Hand in')}
          </button>
        </div>
      </main>
    </div>
  );
}
