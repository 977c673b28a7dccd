import { useState } from 'preact/hooks';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type { CompareView } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { useShortcuts } from '../keys.ts';
import { t } from '../text.ts';
import { usualTransit } from '../timeline/heights.ts';
import { Scroller } from '../timeline/scroller.tsx';

interface SideProps {
  readonly title: string;
  readonly tone: 'right' | 'wrong';
  readonly view: TimelineView;
  readonly beside: TimelineView;
  readonly framed: number;
  readonly unit: number;
}

function Side({ title, tone, view, beside, framed, unit }: SideProps) {
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  return (
    <section class={`compare-side ${tone}`} aria-label={title}>
      <h3>
        <Icon name={tone} />
        {title}
      </h3>
      <Scroller
        view={view}
        cursor={view.steps.length - 1}
        chosen={chosen}
        framed={framed < view.steps.length ? framed : undefined}
        beside={beside}
        unit={unit}
        onChoose={setChosen}
        onStep={() => setChosen(undefined)}
      />
    </section>
  );
}

/** What happens at the same height stays side by side. */
export function scrollTogether(event: Event & { readonly currentTarget: HTMLElement }): void {
  const moved = event.target;
  if (!(moved instanceof HTMLElement)) return;
  for (const other of event.currentTarget.querySelectorAll('.scroller')) {
    if (other !== moved) other.scrollTop = moved.scrollTop;
  }
}

/** The right run and the run under the misconception, side by side, with the first difference framed. */
export function Compare({ compare }: { readonly compare: CompareView }) {
  const close = () => post({ type: 'verdict/compare', misconception: undefined });
  useShortcuts({ 'Escape': close, 'p': close });
  const unit = usualTransit(compare.right.arrows);
  const shared = { framed: compare.firstDifference, unit };
  return (
    <main class="compare" aria-label={t('Both rules side by side')}>
      <div class="difference">
        <strong>{t('First difference')}</strong>
        <p>{compare.text}</p>
        <button type="button" class="secondary" onClick={close}>
          {t('Close')} <kbd>Esc</kbd>
        </button>
      </div>
      <div class="compare-sides" onScrollCapture={scrollTogether}>
        <Side title={t('By the rule')} tone="right" view={compare.right} beside={compare.wrong} {...shared} />
        <Side
          title={t('If “{0}” were true', compare.name)}
          tone="wrong"
          view={compare.wrong}
          beside={compare.right}
          {...shared}
        />
      </div>
    </main>
  );
}
