// What the lab shows, made from where it stands. The branch still to be predicted is never drawn here.

import type { TimerName } from '../../../core/tcp/event.ts';
import type { Language } from '../../../core/text.ts';
import { HOSTS, type HostId, type Step, type Timeline } from '../../../core/timeline/timeline.ts';
import { deriveSeed } from '../chance.ts';
import { TIMER_NAMES } from '../describe.ts';
import { formatDuration } from '../durations.ts';
import { arrowId, project } from '../project.ts';
import type { TimelineView } from '../timeline-view.ts';
import { fieldVerdict, summaryOf } from '../verdict.ts';
import { seeAll } from '../visibility.ts';
import { changeText } from './change-text.ts';
import { changedScenario, type Lab, labRun } from './lab.ts';
import type { LabPlace, LabScreen, PredictionVerdict, PredictionView } from './lab-view.ts';
import { timeToFallBehind } from './make-change.ts';
import {
  gradePrediction,
  type Prediction,
  predict,
  predictionFields,
  predictionLabel,
  ruleText,
} from './prediction.ts';
import { tellDifference } from './story.ts';

/** The lab as the learner sees it. */
export function labScreen(lab: Lab, language: Language): LabScreen {
  const { pack, subject, made, predictFirst, problem, retold } = lab;
  const latest = labRun(lab);
  const original = labRun(lab, 0);
  return {
    kind: 'lab',
    pack: { id: pack.id, title: pack.title[language], profile: lab.scenario.profile.id },
    scenario: subject.scenario,
    original: withApart(draw(lab, original, 0, language), original, retold?.apart),
    changed: made.length === 0 ? undefined : draw(lab, latest, made.length, language),
    begin: subject.begin,
    changes: made.map(({ change }, place) => changeText(labRun(lab, place), change, language)),
    places: latest.steps.map(({ index }) => placeAt(lab, latest, index, language)),
    overtakable: latest.transmissions.flatMap((sent) =>
      timeToFallBehind(latest, sent) === undefined ? [] : (arrowId(latest, sent.id) ?? []),
    ),
    difference: made.length === 0 ? undefined : tellDifference(original, latest, language),
    predictFirst,
    prediction: predictionView(lab, latest, language),
    verdict: verdictView(lab, language),
    problem: problem?.[language],
    ...(retold && { note: retold.note[language] }),
  };
}

/** Names the run without telling its seed. */
function keyOf(lab: Lab, count: number): string {
  const { packId, scenario, seed, capture } = lab.subject;
  const place = capture === undefined ? '' : `${capture.address}#${capture.connection}/`;
  const changes = JSON.stringify(lab.made.slice(0, count).map(({ change }) => change));
  return `lab/${place}${packId}/${scenario}/${deriveSeed(seed, changes) & 0xffff}`;
}

function draw(lab: Lab, run: Timeline, count: number, language: Language): TimelineView {
  return project(run, {
    key: keyOf(lab, count),
    visibility: seeAll(run),
    language,
    symbols: lab.scenario.symbols,
    asked: undefined,
    more: false,
  });
}

/** Marks the first segment of a capture played again that was not captured. */
function withApart(view: TimelineView, run: Timeline, apart: number | undefined): TimelineView {
  const id = apart === undefined ? undefined : arrowId(run, apart);
  if (id === undefined) return view;
  return {
    ...view,
    arrows: view.arrows.map((arrow) => (arrow.id === id ? { ...arrow, apart: true } : arrow)),
  };
}

function placeAt(lab: Lab, run: Timeline, index: number, language: Language): LabPlace {
  const past = run.steps.slice(0, index + 1);
  const now = past.at(-1)?.at ?? 0;
  const down = HOSTS.filter((host) => isDown(past, host));
  return {
    down,
    cut: isCut(lab, past),
    timers: HOSTS.filter((host) => !down.includes(host)).flatMap((host) =>
      runningTimers(past, host).map(([timer, at]) => ({
        host,
        timer,
        text: timerText(host, timer, at - now, language),
      })),
    ),
  };
}

function isDown(past: readonly Step[], host: HostId): boolean {
  const last = past.findLast(
    (step) => step.host === host && step.cause.kind === 'call' && POWER.has(step.cause.call),
  );
  return last?.cause.kind === 'call' && last.cause.call === 'crash';
}

