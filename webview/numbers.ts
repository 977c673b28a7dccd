import { distance, seq } from '../core/tcp/seq.ts';
import type { HostId, TimelineSymbol } from '../core/timeline/timeline.ts';
import { formatSymbolic } from '../quizzes/engine/numbers.ts';
import type { ArrowView, TimelineView } from '../quizzes/engine/timeline-view.ts';
import type { NumberMode } from './protocol.ts';

/** What it takes to write a sequence number down. */
export interface NumberContext {
  readonly mode: NumberMode;
  /** Zero of relative numbers, per host. */
  readonly bases: Readonly<Record<HostId, number | undefined>>;
  readonly symbols: readonly TimelineSymbol[];
}

/** Everything the learner has seen of this timeline. */
export function numberContext(view: TimelineView, mode: NumberMode): NumberContext {
  return {
    mode,
    bases: { A: view.hosts.A.base, B: view.hosts.B.base },
    symbols: view.symbols.flatMap(({ name, host, value }) =>
      value === undefined ? [] : [{ name, host, value: seq(value), shownBy: undefined }],
    ),
  };
}

/** The arrow that brings a symbol in: its host's first segment there that takes up sequence space, or else the first there. */
function introducedBy(symbol: TimelineSymbol, arrows: readonly ArrowView[]): number {
  const there = arrows.filter(
    (arrow) => arrow.from === symbol.host && arrow.seq === symbol.value && !arrow.forged,
  );
  const counted = there.find(
    ({ flags, length }) => length > 0 || flags.includes('SYN') || flags.includes('FIN'),
  );
  return (counted ?? there[0])?.id ?? -1;
}

/**
 * Number contexts as they stood when each arrow left, so that revealing more never renames what was there:
 * an ack before the FIN stays `x+301`, though the FIN names that number `u`.
 */
export function contextPerArrow(view: TimelineView, mode: NumberMode): (arrow: ArrowView) => NumberContext {
  const all = numberContext(view, mode);
  const born = all.symbols.map((symbol) => ({ symbol, since: introducedBy(symbol, view.arrows) }));
  return (arrow) => ({
    ...all,
    symbols: born.filter(({ since }) => since <= arrow.id).map(({ symbol }) => symbol),
  });
}

/** The distance from the first number of the space that was seen; undefined while none was. */
export function relativeNumber(value: number, space: HostId, context: NumberContext): string | undefined {
  const base = context.bases[space];
  return base === undefined ? undefined : String(distance(seq(base), seq(value)));
}

/**
 * Writes a sequence number in the mode asked for; falls back to a plainer one when there is nothing to relate it to.
 *
 * @param space - the host whose octets the number counts: the sender for seq, its peer for ack
 */
export function formatNumber(value: number, space: HostId, context: NumberContext): string {
  const absolute = String(value);
  if (context.mode === 'absolute') return absolute;
  if (context.mode === 'relative') return relativeNumber(value, space, context) ?? absolute;
  const known = context.symbols.some(({ host }) => host === space);
  if (!known) return relativeNumber(value, space, context) ?? absolute;
  return formatSymbolic(seq(value), { host: space, symbols: context.symbols, base: undefined });
}

/** Every way to write a number, plainest last and none twice: `u`, `x+301`, `301`, `4026531841`. */
export function allForms(value: number, space: HostId, context: NumberContext): readonly string[] {
  const away = (symbol: TimelineSymbol) => Math.abs(distance(seq(symbol.value), seq(value)));
  const own = context.symbols.filter(({ host }) => host === space).sort((a, b) => away(a) - away(b));
  const perSymbol = own.map((symbol) =>
    formatSymbolic(seq(value), { host: space, symbols: [symbol], base: undefined }),
  );
  const forms = [...perSymbol, relativeNumber(value, space, context), String(value)];
  return [...new Set(forms.filter((form) => form !== undefined))];
}

/** Simulated time for a reader: `25 ms`, `1.2 s`, `2 min 7 s`, `2 h`. Input in milliseconds. */
export function formatTime(time: number): string {
  const trim = (value: number, digits: number) => String(Number(value.toFixed(digits)));
  if (Math.abs(time) < 1000) return `${trim(time, time < 10 ? 2 : 1)} ms`;
  const seconds = time / 1000;
  if (seconds < 120) return `${trim(seconds, seconds < 10 ? 3 : 2)} s`;
  const whole = Math.round(seconds);
  const units = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  return units
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
