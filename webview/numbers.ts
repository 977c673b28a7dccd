import { distance, seq } from '../core/tcp/seq.ts';
import type { HostId } from '../core/timeline/timeline.ts';
import type { ArrowView, SymbolView, TimelineView } from '../quizzes/engine/view.ts';
import type { NumberMode } from './protocol.ts';

/** A symbol whose value the learner has seen. */
export interface KnownSymbol {
  readonly name: string;
  readonly host: HostId;
  readonly value: number;
}

/** What it takes to write a sequence number down. */
export interface NumberContext {
  readonly mode: NumberMode;
  /** Zero of relative numbers, per host. */
  readonly bases: Readonly<Record<HostId, number | undefined>>;
  readonly symbols: readonly KnownSymbol[];
}

/** No window is larger, so a number further from a symbol has nothing to do with it. RFC 7323 §2.3. */
const REACH_ABOVE = 2 ** 30;
/** Old and keepalive segments lie a little below. */
const REACH_BELOW = 1000;

/** Everything the learner has seen of this timeline. */
export function numberContext(view: TimelineView, mode: NumberMode): NumberContext {
  return {
    mode,
    bases: { A: view.hosts.A.base, B: view.hosts.B.base },
    symbols: view.symbols.filter(isKnown),
  };
}

function isKnown(symbol: SymbolView): symbol is KnownSymbol {
  return symbol.value !== undefined;
}

/** The arrow that brings a symbol in: its host's first segment there that takes up sequence space, or else the first there. */
function introducedBy(symbol: KnownSymbol, arrows: readonly ArrowView[]): number {
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

function withOffset(name: string, offset: number): string {
  if (offset === 0) return name;
  return offset > 0 ? `${name}+${offset}` : `${name}${offset}`;
}

function symbolic(value: number, space: HostId, context: NumberContext): string | undefined {
  const offsets = context.symbols
    .filter(({ host }) => host === space)
    .map(({ name, value: at }) => ({ name, offset: distance(seq(at), seq(value)) }));
  const above = offsets.filter(({ offset }) => offset >= 0 && offset <= REACH_ABOVE);
  const below = offsets.filter(({ offset }) => offset < 0 && offset >= -REACH_BELOW);
  const near = above.length > 0 ? above : below;
  const best = near.reduce<(typeof near)[number] | undefined>(
    (found, each) => (found && Math.abs(found.offset) <= Math.abs(each.offset) ? found : each),
    undefined,
  );
  return best && withOffset(best.name, best.offset);
}

function relative(value: number, space: HostId, context: NumberContext): string | undefined {
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
  if (context.mode === 'relative') return relative(value, space, context) ?? absolute;
  const known = context.symbols.some(({ host }) => host === space);
  return symbolic(value, space, context) ?? (known ? undefined : relative(value, space, context)) ?? absolute;
}

/** Every way to write a number, plainest last and none twice: `u`, `x+301`, `301`, `4026531841`. */
export function allForms(value: number, space: HostId, context: NumberContext): readonly string[] {
  const away = (symbol: KnownSymbol) => Math.abs(distance(seq(symbol.value), seq(value)));
  const own = context.symbols.filter(({ host }) => host === space).sort((a, b) => away(a) - away(b));
  const perSymbol = own.map((symbol) => symbolic(value, space, { ...context, symbols: [symbol] }));
  const forms = [...perSymbol, relative(value, space, context), String(value)];
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
