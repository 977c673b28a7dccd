// What a change comes to, in words: the first difference, the rules that decided, and what follows from it.

import type { RuleId } from '../../../core/tcp/rules.ts';
import type { TcpState } from '../../../core/tcp/states.ts';
import type { Bilingual, Language } from '../../../core/text.ts';
import { firstDifference, firstMissing } from '../../../core/timeline/difference.ts';
import { HOSTS, type HostId, type Step, type Timeline } from '../../../core/timeline/timeline.ts';
import { numberedText } from '../compare.ts';
import { appText, causeText, TIMER_NAMES } from '../describe.ts';
import { formatDuration } from '../durations.ts';
import { ruleViews } from '../project.ts';
import type { LabDifference, Outcome } from './lab-view.ts';

/** Where two runs part. */
export interface Parting {
  /** Index of the first step that differs. */
  readonly at: number;
  /** The first thing that happened only in the one run, and only in the other. */
  readonly gone: Step | undefined;
  readonly came: Step | undefined;
}

/** Finds where two runs part; undefined when they are the same. */
export function partingOf(original: Timeline, changed: Timeline): Parting | undefined {
  const at = firstDifference(original, changed);
  if (at === undefined) return undefined;
  return { at, gone: firstMissing(original, changed, at), came: firstMissing(changed, original, at) };
}

/** Rules of the first thing that is new; of the first thing that is missing when nothing is new. */
export function decidingRules({ gone, came }: Parting): readonly RuleId[] {
  return (came ?? gone)?.rules ?? [];
}

/** The first difference in one sentence with its rules, and how both runs end. */
export function tellDifference(
  original: Timeline,
  changed: Timeline,
  language: Language,
): LabDifference | undefined {
  const parting = partingOf(original, changed);
  if (parting === undefined) return undefined;
  const { at, gone, came } = parting;
  const fate = sameStep(original.steps[at], changed.steps[at]);
  return {
    original: at < original.steps.length ? (fate ? at : (gone?.index ?? at)) : undefined,
    changed: at < changed.steps.length ? (fate ? at : (came?.index ?? at)) : undefined,
    text: sentence(original, changed, parting, language),
    rules: ruleViews(decidingRules(parting), language),
    outcomes: outcomes(original, changed, language),
  };
}

/** The same thing happened, and only what became of its segments differs. */
function sameStep(one: Step | undefined, other: Step | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return (
    one.host === other.host &&
    one.at === other.at &&
    JSON.stringify(one.cause) === JSON.stringify(other.cause)
  );
}

function sentence(
  original: Timeline,
  changed: Timeline,
  { gone, came }: Parting,
  language: Language,
): string {
  const missing = gone && missingText(original, changed, gone, language);
  const fresh = came && stepText(changed, came, language);
  const inOrder = (came?.at ?? 0) < (gone?.at ?? 0) ? [fresh, missing] : [missing, fresh];
  const told = inOrder.filter((part) => part !== undefined).join(language === 'en' ? '; ' : '；');
  if (told === '') return ONLY_FATES[language];
  return language === 'en' ? `${told.charAt(0).toUpperCase()}${told.slice(1)}.` : `${told}。`;
}

const ONLY_FATES: Bilingual = {
  en: 'Only what becomes of a segment differs.',
  'zh-CN': '只有报文段的去向不同。',
};

/** "B does not receive ACK seq=u+1 ack=w+1 at 375 ms and stays in LAST-ACK": what happened only as it was. */
function missingText(original: Timeline, changed: Timeline, step: Step, language: Language): string {
  const english = language === 'en';
  const { host, cause, path } = step;
  const when = formatDuration(step.at, language);
  const now = changed.steps.findLast((other) => other.host === host && other.at <= step.at)?.after.state;
  const stays = path.length > 1 && now === path[0] ? now : undefined;
  const kept = stays === undefined ? '' : english ? ` and stays in ${stays}` : `，停留在 ${stays}`;
  if (!english) {
    const happens = causeWords(original, step, language);
    return `${when}时本来“${host} ${cause.kind === 'timer' ? of(happens) : happens}”，现在没有发生${kept && `，${host} ${kept.slice(1)}`}`;
  }
  if (cause.kind === 'timer')
    return `${host}’s ${TIMER_NAMES[cause.timer].en} does not fire at ${when}${kept}`;
  const words = causeWords(original, step, language);
  return cause.kind === 'arrival'
    ? `${host} does not ${words.replace(/^receives/, 'receive')} at ${when}${kept}`
    : `${host} no longer ${words} at ${when}${kept}`;
}

/** "at 1.2 s B’s retransmission timer fires and it sends FIN ACK seq=w ack=u+1 again". */
function stepText(timeline: Timeline, step: Step, language: Language): string {
  const when = formatDuration(step.at, language);
  const words = causeWords(timeline, step, language);
  const effects = consequences(timeline, step, language);
  const isTimer = step.cause.kind === 'timer';
  const told = step.app.map((result) => appText(result, language));
  if (language !== 'en')
    return [`${when}时 ${step.host} ${isTimer ? of(words) : words}`, ...effects, ...told].join('，');
  const done = isTimer
    ? [`${step.host}’s ${words}`, ...(effects.length > 0 ? [`${step.host} ${listed(effects)}`] : [])]
    : [listed([`${step.host} ${words}`, ...effects])];
  return `at ${when} ${done.join(', and ')}${told.length > 0 ? `: ${told.join(', ')}` : ''}`;
}

