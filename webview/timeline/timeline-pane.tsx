import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { saved, update } from '../store.ts';
import { t } from '../text.ts';
import { Controls } from './controls.tsx';
import { fitPicture } from './fit.ts';
import { restOf, stepOf } from './moment.ts';
import { usePlayer } from './player.ts';
import { Scroller } from './scroller.tsx';
import { TextTwin } from './text-twin.tsx';
import { ToolPane } from './tool-pane.tsx';

interface Props {
  readonly view: TimelineView;
  readonly cursor: number;
  readonly chosen: number | undefined;
  readonly begin: 'start' | 'end';
}

/** The timeline as picture or text, with its controls. */
export function TimelinePane({ view, cursor, chosen, begin }: Props) {
  const last = view.steps.length - 1;
  const rest = restOf(view);
  const pane = useRef<HTMLElement>(null);
  const { key } = view;
  const { picture } = saved.value;
  const move = useCallback(
    (step: number) =>
      update({ kind: 'view', key, view: { cursor: step === rest ? undefined : step, arrow: undefined } }),
    [key, rest],
  );
  const player = usePlayer(cursor, last, move);
  /** The step goes along: what is said of it is said of the segment. */
  const choose = (arrow: number) => {
    const step = stepOf(view, arrow);
    if (step !== undefined) player.go(step);
    update({ kind: 'view', key, view: { arrow } });
  };

  const count = useRef({ key, steps: view.steps.length });
  useEffect(() => {
    const grew = count.current.key === key && count.current.steps < view.steps.length;
    count.current = { key, steps: view.steps.length };
    if (grew) update({ kind: 'view', key, view: { cursor: undefined, arrow: undefined } });
  }, [key, view.steps.length]);

  return (
    <main class="timeline-pane" ref={pane} aria-label={t('Connection')}>
      {picture === 'drawing' ? (
        <Scroller
          view={view}
          cursor={cursor}
          chosen={chosen}
          begin={begin}
          onChoose={choose}
          onStep={player.go}
        />
      ) : picture === 'text' ? (
        <TextTwin view={view} cursor={cursor} onStep={player.go} onChoose={choose} />
      ) : (
        <ToolPane tool={picture} view={view} cursor={cursor} />
      )}
      <Controls
        player={player}
        cursor={cursor}
        count={view.steps.length}
        onFit={() => fitPicture(pane.current)}
      />
    </main>
  );
}
