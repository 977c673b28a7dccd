import { useCallback, useRef } from 'preact/hooks';
import type { LabScreen as Lab } from '../../quizzes/engine/lab/lab-view.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { scrollTogether } from '../lesson/compare.tsx';
import { Pickers } from '../lesson/pickers.tsx';
import { saved, update, viewState } from '../store.ts';
import { t } from '../text.ts';
import { Controls } from '../timeline/controls.tsx';
import { fitPicture } from '../timeline/fit.ts';
import { usualTransit } from '../timeline/heights.ts';
import { arrowAt, cursorOf, stepOf } from '../timeline/moment.ts';
import { usePlayer } from '../timeline/player.ts';
import { Scroller } from '../timeline/scroller.tsx';
import { TextTwin } from '../timeline/text-twin.tsx';
import { beforeChange, Difference } from './difference.tsx';
import { PredictionForm } from './prediction-form.tsx';
import { Tools } from './tools.tsx';

interface SideProps {
  readonly title: string;
  readonly view: TimelineView;
  readonly beside: TimelineView | undefined;
  readonly cursor: number;
  readonly chosen: number | undefined;
  readonly framed: number | undefined;
  readonly watched: number | undefined;
  readonly unit: number;
  readonly onChoose: (arrow: number) => void;
  readonly onStep: (step: number) => void;
}

/** One of the two runs, as picture or text. */
function Side({ title, framed, watched, beside, unit, ...shown }: SideProps) {
  return (
    <section class="lab-side" aria-label={title}>
      <h2>{title}</h2>
      {saved.value.picture === 'drawing' ? (
        <Scroller {...shown} {...{ framed, watched, beside, unit }} begin="end" />
      ) : (
        <TextTwin {...shown} />
      )}
    </section>
  );
}

/** A connection as it happened, and beside it what becomes of it with something changed. */
export function LabScreen({ lab }: { readonly lab: Lab }) {
  const { pack, scenario, original, changed, changes, difference, prediction } = lab;
  const pane = useRef<HTMLElement>(null);
  const latest = changed ?? original;
  const { key } = latest;
  const kept = viewState(key);
  const begin = changed === undefined ? lab.begin : undefined;
  const cursor = cursorOf(latest, kept.cursor ?? begin);
  const arrow = arrowAt(latest, cursor, kept.arrow);
  const last = latest.steps.length - 1;
  const move = useCallback(
    (step: number) => update({ kind: 'view', key, view: { cursor: step, arrow: undefined } }),
    [key],
  );
  const choose = (id: number) => {
    const step = stepOf(latest, id);
    update({ kind: 'view', key, view: { arrow: id, ...(step === undefined ? {} : { cursor: step }) } });
  };
  const player = usePlayer(cursor, last, move);
  const unit = usualTransit(original.arrows);
  const before = beforeChange(lab);
  const title = changes.length === 0 ? before : t('If {0}', changes.join(t(', then ')));
  const ownFrame = difference?.changed;
  /** What comes of the difference is to be seen with it. */
  const beyond = (step: number | undefined, count: number) =>
    step === undefined ? undefined : Math.min(step + 2, count - 1);
  return (
    <div class={['lab', changed && 'branched', lab.note && 'noted'].filter(Boolean).join(' ')}>
      <header class="header-bar">
        <h1 title={scenario}>
          {t('What if…')} · {pack.title}
        </h1>
        <span class="chip" title={t('Whose behaviour the answers follow')}>
          {t('profile: {0}', pack.profile)}
        </span>
        <Pickers />
      </header>
      {lab.note !== undefined && <p class="lab-note">{lab.note}</p>}
      <Tools lab={lab} latest={latest} cursor={cursor} arrow={arrow} />
      <main
        class="lab-sides"
        ref={pane}
        aria-label={t('Both runs side by side')}
        onScrollCapture={scrollTogether}
      >
        {changed !== undefined && (
          <Side
            title={before}
            view={original}
            beside={changed}
            cursor={original.steps.length - 1}
            chosen={undefined}
            framed={difference?.original}
            watched={beyond(difference?.original, original.steps.length) ?? original.steps.length - 1}
            unit={unit}
            onChoose={() => undefined}
            onStep={() => undefined}
          />
        )}
        <Side
          title={title}
          view={latest}
          beside={changed === undefined ? undefined : original}
          cursor={cursor}
          chosen={arrow?.id}
          framed={ownFrame}
          watched={kept.cursor === undefined ? (beyond(ownFrame, latest.steps.length) ?? begin) : cursor}
          unit={unit}
          onChoose={choose}
          onStep={player.go}
        />
      </main>
      <Controls
        player={player}
        cursor={cursor}
        count={latest.steps.length}
        onFit={() => fitPicture(pane.current)}
      />
      <section class="lab-foot" aria-label={t('What changes')}>
        {prediction === undefined ? <Difference lab={lab} /> : <PredictionForm prediction={prediction} />}
      </section>
    </div>
  );
}