/** Chinese: a space stands between a Chinese character and a Latin one. */
function of(words: string): string {
  return /^[\x21-\x7e]/.test(words) ? `的 ${words}` : `的${words}`;
}

/** "does this, does that and does more". */
function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** What made the step happen; a segment with its numbers. */
function causeWords(timeline: Timeline, step: Step, language: Language): string {
  const { cause } = step;
  const arrived = cause.kind === 'arrival' ? timeline.transmissions[cause.transmission] : undefined;
  if (arrived === undefined) return causeText(timeline, step, language);
  const name = numberedText(timeline, arrived, language);
  return language === 'en' ? `receives ${name}` : `收到 ${name}`;
}

/** "goes from FIN-WAIT-2 to TIME-WAIT", "sends ACK …". */
function consequences(timeline: Timeline, { path, sent, app }: Step, language: Language): string[] {
  const english = language === 'en';
  const [from, to] = [path[0], path.at(-1)];
  const texts: string[] = [];
  if (path.length > 1) texts.push(english ? `goes from ${from} to ${to}` : `从 ${from} 进入 ${to}`);
  for (const id of sent) {
    const left = timeline.transmissions[id];
    if (left === undefined) continue;
    const again = left.purpose === 'retransmission' ? AGAIN[language] : '';
    texts.push(`${SENDS[language]} ${numberedText(timeline, left, language)}${again}`);
  }
  if (texts.length === 0 && app.length === 0) texts.push(english ? `stays in ${to}` : `停留在 ${to}`);
  return texts;
}

const SENDS: Bilingual = { en: 'sends', 'zh-CN': '发送' };
const AGAIN: Bilingual = { en: ' again', 'zh-CN': '（重传）' };

const LABELS = {
  end: { en: '{0} ends in', 'zh-CN': '{0} 的最终状态' },
  app: { en: 'Told to {0}’s application', 'zh-CN': '{0} 的应用程序得知' },
  sent: { en: 'Segments sent, A + B', 'zh-CN': '发送的报文段数 A + B' },
  rest: { en: 'All at rest after', 'zh-CN': '全部平息的时刻' },
} as const satisfies Record<string, Bilingual>;

/** How both runs end, side by side. */
function outcomes(original: Timeline, changed: Timeline, language: Language): Outcome[] {
  const row = (label: string, tell: (timeline: Timeline) => string): Outcome => ({
    label,
    original: tell(original),
    changed: tell(changed),
  });
  const named = (label: Bilingual, host: HostId) => label[language].replace('{0}', host);
  return [
    ...HOSTS.map((host) => row(named(LABELS.end, host), (run) => endText(run, host, language))),
    ...HOSTS.map((host) => row(named(LABELS.app, host), (run) => toldText(run, host, language))),
    row(LABELS.sent[language], (run) => HOSTS.map((host) => countSent(run, host)).join(' + ')),
    row(LABELS.rest[language], (run) => restText(run, language)),
  ];
}

/** The state that a host ends in: what a listener refuses for a connection that is gone is no end of it. */
export function endOf({ steps }: Timeline, host: HostId): TcpState {
  const own = steps.filter((step) => step.host === host);
  return (own.findLast(({ path }) => path.length > 1) ?? own.at(-1))?.after.state ?? 'CLOSED';
}

/** "CLOSED at 60.3 s": the host's last state and since when. */
export function endText(timeline: Timeline, host: HostId, language: Language): string {
  const last = timeline.steps.findLast((step) => step.host === host);
  if (last === undefined) return 'CLOSED';
  const entered = timeline.steps.findLast((step) => step.host === host && step.path.length > 1);
  const state = endOf(timeline, host);
  if (entered === undefined) return state;
  const when = formatDuration(entered.at, language);
  return language === 'en' ? `${state} at ${when}` : `${state}（${when}）`;
}

/** What the application was told, in order, without the data itself. */
export function toldText(timeline: Timeline, host: HostId, language: Language): string {
  const told = timeline.steps
    .filter((step) => step.host === host)
    .flatMap(({ app }) => app.filter(({ kind }) => kind !== 'data'))
    .map((result) => appText(result, language));
  const texts = [...new Set(told)];
  if (texts.length === 0) return { en: 'nothing', 'zh-CN': '无' }[language];
  return texts.join(language === 'en' ? ', ' : '、');
}

function countSent({ transmissions }: Timeline, host: HostId): number {
  return transmissions.filter(({ from, sentIn }) => from === host && sentIn !== undefined).length;
}

function restText({ steps, end }: Timeline, language: Language): string {
  if (end === 'limit') return { en: 'never: it goes on', 'zh-CN': '不会平息' }[language];
  return formatDuration(steps.at(-1)?.at ?? 0, language);
}
