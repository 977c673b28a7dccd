// "Play both rules": the run as it is beside the run as a misconception would have it.

import type { Segment } from '../../core/tcp/segment.ts';
import type { Language } from '../../core/text.ts';
import { firstDifference, segmentsOf } from '../../core/timeline/difference.ts';
import { peerOf, type Step, type Timeline, type Transmission } from '../../core/timeline/timeline.ts';
import { partOf } from './ask.ts';
import { segmentText, timerText } from './describe.ts';
import type { Diagnosis } from './diagnose.ts';
import { profileBelieving, replayStep } from './mutants.ts';
import { formatSymbolic } from './numbers.ts';
import type { Posed } from './posed.ts';
import { project } from './project.ts';
import { playBelieving } from './run.ts';
import type { CompareView } from './view.ts';
import { canSee, intersection, isWithin, seeAll, type Visibility } from './visibility.ts';

/** How the right run is shown after the verdict. */
export interface RightPicture {
  readonly key: string;
  readonly visibility: Visibility;
  readonly language: Language;
}

/** Both runs up to what may be seen of the right one; undefined when they do not part there. */
export function compareRules(
  posed: Posed,
  { misconception, reach }: Diagnosis,
  picture: RightPicture,
): CompareView | undefined {
  const right = posed.run.timeline;
  const wrong = reach === 'run' ? wholeRun(posed, misconception.id) : oneStep(posed, misconception.id);
  const parting = wrong && firstDifference(right, wrong);
  if (wrong === undefined || parting === undefined || !canSee(picture.visibility, parting, 'sent'))
    return undefined;
  const { language, key } = picture;
  const symbols = posed.run.scenario?.symbols ?? right.symbols;
  const shared = { language, symbols, asked: undefined };
  const isWhole = isWithin(seeAll(right), picture.visibility);
  return {
    misconception: misconception.id,
    name: misconception.name[language],
    right: project(right, { ...shared, key: `${key}/right`, visibility: picture.visibility, more: false }),
    wrong: project(wrong, {
      ...shared,
      key: `${key}/${misconception.id}`,
      // What a later question hides of the right run, the wrong one must not tell either.
      visibility: isWhole ? seeAll(wrong) : intersection(seeAll(wrong), picture.visibility),
      more: false,
    }),
    firstDifference: parting,
    text: differenceText(
      speakable(right, posed),
      speakable(wrong, posed),
      parting,
      misconception.name[language],
      language,
    ),
  };
}

/** The same run with only the names that the learner can know: a sentence must not use any other. */
function speakable(timeline: Timeline, posed: Posed): Timeline {
  const known = new Set(posed.symbols.map(({ name }) => name));
  return { ...timeline, symbols: timeline.symbols.filter(({ name }) => known.has(name)) };
}

function wholeRun(posed: Posed, misconception: string): Timeline | undefined {
  return posed.run.scenario && playBelieving(posed.run.scenario, misconception);
}

/** The run up to the first deciding step that comes out otherwise by the wrong rule, and that step so. */
function oneStep(posed: Posed, misconception: string): Timeline | undefined {
  const { scenario, timeline } = posed.run;
  if (scenario === undefined) return undefined;
  const profile = profileBelieving(scenario.profile, misconception);
  const deciding = [...posed.answers.values()].flatMap(({ decidedIn }) => decidedIn ?? []);
  for (const step of [...deciding].sort((one, other) => one.index - other.index)) {
    const replay = replayStep(timeline, step, profile);
    if (replay === undefined) continue;
    const sent: Transmission[] = replay.effects.flatMap((effect) =>
      effect.kind === 'send' ? [departing(timeline, step, effect.segment, effect.purpose)] : [],
    );
    const wrong = splice(
      timeline,
      step,
      {
        ...step,
        after: replay.endpoint,
        path: replay.path,
        rules: replay.rules,
        effects: replay.effects,
        app: replay.effects.flatMap((effect) => (effect.kind === 'app' ? [effect.result] : [])),
      },
      sent,
    );
    const before = { ...timeline, steps: timeline.steps.slice(0, wrong.steps.length) };
    if (firstDifference(before, wrong) !== undefined) return wrong;
  }
  return undefined;
}

