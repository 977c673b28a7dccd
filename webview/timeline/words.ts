import { type HostId, peerOf } from '../../core/timeline/timeline.ts';
import type { ArrowView, StepView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { formatTime } from '../numbers.ts';
import type { NumberMode } from '../protocol.ts';
import { t } from '../text.ts';
import { arrowTokens, isInFlight } from './labels.ts';

/** An arrow's label in one line: `SYN ACK seq=y ack=x+1`. */
export function arrowLabels(view: TimelineView, mode: NumberMode): (arrow: ArrowView) => string {
  const tokensOf = arrowTokens(view, mode);
  return (arrow) =>
    tokensOf(arrow)
      .map(({ text }) => text)
      .join(' ');
}

/** What became of a segment, in a few words. */
export function fateOf(arrow: ArrowView): string {
  if (arrow.lossUnsure) return t('lost on the way, or the answer to it was');
  if (arrow.lost) return t('lost on the way');
  if (isInFlight(arrow) || arrow.arrivesAt === undefined) return t('still in flight');
  return t('arrives at {0}', formatTime(arrow.arrivesAt));
}

/** The whole arrow in one sentence, for those who cannot see it. */
/** What stands beside a lifeline before anything happened. */
export function initialText(view: TimelineView, host: HostId): string {
  const { initial, scripted } = view.hosts[host];
  return scripted ? t('played by the script') : initial;
}

export function arrowSentence(view: TimelineView, arrow: ArrowView, label: string): string {
  const { hosts } = view;
  const from = hosts[arrow.from].name;
  const to = hosts[peerOf(arrow.from)].name;
  const seen = arrow.lost ? `${label} ${arrow.lossUnsure ? t('lost?') : t('lost')}` : label;
  return t('{0} to {1}: {2}; sent at {3}, {4}', from, to, seen, formatTime(arrow.sentAt), fateOf(arrow));
}

/** `ESTABLISHED → FIN-WAIT-1`, the state that stays, or a question mark. */
export function pathWords(step: StepView): string {
  return step.path === 'hidden' ? t('? (you are asked)') : step.path.join(' → ');
}

/** A step with the segments it sent, for the text beside the picture. */
export interface TwinRow {
  readonly step: StepView;
  readonly host: string;
  readonly sends: readonly ArrowView[];
}

/** The steps as rows of text, in order. */
export function twinRows(view: TimelineView): readonly TwinRow[] {
  const sends = new Map<number, ArrowView[]>();
  for (const arrow of view.arrows) {
    if (arrow.sentIn === undefined) continue;
    const group = sends.get(arrow.sentIn);
    if (group) group.push(arrow);
    else sends.set(arrow.sentIn, [arrow]);
  }
  return view.steps.map((step) => ({
    step,
    host: view.hosts[step.host].name,
    sends: sends.get(step.index) ?? [],
  }));
}

/** What happens in a row; nothing where the segments it sends say all, as a departure's do. */
export function eventOf({ step, sends }: TwinRow): string | undefined {
  return step.cause === 'departure' && sends.length > 0 ? undefined : step.what;
}

/** The whole timeline as plain text, for copying. */
export function plainText(view: TimelineView, mode: NumberMode): string {
  const labelOf = arrowLabels(view, mode);
  const lines = twinRows(view).flatMap((row) => [
    [formatTime(row.step.at).padStart(10), row.host, eventOf(row) ?? [], pathWords(row.step), ...row.step.app]
      .flat()
      .join('  '),
    ...row.sends.map((arrow) => `${' '.repeat(12)}> ${labelOf(arrow)} (${fateOf(arrow)})`),
    ...row.step.timers.map(({ text }) => `${' '.repeat(12)}${text}`),
  ]);
  const strangers = view.arrows
    .filter(({ sentIn }) => sentIn === undefined)
    .map((arrow) => `${formatTime(arrow.sentAt).padStart(10)}  ${labelOf(arrow)} (${fateOf(arrow)})`);
  return [...lines, ...strangers, ...(view.more ? ['…'] : [])].join('\n');
}
