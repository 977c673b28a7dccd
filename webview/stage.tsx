import type { TimelineView } from '../quizzes/engine/timeline-view.ts';
import { SegmentHeader } from './header/segment-header.tsx';
import { Panel } from './panel.tsx';
import { StateDiagram } from './states/state-diagram.tsx';
import { StepPanel } from './step-panel.tsx';
import { viewState } from './store.ts';
import { t } from './text.ts';
import { arrowAt, cursorOf } from './timeline/moment.ts';
import { TimelinePane } from './timeline/timeline-pane.tsx';

interface Props {
  readonly view: TimelineView;
  /** What to look at first. */
  readonly begin: 'start' | 'end';
}

/** A timeline with everything that follows its cursor: states, header, step. */
export function Stage({ view, begin }: Props) {
  const kept = viewState(view.key);
  const cursor = cursorOf(view, kept.cursor);
  const arrow = arrowAt(view, cursor, kept.arrow);
  const step = view.steps[cursor];
  const place = arrow === undefined ? 0 : view.arrows.indexOf(arrow) + 1;
  return (
    <>
      <TimelinePane view={view} cursor={cursor} chosen={arrow?.id} begin={begin} />
      <aside class="side-panels" aria-label={t('At this step')}>
        <Panel fold="states" title={t('State')}>
          <StateDiagram view={view} cursor={cursor} />
        </Panel>
        <Panel fold="header" title={place > 0 ? t('Segment {0} · header', place) : t('Segment · header')}>
          {arrow === undefined ? (
            <p class="quiet">{t('No segment yet.')}</p>
          ) : (
            <SegmentHeader view={view} arrow={arrow} />
          )}
        </Panel>
        <Panel fold="step" title={t('Step {0} · what and why', cursor + 1)}>
          {step === undefined ? (
            <p class="quiet">{t('Nothing has happened yet.')}</p>
          ) : (
            <StepPanel view={view} step={step} />
          )}
        </Panel>
      </aside>
    </>
  );
}
