// The what-if lab: a scenario, what is changed in it, and a prediction that is still open. Pure and serialisable.

import { isRecord } from '../../../core/record.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Bilingual } from '../../../core/text.ts';
import type { NotRetold } from '../../../core/timeline/retell.ts';
import type { Change, Scenario } from '../../../core/timeline/scenario.ts';
import { pinFaults, simulate } from '../../../core/timeline/simulate.ts';
import type { Timeline } from '../../../core/timeline/timeline.ts';
import type { NotUnderstood } from '../grade.ts';
import type { Pack } from '../pack.ts';
import { play } from '../run.ts';
import type { LabAction } from './action.ts';
import { makeChange } from './make-change.ts';
import { gradePrediction, predict } from './prediction.ts';
import { type LabRequest, parseLabRequest } from './request.ts';
import { type Retold, tellAgain } from './retold.ts';

/** A text that tells a run: a packetdrill script, or the `tcp` block of a Markdown document. */
export interface LabText {
  readonly kind: 'packetdrill' | 'block';
  readonly text: string;
}

/** Which run the lab is about. It holds the seed: never post it to a webview. */
export interface LabSubject {
  /** Empty when the run is told by a text. */
  readonly packId: string;
  /** A key of the pack's scenarios, or the name of the text. */
  readonly scenario: string;
  readonly text?: LabText;
  /** A connection of a capture file, in the place of a scenario of a pack. */
  readonly capture?: { readonly address: string; readonly connection: number };
  readonly seed: number;
  /** The step to look at first. */
  readonly begin: number | undefined;
}

/** One change that was made: as it was asked, and as the core was told. */
interface Made {
  readonly request: LabRequest;
  readonly change: Change;
}

/** A change being predicted. */
interface Pending extends Made {
  readonly given: Readonly<Record<string, string>>;
  readonly problems: NotUnderstood;
}

/** What the learner predicted of the last change; `shown` gave up. */
interface Predicted {
  readonly given: Readonly<Record<string, string>>;
  readonly how: 'answered' | 'shown';
}

/** The lab as it stands. Immutable: {@link actInLab} returns the next one. */
export interface Lab {
  readonly pack: Pack;
  readonly subject: LabSubject;
  /** Without any change of the learner's. */
  readonly scenario: Scenario;
  readonly made: readonly Made[];
  readonly predictFirst: boolean;
  readonly pending: Pending | undefined;
  readonly predicted: Predicted | undefined;
  readonly problem: Bilingual | undefined;
  /** Of a capture played again: what is to be known of the run, and where it is no longer the capture's. */
  readonly retold?: Pick<Retold, 'note' | 'apart'>;
}

/** More changes than anyone can follow. */
export const MAX_CHANGES = 12;

/** Opens the lab on a scenario of a pack; fails when there is none, or when it is a capture that cannot be told again. */
export function openLab(pack: Pack, subject: LabSubject): Result<Lab, NotRetold | 'gone'> {
  const plan = Object.hasOwn(pack.scenarios, subject.scenario) ? pack.scenarios[subject.scenario] : undefined;
  if (plan?.kind === 'capture') {
    const told = tellAgain(plan.timeline);
    return told.ok ? ok({ ...labOn(pack, told.value.scenario, subject), retold: told.value }) : told;
  }
  const scenario = plan && play(plan, subject.seed).scenario;
  return scenario === undefined ? fail('gone') : ok(labOn(pack, scenario, subject));
}

/** Opens the lab on a run that a text or a capture tells. */
export function openToldLab(scenario: Scenario, subject: LabSubject, retold?: Lab['retold']): Lab {
  const title = { en: subject.scenario, 'zh-CN': subject.scenario };
  const nothing = { summary: undefined, license: undefined, scenarios: {}, sections: [], questions: [] };
  return {
    ...labOn({ id: '', version: '', title, ...nothing }, scenario, subject),
    ...(retold && { retold }),
  };
}

function labOn(pack: Pack, scenario: Scenario, subject: LabSubject): Lab {
  return {
    pack,
    subject,
    scenario: pinFaults(scenario),
    made: [],
    predictFirst: false,
    pending: undefined,
    predicted: undefined,
    problem: undefined,
  };
}

/** The scenario with the first so many changes; with all of them unless said otherwise. */
export function changedScenario({ scenario, made }: Lab, count = made.length): Scenario {
  if (count === 0) return scenario;
  return { ...scenario, changes: made.slice(0, count).map(({ change }) => change) };
}

/** Plays once for every scenario object; only speed depends on it. */
const played = new WeakMap<Scenario, Map<string, Timeline>>();
const KEPT = 16;

/** The run with the first so many changes. */
export function labRun(lab: Lab, count = lab.made.length): Timeline {
  const scenario = changedScenario(lab, count);
  const key = JSON.stringify(scenario.changes ?? []);
  const runs = played.get(lab.scenario) ?? new Map<string, Timeline>();
  played.set(lab.scenario, runs);
  const known = runs.get(key);
  if (known !== undefined) return known;
  if (runs.size >= KEPT) runs.clear();
  const run = simulate(scenario);
  runs.set(key, run);
  return run;
}

