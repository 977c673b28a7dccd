import { useEffect, useRef, useState } from 'preact/hooks';
import type { ArrowView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { Icon } from '../icons.tsx';
import { formatTime } from '../numbers.ts';
import { RuleList } from '../rule-list.tsx';
import { preferences } from '../store.ts';
import { t } from '../text.ts';
import { arrowLabels, eventOf, fateOf, pathWords, plainText, type TwinRow, twinRows } from './words.ts';

interface Props {
  readonly view: TimelineView;
  readonly cursor: number;
  readonly onStep: (step: number) => void;
  readonly onChoose: (arrow: number) => void;
}

/** Everything the picture says, as an ordered list: to read aloud, to search, to copy. */
export function TextTwin({ view, cursor, onStep, onChoose }: Props) {
  const { numbers } = preferences.value;
  const [copied, setCopied] = useState(false);
  const current = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the cursor
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest' }), [cursor]);
  const labelOf = arrowLabels(view, numbers);
  const strangers = view.arrows.filter(({ sentIn }) => sentIn === undefined);
  const copy = async () => {
    await navigator.clipboard.writeText(plainText(view, numbers));
    setCopied(true);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="text-twin" tabIndex={0} aria-label={t('Timeline as text')}>
      <button type="button" class="copy" onClick={() => void copy()}>
        <Icon name="copy" />
        <span aria-live="polite">{copied ? t('Copied') : t('Copy as text')}</span>
      </button>
      <ol>
        {twinRows(view).map((row) => {
          const { index } = row.step;
          const here = index === cursor;
          return (
            <li
              key={index}
              ref={here ? current : null}
              class={index > cursor ? 'later' : ''}
              aria-current={here ? 'step' : undefined}
            >
              <Row row={row} labelOf={labelOf} onStep={() => onStep(index)} onChoose={onChoose} />
            </li>
          );
        })}
      </ol>
      {strangers.length > 0 && (
        <>
          <h3>{t('Segments that no step here sent')}</h3>
          <ul>
            {strangers.map((arrow) => (
              <li key={arrow.id}>
                {formatTime(arrow.sentAt)} · {view.hosts[arrow.from].name} ·{' '}
                <Sent arrow={arrow} labelOf={labelOf} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </>
      )}
      {view.more && <p class="more-note">{t('what follows stays hidden until you are asked about it')}</p>}
    </section>
  );
}

interface RowProps {
  readonly row: TwinRow;
  readonly labelOf: (arrow: ArrowView) => string;
  readonly onStep: () => void;
  readonly onChoose: (arrow: number) => void;
}

function Row({ row, labelOf, onStep, onChoose }: RowProps) {
  const { step, host, sends } = row;
  const event = eventOf(row);
  const changes = step.path === 'hidden' || step.path.length > 1;
  return (
    <>
      <button type="button" class="row-head" onClick={onStep}>
        <span class="row-time">{formatTime(step.at)}</span>
        <span class={`row-host host-${step.host}`}>{host}</span>
        {event !== undefined && <span class="row-what">{event}</span>}
      </button>
      {changes && (
        <div class="row-line">
          {t('State')}: <code>{pathWords(step)}</code>
        </div>
      )}
      {sends.map((arrow) => (
        <div key={arrow.id} class="row-line">
          {t('Sends')}: <Sent arrow={arrow} labelOf={labelOf} onChoose={onChoose} />
        </div>
      ))}
      {step.app.map((line) => (
        <div key={line} class="row-line">
          {t('Application')}: {line}
        </div>
      ))}
      {step.timers.map(({ text }) => (
        <div key={text} class="row-line quiet">
          {text}
        </div>
      ))}
      {step.doubt !== undefined && <div class="row-line quiet">{step.doubt}</div>}
      {step.rules.length > 0 && (
        <details class="row-line">
          <summary>{t('Why')}</summary>
          <RuleList rules={step.rules} />
        </details>
      )}
    </>
  );
}

function Sent({ arrow, labelOf, onChoose }: { arrow: ArrowView } & Pick<RowProps, 'labelOf' | 'onChoose'>) {
  return (
    <>
      <button type="button" class="link-like" onClick={() => onChoose(arrow.id)}>
        <code>{labelOf(arrow)}</code>
      </button>{' '}
      <span class="quiet">({fateOf(arrow)})</span>
    </>
  );
}
