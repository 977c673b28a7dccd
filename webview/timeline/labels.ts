import { peerOf } from '../../core/timeline/timeline.ts';
import type { ArrowView, StepView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { contextPerArrow, formatNumber, formatTime } from '../numbers.ts';
import type { NumberMode } from '../protocol.ts';
import { t } from '../text.ts';
import { type Font, type Measure, wrap } from './measure.ts';

/** One word of an arrow's label; never broken. */
export interface Token {
  readonly kind: 'flags' | 'number' | 'note';
  readonly text: string;
}

/** A label set in one or more lines, with the room it takes in pixels. */
export interface LabelBlock {
  readonly lines: readonly (readonly Token[])[];
  readonly w: number;
  readonly h: number;
}

/** One line beside a lifeline. */
export interface SideLine {
  readonly kind: 'time' | 'call' | 'timer' | 'state' | 'app' | 'doubt';
  readonly text: string;
  /** The time, when there is room for it in front. */
  readonly lead?: string;
}

const NOTE_OF_PURPOSE = {
  fresh: () => undefined,
  reply: () => undefined,
  retransmission: () => t('retransmission'),
  keepalive: () => t('keepalive probe'),
  'window-probe': () => t('window probe'),
} as const satisfies Record<ArrowView['purpose'], () => string | undefined>;

/** Not lost, and not arrived by the end of what is shown. */
export function isInFlight(arrow: ArrowView): boolean {
  return !arrow.lost && arrow.arrivesAt === undefined;
}

/** What sets a segment apart, in words; "lost" stands at its cross instead. */
export function notesOf(arrow: ArrowView): readonly string[] {
  const notes = [
    arrow.apart ? t('no longer as captured') : undefined,
    ...(arrow.odd?.filter((note) => note !== 'RST') ?? [NOTE_OF_PURPOSE[arrow.purpose]()]),
    arrow.copyOf === undefined ? undefined : t('duplicate'),
    arrow.forged ? t('old or forged') : undefined,
    isInFlight(arrow) ? t('in flight') : undefined,
  ];
  return notes.filter((note) => note !== undefined);
}

/** The label of every arrow in the number mode asked for. */
export function arrowTokens(view: TimelineView, mode: NumberMode): (arrow: ArrowView) => readonly Token[] {
  const contextOf = contextPerArrow(view, mode);
  return (arrow) => {
    const context = contextOf(arrow);
    const numbers = [`seq=${formatNumber(arrow.seq, arrow.from, context)}`];
    if (arrow.ack !== undefined) numbers.push(`ack=${formatNumber(arrow.ack, peerOf(arrow.from), context)}`);
    if (arrow.length > 0) numbers.push(`len=${arrow.length}`);
    if (arrow.window === 0 && !arrow.flags.includes('RST')) numbers.push('win=0');
    return [
      { kind: 'flags', text: arrow.flags.join(' ') || t('no flags') },
      ...numbers.map((text) => ({ kind: 'number', text }) as const),
      ...notesOf(arrow).map((text) => ({ kind: 'note', text }) as const),
    ];
  };
}

const FONT_OF_TOKEN = { flags: 'strong', number: 'mono', note: 'text' } as const satisfies Record<
  Token['kind'],
  Font
>;

/** The room between two tokens of a line is one space of the mono font. */
function widthOfLine(line: readonly Token[], measure: Measure): number {
  const words = line.reduce((sum, { text, kind }) => sum + measure(text, FONT_OF_TOKEN[kind]), 0);
  return words + Math.max(0, line.length - 1) * measure(' ', 'mono');
}

/** Splits the tokens into `count` lines so that the widest is as narrow as can be. */
function balanced(tokens: readonly Token[], count: number, measure: Measure): LabelBlock['lines'] {
  if (count === 1 || tokens.length === 1) return [tokens];
  let best: LabelBlock['lines'] = [tokens];
  let bestWidth = Number.POSITIVE_INFINITY;
  for (let cut = 1; cut <= tokens.length - count + 1; cut += 1) {
    const lines = [tokens.slice(0, cut), ...balanced(tokens.slice(cut), count - 1, measure)];
    const width = Math.max(...lines.map((line) => widthOfLine(line, measure)));
    if (width < bestWidth) {
      best = lines;
      bestWidth = width;
    }
  }
  return best;
}

/** The label in one line, in two, and so on to one line per token. */
export function labelBlocks(
  tokens: readonly Token[],
  lineHeight: number,
  measure: Measure,
): readonly LabelBlock[] {
  return tokens.map((_, index) => {
    const lines = balanced(tokens, index + 1, measure);
    const w = Math.max(...lines.map((line) => widthOfLine(line, measure)));
    return { lines, w: Math.ceil(w), h: lines.length * lineHeight };
  });
}

/** A running retransmission timer is the rule; on the picture it matters once it has to do with a loss. */
function isTelling(
  { name, change }: StepView['timers'][number],
  step: StepView,
  arrows: readonly ArrowView[],
): boolean {
  if (change === 'stopped') return false;
  if (name === 'delayed-ack') return false;
  if (name !== 'retransmission') return true;
  return arrows.some(
    (arrow) => arrow.sentIn === step.index && (arrow.lost || arrow.purpose === 'retransmission'),
  );
}

/** The state shown beside a step, or undefined when it did not change. */
function stateAfter(step: StepView): string | undefined {
  if (step.path === 'hidden') return '?';
  return step.path.length > 1 ? step.path.at(-1) : undefined;
}

/** What stands beside the lifeline at a step; the time too, where the picture has no column for it. */
export function sideLines(
  step: StepView,
  arrows: readonly ArrowView[],
  withTime: boolean,
): readonly SideLine[] {
  const state = stateAfter(step);
  const called = step.cause === 'call' || step.cause === 'timer';
  return [
    ...(withTime ? [{ kind: 'time', text: formatTime(step.at) } as const] : []),
    ...(called ? [{ kind: step.cause === 'timer' ? 'timer' : 'call', text: step.what } as const] : []),
    ...(state === undefined ? [] : [{ kind: 'state', text: state } as const]),
    ...step.app.map((text) => ({ kind: 'app', text }) as const),
    ...step.timers
      .filter((timer) => isTelling(timer, step, arrows))
      .map(({ text }) => ({ kind: 'timer', text }) as const),
    ...(step.doubt === undefined ? [] : [{ kind: 'doubt', text: step.doubt } as const]),
  ];
}

export const FONT_OF_SIDE = {
  time: 'text',
  call: 'text',
  timer: 'text',
  state: 'strong',
  app: 'text',
  doubt: 'text',
} as const satisfies Record<SideLine['kind'], Font>;

/** Width of a side line with its lead. */
export function sideWidth({ kind, text, lead }: SideLine, measure: Measure): number {
  return measure(text, FONT_OF_SIDE[kind]) + (lead === undefined ? 0 : measure(`${lead} `, 'text'));
}

/** Puts the time in front of the line after it where both fit. */
function joinTime(lines: readonly SideLine[], width: number, measure: Measure): readonly SideLine[] {
  const [time, first, ...others] = lines;
  if (time?.kind !== 'time' || first === undefined) return lines;
  const joined = { ...first, lead: time.text };
  return sideWidth(joined, measure) <= width ? [joined, ...others] : lines;
}

/** Breaks side lines to the width of their column, in pixels. */
export function wrapSide(lines: readonly SideLine[], width: number, measure: Measure): readonly SideLine[] {
  return joinTime(lines, width, measure).flatMap((line): readonly SideLine[] => {
    if (line.lead !== undefined) return [line];
    return wrap(line.text, width, FONT_OF_SIDE[line.kind], measure).map((text) => ({
      kind: line.kind,
      text,
    }));
  });
}