const POWER: ReadonlySet<string> = new Set(['crash', 'reboot']);

/** By the changes made here; a cut of the script itself shows in what is lost. */
function isCut({ made }: Lab, past: readonly Step[]): boolean {
  let cut = false;
  for (const { change } of made) {
    if (change.kind !== 'act' || change.after >= past.length) continue;
    if (change.what.kind === 'cut' || change.what.kind === 'heal') cut = change.what.kind === 'cut';
  }
  return cut;
}

/** Of the host's newest connection: the only one whose timers a change can fire. */
function runningTimers(past: readonly Step[], host: HostId): readonly (readonly [TimerName, number])[] {
  const latest = new Map<string, Step>();
  for (const step of past) {
    if (step.host !== host) continue;
    latest.delete(step.socket);
    latest.set(step.socket, step);
  }
  const step = [...latest.values()].findLast(
    ({ after }) => after.state !== 'CLOSED' && after.state !== 'LISTEN',
  );
  if (step === undefined) return [];
  return Object.entries(step.after.deadlines).flatMap(([timer, at]) =>
    at === undefined ? [] : [[timer as TimerName, at] as const],
  );
}

function timerText(host: HostId, timer: TimerName, left: number, language: Language): string {
  const name = TIMER_NAMES[timer][language];
  const time = formatDuration(Math.max(0, left), language);
  return language === 'en' ? `${host}: ${name}, due in ${time}` : `${host}：${name}，还有 ${time}`;
}

function predictionView(lab: Lab, latest: Timeline, language: Language): PredictionView | undefined {
  const { pending } = lab;
  if (pending === undefined) return undefined;
  const { change, given, problems } = pending;
  const text = changeText(latest, change, language);
  const asking = JSON.stringify(change);
  return {
    draftKey: `${keyOf(lab, lab.made.length)}/${deriveSeed(lab.subject.seed, asking) & 0xffff}`,
    prompt: language === 'en' ? `What if ${text}?` : `如果 ${text}，会怎样？`,
    fields: predictionFields(predict(changedScenario(lab), latest, change), language),
    given,
    notUnderstood: problems.map((problem) => ({ name: problem.name, text: problem.text[language] })),
  };
}

function verdictView(lab: Lab, language: Language): PredictionVerdict | undefined {
  const { predicted, made } = lab;
  const last = made.at(-1);
  if (predicted === undefined || last === undefined || lab.pending !== undefined) return undefined;
  const before = made.length - 1;
  const prediction = predict(changedScenario(lab, before), labRun(lab, before), last.change);
  return predicted.how === 'shown'
    ? shownVerdict(prediction, language)
    : gradedVerdict(prediction, predicted.given, language);
}

function shownVerdict({ posed, rule }: Prediction, language: Language): PredictionVerdict {
  const fields = posed.fields.flatMap((field) => {
    const right = posed.answers.get(field.name);
    if (right === undefined) return [];
    const judged = { field, given: '', written: undefined, right, correct: false };
    return [labelled(fieldVerdict(posed, judged, language), language)];
  });
  const ruling = { name: 'rule', given: '', expected: ruleText(rule.right, language), correct: false };
  return {
    outcome: 'shown',
    summary: { en: 'Here is what happens.', 'zh-CN': '结果如下。' }[language],
    fields: [...fields, labelled(ruling, language)],
  };
}

function gradedVerdict(
  prediction: Prediction,
  given: Readonly<Record<string, string>>,
  language: Language,
): PredictionVerdict | undefined {
  const { posed, rule } = prediction;
  const graded = gradePrediction(prediction, given);
  if (!graded.ok) return undefined;
  const fields = [
    ...graded.value.judged.map((judged) => fieldVerdict(posed, judged, language)),
    {
      name: 'rule',
      correct: graded.value.rule.correct,
      given: ruleText(graded.value.rule.given, language),
      expected: ruleText(rule.right, language),
    },
  ];
  const right = fields.filter(({ correct }) => correct).length;
  return {
    outcome: right === fields.length ? 'right' : right > 0 ? 'partly' : 'wrong',
    summary: summaryOf(right, fields.length, language),
    fields: fields.map((field) => labelled(field, language)),
  };
}

function labelled<T extends { readonly name: string }>(field: T, language: Language) {
  return { ...field, label: predictionLabel(field.name, language) };
}
