import { useRef } from 'preact/hooks';
import type { MasteryScreen } from '../../quizzes/engine/mastery.ts';
import { t } from '../text.ts';
import { useSize } from '../use-size.ts';

const HEIGHT = 110;
const FOOT = 18;
const HEAD = 14;
const WIDEST = 460;

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const width = useSize(frame)?.width;
  return { frame, width: width === undefined ? undefined : Math.min(width, WIDEST) };
}

function dayText(ahead: number): string {
  return ahead === 0 ? t('today') : `+${ahead}`;
}

/** How many skills come due on each of the next days. */
export function Forecast({ forecast }: { readonly forecast: MasteryScreen['forecast'] }) {
  const { frame, width } = useWidth();
  const most = Math.max(1, ...forecast);
  const slot = (width ?? 0) / forecast.length;
  const floor = HEIGHT - FOOT;
  const total = forecast.reduce((sum, count) => sum + count, 0);
  return (
    <div class="chart" ref={frame}>
      {width !== undefined && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t(
            '{0} skills come due within {1} days, {2} of them today',
            total,
            forecast.length,
            forecast[0] ?? 0,
          )}
        >
          <line class="axis" x1="0" x2={width} y1={floor + 0.5} y2={floor + 0.5} />
          {forecast.map((count, day) => {
            const height = (count / most) * (floor - HEAD);
            const x = day * slot;
            return (
              <g key={String(day)} class={day === 0 ? 'bar today' : 'bar'}>
                <rect x={x + 2} y={floor - height} width={Math.max(1, slot - 4)} height={height} />
                {count > 0 && (
                  <text x={x + slot / 2} y={floor - height - 4} text-anchor="middle">
                    {count}
                  </text>
                )}
                {day % 3 === 0 && (
                  <text
                    class="tick"
                    x={day === 0 ? 0 : x + slot / 2}
                    y={HEIGHT - 4}
                    text-anchor={day === 0 ? 'start' : 'middle'}
                  >
                    {dayText(day)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
      <details class="twin">
        <summary>{t('As text')}</summary>
        <table>
          <tbody>
            {forecast.map((count, day) => (
              <tr key={String(day)}>
                <th scope="row">{dayText(day)}</th>
                <td class="figure">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

/** Room for the goal's name at the right. */
const MARGIN = 64;

interface RecallProps {
  readonly past: MasteryScreen['past'];
  readonly goal: number;
}

/** What would have been recalled at the end of each day, and how that day's answers went. */
export function Recall({ past, goal }: RecallProps) {
  const { frame, width = 0 } = useWidth();
  const inner = width - 10 - MARGIN;
  const floor = HEIGHT - FOOT;
  const xOf = (place: number) => 5 + (place / Math.max(1, past.length - 1)) * inner;
  const yOf = (percent: number) => floor - (percent / 100) * (floor - HEAD);
  const points = past.flatMap(({ recall }, place) => (recall === undefined ? [] : [{ place, recall }]));
  const path = points.map(
    ({ place, recall }, nth) => `${nth === 0 ? 'M' : 'L'}${xOf(place).toFixed(1)} ${yOf(recall).toFixed(1)}`,
  );
  const last = points.at(-1);
  return (
    <div class="chart" ref={frame}>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={
            last === undefined
              ? t('Nothing to draw yet: answer a few questions first')
              : t('Expected recall is {0} % today; the goal is {1} %', last.recall, goal)
          }
        >
          <line class="axis" x1="0" x2={width} y1={floor + 0.5} y2={floor + 0.5} />
          <line class="goal" x1="0" x2={width - MARGIN} y1={yOf(goal)} y2={yOf(goal)} />
          <text class="tick" x={width} y={yOf(goal) + 3} text-anchor="end">
            {t('goal {0} %', goal)}
          </text>
          <path class="curve" d={path.join('')} />
          {past.map(({ daysAgo, answered, right }, place) =>
            answered === 0 ? null : (
              <circle
                key={daysAgo}
                class="answers"
                cx={xOf(place)}
                cy={yOf((right / answered) * 100)}
                r="3"
              />
            ),
          )}
          {last && <circle class="now" cx={xOf(last.place)} cy={yOf(last.recall)} r="2.5" />}
          <text class="tick" x="0" y={HEIGHT - 4}>
            {t('{0} days ago', past.length - 1)}
          </text>
          <text class="tick" x={width - MARGIN} y={HEIGHT - 4} text-anchor="end">
            {t('today')}
          </text>
        </svg>
      )}
      <p class="quiet">
        {t(
          'Line: recall to be expected of all you have met. Rings: share of that day’s answers that were right.',
        )}
      </p>
      <details class="twin">
        <summary>{t('As text')}</summary>
        <table>
          <tbody>
            {past.map(
              ({ daysAgo, recall, answered, right }) =>
                recall !== undefined && (
                  <tr key={daysAgo}>
                    <th scope="row">{daysAgo === 0 ? t('today') : t('{0} days ago', daysAgo)}</th>
                    <td class="figure">{t('{0} %', recall)}</td>
                    <td>
                      {answered === 0 ? t('no answer') : t('{0} of {1} answers right', right, answered)}
                    </td>
                  </tr>
                ),
            )}
          </tbody>
        </table>
      </details>
    </div>
  );
}
