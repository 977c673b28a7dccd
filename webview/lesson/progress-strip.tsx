import type { Mark } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { t } from '../text.ts';

const MARK_WORDS = {
  right: () => t('right'),
  wrong: () => t('wrong'),
  self: () => t('marked by yourself'),
  open: () => t('open'),
  given: () => t('answered'),
} as const satisfies Record<Mark, () => string>;

/** From here on the marks are narrower. */
const MANY = 10;

interface Props {
  readonly marks: readonly Mark[];
  /** The question on screen; undefined on the summary. */
  readonly index: number | undefined;
}

/** One mark per question: form and colour tell how it went, a click goes there. */
export function ProgressStrip({ marks, index }: Props) {
  return (
    <nav class="progress" aria-label={t('Questions')} style={{ '--questions': marks.length }}>
      <ol class={marks.length > MANY ? 'marks many' : 'marks'}>
        {marks.map((mark, place) => {
          const label = t('Question {0}: {1}', place + 1, MARK_WORDS[mark]());
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the question's name here
            <li key={place}>
              <button
                type="button"
                class={`mark ${mark}`}
                aria-current={place === index ? 'step' : undefined}
                aria-label={label}
                title={label}
                onClick={() => post({ type: 'question/go', index: place })}
              >
                {(mark === 'right' || mark === 'wrong') && <Icon name={mark} />}
                {mark === 'self' && <span class="half" />}
              </button>
            </li>
          );
        })}
      </ol>
      {index !== undefined && (
        <span class="count">
          {index + 1} / {marks.length}
        </span>
      )}
    </nav>
  );
}
