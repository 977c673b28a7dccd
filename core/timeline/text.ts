import type { AppResult, Effect } from '../tcp/event.ts';
import { RULES, sourceText } from '../tcp/rules.ts';
import { ACK, type Segment } from '../tcp/segment.ts';
import { distance, type Seq } from '../tcp/seq.ts';
import { formatFlags } from '../wire/notation.ts';
import type { Cause, HostId, Step, Timeline, Transmission } from './timeline.ts';

/**
 * A Timeline as plain text, one line an event, for golden tests and the command line:
 * time, host, state, what happened, what went out, and the rules that decided.
 */
export function timelineText(
  timeline: Timeline,
  options: { readonly rules: boolean } = { rules: true },
): string {
  const lines = timeline.steps.map((step) => stepText(timeline, step, options.rules));
  const symbols = timeline.symbols.map(({ name, value }) => `${name} = ${value}`).join(', ');
  const head = [`profile ${timeline.profile}`, symbols].filter((part) => part !== '').join('; ');
  return `${[`# ${head}`, ...lines, `# ${timeline.end}`].join('\n')}\n`;
}

function stepText(timeline: Timeline, step: Step, withRules: boolean): string {
  const parts = [
    millis(step.at).padEnd(12),
    step.host,
    step.path.join(' > ').padEnd(24),
    causeText(timeline, step.cause),
    ...step.sent.map((id) => `-> ${transmissionText(timeline, id)}`),
    ...step.effects.flatMap((effect) => timerText(effect, step.at)),
    ...step.app.map((result) => `[${appText(result)}]`),
  ];
  const rules = step.rules.map((id) => `${' '.repeat(15)}${id}  ${sourceText(RULES[id])}`);
  return [parts.join(' ').trimEnd(), ...(withRules ? rules : [])].join('\n');
}

function causeText(timeline: Timeline, cause: Cause): string {
  switch (cause.kind) {
    case 'call':
      return `${cause.call}(${cause.length ?? ''})`;
    case 'timer':
      return `${cause.timer} timer`;
    case 'departure':
      return 'sends';
    default:
      return `<- ${transmissionText(timeline, cause.transmission)}`;
  }
}

function transmissionText(timeline: Timeline, id: number): string {
  const transmission = timeline.transmissions[id];
  if (transmission === undefined) return `#${id}`;
  return `${segmentText(timeline, transmission)}${remarks(transmission)}`;
}

function remarks({ lost, lossUnsure, copyOf, forged, purpose, odd = [] }: Transmission): string {
  const known = purpose === 'fresh' || purpose === 'reply' || odd.some((name) => name.endsWith(purpose));
  const words = [
    ...(known ? [] : [purpose]),
    ...odd.map((name) => name.replaceAll('-', ' ')),
    ...(lost ? [lossUnsure ? 'lost?' : 'lost'] : []),
    ...(copyOf === undefined ? [] : ['copy']),
    ...(forged ? ['forged'] : []),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function segmentText(timeline: Timeline, { segment, from, id }: Transmission): string {
  const peer = from === 'A' ? 'B' : 'A';
  return [
    formatFlags(segment.flags).join(',') || 'none',
    `seq=${numberText(timeline, segment.seq, from, id)}`,
    ...(segment.flags & ACK ? [`ack=${numberText(timeline, segment.ack, peer, id)}`] : []),
    ...(segment.length > 0 ? [`len=${segment.length}`] : []),
    ...optionTexts(segment),
  ].join(' ');
}

function optionTexts({ options }: Segment): readonly string[] {
  return options.mss === undefined ? [] : [`mss=${options.mss}`];
}

/** By the nearest symbol at or below it that was shown by then; absolute when there is none near. */
function numberText(timeline: Timeline, value: Seq, host: HostId, by: number): string {
  const near = timeline.symbols
    .filter(({ host: whose, shownBy }) => whose === host && shownBy !== undefined && shownBy <= by)
    .map((symbol) => ({ name: symbol.name, over: distance(symbol.value, value) }))
    .filter(({ over }) => over >= 0 && over < 1_000_000)
    .sort((a, b) => a.over - b.over)[0];
  if (near === undefined) return String(value);
  return near.over === 0 ? near.name : `${near.name}+${near.over}`;
}

function timerText(effect: Effect, now: number): readonly string[] {
  if (effect.kind !== 'arm') return [];
  return [`{${effect.timer} ${effect.restarted ? 'restarts' : 'starts'}: ${millis(effect.at - now)}}`];
}

function appText(result: AppResult): string {
  if (result.kind === 'data') return `data ${result.length}`;
  return result.kind === 'error' ? result.code : result.kind;
}

/** To the microsecond, which is what clocks of captures tell. */
function millis(time: number): string {
  return `${Math.round(time * 1000) / 1000} ms`;
}
