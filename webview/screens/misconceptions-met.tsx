import type { SummaryScreen } from '../../quizzes/engine/view.ts';
import { t } from '../text.ts';

/** Which misconceptions the answers followed, and how often. */
export function MisconceptionsMet({ met }: { readonly met: SummaryScreen['misconceptions'] }) {
  return (
    <section class="met">
      <h3>{t('Misconceptions met')}</h3>
      {met.length === 0 ? (
        <p class="quiet">{t('None of your answers followed a known misconception.')}</p>
      ) : (
        <ul>
          {met.map(({ name, text, times }) => (
            <li key={name}>
              <p>
                <strong>{name}</strong> <span class="chip">{times}×</span>
              </p>
              <p class="quiet">{text}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