function departing(
  timeline: Timeline,
  step: Step,
  segment: Segment,
  purpose: Transmission['purpose'],
): Transmission {
  return {
    id: 0,
    from: step.host,
    fromPort: timeline.hosts[step.host].port,
    toPort: timeline.hosts[peerOf(step.host)].port,
    segment,
    purpose,
    sentAt: step.at,
    sentIn: step.index,
    arrivesAt: undefined,
    arrivedIn: undefined,
    lost: false,
  };
}

/** A Timeline that ends with `last` in the place of a step, having sent `sent`. */
function splice(timeline: Timeline, at: Step, last: Step, sent: readonly Transmission[]): Timeline {
  const kept = timeline.transmissions.map((old) =>
    (old.arrivedIn ?? -1) > at.index ? { ...old, arrivesAt: undefined, arrivedIn: undefined } : old,
  );
  const gone = new Set(kept.filter(({ sentIn }) => (sentIn ?? -1) >= at.index).map(({ id }) => id));
  const before = kept.map((old) =>
    gone.has(old.id) ? { ...old, sentIn: undefined, arrivedIn: undefined } : old,
  );
  const added = sent.map((one, place) => ({ ...one, id: before.length + place }));
  // What is sent instead brings in the names that the segments in its place brought in.
  const symbols = timeline.symbols.map((symbol) => {
    if (symbol.shownBy === undefined || !gone.has(symbol.shownBy)) return symbol;
    const instead = added.find(({ from, segment }) => from === symbol.host && segment.seq === symbol.value);
    return { ...symbol, shownBy: instead?.id };
  });
  return {
    ...timeline,
    symbols,
    steps: [...timeline.steps.slice(0, at.index), { ...last, sent: added.map(({ id }) => id) }],
    transmissions: [...before, ...added],
  };
}

/** "B sends ACK seq=y+1 ack=u+1; by the rule “FIN consumes nothing” it would send ACK seq=y+1 ack=u." */
function differenceText(
  right: Timeline,
  wrong: Timeline,
  place: number,
  name: string,
  language: Language,
): string {
  const [one, other] = [right.steps[place], wrong.steps[place]];
  if (one === undefined || other === undefined) return '';
  const rightly = outcomeText(right, one, other, wrong, language);
  const wrongly = outcomeText(wrong, other, one, right, language);
  return language === 'en'
    ? `${one.host}: ${rightly}; by the rule “${name}” it would be ${wrongly}.`
    : `${one.host}：${rightly}；按“${name}”则是${wrongly}。`;
}

/** The side of a step's outcome in which it differs from the other's. */
function outcomeText(timeline: Timeline, step: Step, other: Step, its: Timeline, language: Language): string {
  const segments = segmentsOf(timeline, step);
  if (JSON.stringify(segments) !== JSON.stringify(segmentsOf(its, other))) {
    const words = segments
      .map((segment) => numberedText(timeline, { from: step.host, segment }, language))
      .join(', ');
    return words || { en: 'no segment', 'zh-CN': '不发送' }[language];
  }
  const [to, otherTo] = [step.path.at(-1), other.path.at(-1)];
  if (to !== otherTo) return to ?? '';
  const timers = step.effects.flatMap((effect) =>
    effect.kind === 'arm'
      ? [timerText(effect.timer, effect.restarted ? 'restarted' : 'started', effect.at - step.at, language)]
      : [],
  );
  return timers.join(', ') || { en: 'no timer', 'zh-CN': '没有定时器' }[language];
}

/**
 * "FIN ACK seq=w ack=u+1": a segment that `from` sends, by the names of its Timeline.
 *
 * @param id - of its transmission: names that only a later one brings in are not used
 */
export function numberedText(
  timeline: Timeline,
  {
    from,
    segment,
    id = Number.POSITIVE_INFINITY,
  }: Pick<Transmission, 'from' | 'segment'> & { readonly id?: number },
  language: Language,
): string {
  const symbols = timeline.symbols.filter(({ shownBy = -1 }) => shownBy <= id);
  const seq = partOf(segment, 'seq', from);
  const ack = partOf(segment, 'ack', from);
  const write = (value: typeof seq) =>
    value.kind === 'seq' && value.number !== undefined
      ? formatSymbolic(value.number, { host: value.host, symbols, base: undefined })
      : undefined;
  const acked = write(ack);
  return `${segmentText(segment, language)} seq=${write(seq)}${acked === undefined ? '' : ` ack=${acked}`}`;
}