/** The lab after what the learner did; the very same one when that means nothing now. */
export function actInLab(lab: Lab, action: LabAction): Lab {
  switch (action.type) {
    case 'change':
      return change(lab, action.request);
    case 'keep': {
      const settled = { ...lab, pending: undefined, problem: undefined };
      if (action.count >= lab.made.length) return settled;
      return { ...settled, made: lab.made.slice(0, action.count), predicted: undefined };
    }
    case 'predict-first':
      return { ...lab, predictFirst: action.on };
    case 'predict':
      return answer(lab, action.fields);
    case 'reveal':
      return lab.pending === undefined ? lab : settle(lab, lab.pending, { given: {}, how: 'shown' });
  }
}

const TOO_MANY: Bilingual = {
  en: 'These are as many changes as the lab takes. Undo one first.',
  'zh-CN': '改动已达上限，请先撤销一处。',
};

function change(lab: Lab, request: LabRequest): Lab {
  if (lab.pending !== undefined) return lab;
  if (lab.made.length >= MAX_CHANGES) return { ...lab, problem: TOO_MANY };
  const made = makeChange(labRun(lab), lab.scenario, request);
  if (!made.ok) return { ...lab, problem: made.error };
  const next = { request, change: made.value };
  if (lab.predictFirst) {
    const pending = { ...next, given: {}, problems: [] };
    return { ...lab, pending, predicted: undefined, problem: undefined };
  }
  return settle(lab, next, undefined);
}

function answer(lab: Lab, given: Readonly<Record<string, string>>): Lab {
  const { pending } = lab;
  if (pending === undefined) return lab;
  const graded = gradePrediction(predict(changedScenario(lab), labRun(lab), pending.change), given);
  if (!graded.ok) return { ...lab, pending: { ...pending, given, problems: graded.error } };
  return settle(lab, pending, { given, how: 'answered' });
}

function settle(lab: Lab, { request, change: made }: Made, predicted: Predicted | undefined): Lab {
  const all = [...lab.made, { request, change: made }];
  return { ...lab, made: all, pending: undefined, predicted, problem: undefined };
}

/** JSON that {@link restoreLab} takes back. It holds the seed: never post it to a webview. */
export interface SavedLab {
  readonly version: 1;
  readonly subject: LabSubject;
  readonly requests: readonly LabRequest[];
  readonly pending: LabRequest | undefined;
  readonly predictFirst: boolean;
  readonly predicted: Predicted | undefined;
}

/** JSON that `restoreLab` takes back. It holds the seed: never post it to a webview. */
export function saveLab({ subject, made, pending, predictFirst, predicted }: Lab): SavedLab {
  const requests = made.map(({ request }) => request);
  return { version: 1, subject, requests, pending: pending?.request, predictFirst, predicted };
}

/** What a saved lab is about, so that its pack can be found; undefined when it is no saved lab. */
export function savedSubject(saved: unknown): LabSubject | undefined {
  if (!isRecord(saved) || saved['version'] !== 1 || !isRecord(saved['subject'])) return undefined;
  const { packId, scenario, seed, begin, text, capture } = saved['subject'];
  if (typeof packId !== 'string' || typeof scenario !== 'string' || !Number.isSafeInteger(seed))
    return undefined;
  const first = Number.isSafeInteger(begin) ? (begin as number) : undefined;
  const told = textOf(text);
  const seen = captureOf(capture);
  const where = { ...(told && { text: told }), ...(seen && { capture: seen }) };
  return { packId, scenario, seed: seed as number, begin: first, ...where };
}

function captureOf(value: unknown): LabSubject['capture'] {
  if (!isRecord(value)) return undefined;
  const { address, connection } = value;
  const isPlace = Number.isSafeInteger(connection) && (connection as number) >= 0;
  return typeof address === 'string' && isPlace ? { address, connection: connection as number } : undefined;
}

function textOf(value: unknown): LabText | undefined {
  if (!isRecord(value) || typeof value['text'] !== 'string') return undefined;
  const kind = (['packetdrill', 'block'] as const).find((known) => known === value['kind']);
  return kind && { kind, text: value['text'] };
}

/** Opens a lab as it was saved; changes that cannot be made any more are dropped, with what came after. */
export function restoreLab(pack: Pack, saved: unknown): Lab | undefined {
  const subject = savedSubject(saved);
  const fresh = subject && openLab(pack, subject);
  return fresh?.ok ? resumeLab(fresh.value, saved) : undefined;
}

/** Makes the changes of a saved lab in a fresh one on the same run. */
export function resumeLab(fresh: Lab, saved: unknown): Lab {
  if (!isRecord(saved)) return fresh;
  const { requests, pending, predictFirst, predicted } = saved;
  let lab = fresh;
  for (const kept of Array.isArray(requests) ? requests : []) {
    const request = parseLabRequest(kept);
    const next = request && change(lab, request);
    if (next === undefined || next.problem !== undefined) return lab;
    lab = next;
  }
  lab = { ...lab, predictFirst: predictFirst === true, predicted: predictedOf(predicted) };
  const open = parseLabRequest(pending);
  return open === undefined ? lab : change({ ...lab, predictFirst: true }, open);
}

function predictedOf(value: unknown): Predicted | undefined {
  if (!isRecord(value) || !isRecord(value['given'])) return undefined;
  const how = (['answered', 'shown'] as const).find((known) => known === value['how']);
  const given = Object.entries(value['given']).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return how && { given: Object.fromEntries(given), how };
}
