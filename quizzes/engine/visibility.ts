// What of a Timeline may be seen, as data: project.ts draws exactly this much and looks at nothing else.

import { unreachable } from '../../core/result.ts';
import type { Step, Timeline, Transmission } from '../../core/timeline/timeline.ts';
import { answerTo, decisiveStep, type Field, fieldsOf } from './ask.ts';
import type { Cut } from './cut.ts';
import type { Ask, HostAsk } from './pack.ts';
import { socketsAnswer, ssAnswer, timeUntilAnswer } from './socket-answers.ts';

/** The sides of a step that can be seen or hidden one by one, as bits. */
const FACETS = { cause: 1, path: 2, sent: 4, app: 8, timers: 16, rules: 32, variables: 64 } as const;
type Facet = keyof typeof FACETS;
const ALL = 127;

/** For each step, the bits of {@link FACETS} that may be seen; steps beyond the end may not. */
export type Visibility = readonly number[];

/** Whether that side of that step may be seen. */
export function canSee(visibility: Visibility, step: number, facet: Facet): boolean {
  return ((visibility[step] ?? 0) & FACETS[facet]) !== 0;
}

/** An arrow is seen as soon as its sending or its arrival is; that it is lost is seen with its sending. */
export function isSeen({ sentIn, arrivedIn }: Transmission, visibility: Visibility): boolean {
  return canSee(visibility, sentIn ?? -1, 'sent') || canSee(visibility, arrivedIn ?? -1, 'cause');
}

/** Everything. */
export function seeAll(timeline: Timeline): Visibility {
  return timeline.steps.map(() => ALL);
}

/** What either may see. */
export function union(one: Visibility, other: Visibility): Visibility {
  const longest = one.length > other.length ? one : other;
  return longest.map((_, step) => (one[step] ?? 0) | (other[step] ?? 0));
}

/** What both may see. */
export function intersection(one: Visibility, other: Visibility): Visibility {
  const shortest = one.length < other.length ? one : other;
  return shortest.map((_, step) => (one[step] ?? 0) & (other[step] ?? 0));
}

/** Whether nothing is seen that `limit` hides. */
export function isWithin(seen: Visibility, limit: Visibility): boolean {
  return seen.every((facets, step) => (facets & ~(limit[step] ?? 0)) === 0);
}

function upTo(cut: Cut): Visibility {
  return Array.from({ length: cut.step + 1 }, (_, step) =>
    step === cut.step && cut.shows === 'cause' ? FACETS.cause : ALL,
  );
}

/** What a learner sees who is asked these things at this cut. */
export function seenBefore(timeline: Timeline, cut: Cut, asks: readonly Ask[]): Visibility {
  const hidden = asks.map((ask) => hides(timeline, cut, ask));
  return upTo(cut).map((facets, step) => hidden.reduce((left, hide) => left & ~(hide[step] ?? 0), facets));
}

/** What belongs to the answers: the outcome of the cut and of every step that decided one. */
export function seenAfter(timeline: Timeline, cut: Cut, asks: readonly Ask[]): Visibility {
  const last = fieldsOf(asks).reduce(
    (latest, field) => Math.max(latest, answerTo(timeline, cut, field)?.decidedIn?.index ?? -1),
    cut.step,
  );
  return upTo({ step: last, shows: 'outcome' });
}

/** The answers themselves and nothing more. */
export function answersOnly(timeline: Timeline, cut: Cut, asks: readonly Ask[]): Visibility {
  const seen = timeline.steps.map(() => 0);
  for (const field of fieldsOf(asks)) {
    const step = answerTo(timeline, cut, field)?.decidedIn?.index;
    if (step !== undefined) seen[step] = (seen[step] ?? 0) | facetOf(field);
  }
  return seen;
}

function facetOf({ ask }: Field): number {
  switch (ask.kind) {
    case 'segment':
    case 'next-sender':
      return FACETS.sent;
    case 'state':
      return FACETS.path;
    case 'variable':
      return FACETS.variables;
    case 'time-left':
      return FACETS.timers;
    case 'app':
    case 'returns':
      return FACETS.app;
    case 'ss':
      return ask.column === 'state' ? FACETS.path : FACETS.variables;
    case 'sockets':
      return FACETS.path;
    case 'next-timer':
      return FACETS.timers;
    case 'time-until':
      return FACETS.cause;
    case 'count':
    case 'order':
    case 'impossible':
      return FACETS.sent;
    case 'missing-call':
      return FACETS.path;
    case 'rule':
      return FACETS.rules;
    default:
      return unreachable(ask);
  }
}

/** The visible past can give an answer away too: what must be covered there, by step. */
function hides(timeline: Timeline, cut: Cut, ask: Ask): Visibility {
  switch (ask.kind) {
    case 'segment':
    case 'next-sender':
    case 'count':
    case 'missing-call':
    case 'order':
    case 'impossible':
      return [];
    case 'time-until':
      return coverTimer(timeline, cut, timeUntilAnswer(timeline, cut, ask)?.decidedIn);
    case 'rule':
      return coverRules(timeline, cut, ask);
    case 'ss':
      return cover(
        timeline,
        cut,
        ask,
        ask.column === 'state' ? ALL & ~FACETS.cause & ~FACETS.sent : FACETS.variables,
      );
    case 'next-timer':
      return cover(timeline, cut, ask, FACETS.timers);
    case 'returns':
      return cover(timeline, cut, ask, FACETS.app | FACETS.rules);
    case 'sockets':
    case 'state':
      return cover(timeline, cut, ask, ALL & ~FACETS.cause & ~FACETS.sent);
    case 'variable':
      return cover(timeline, cut, ask, FACETS.variables);
    case 'time-left':
      return cover(timeline, cut, ask, FACETS.timers);
    case 'app':
      return cover(timeline, cut, ask, FACETS.app | FACETS.rules);
    default:
      return unreachable(ask);
  }
}

/** Covers what started the timer by which a moment comes: its duration would be the answer. */
function coverTimer(timeline: Timeline, cut: Cut, moment: Step | undefined): Visibility {
  if (moment?.cause.kind !== 'timer') return [];
  const { host, at } = moment;
  const starts = (step: Step) =>
    step.host === host && step.effects.some((effect) => effect.kind === 'arm' && effect.at === at);
  return timeline.steps.slice(0, cut.step + 1).map((step) => (starts(step) ? FACETS.timers : 0));
}

/** Covers the rules of the steps that decide. */
function coverRules(timeline: Timeline, cut: Cut, { of }: Extract<Ask, { kind: 'rule' }>): Visibility {
  const deciding = fieldsOf(of).flatMap((field) => answerTo(timeline, cut, field)?.decidedIn?.index ?? []);
  return timeline.steps
    .slice(0, cut.step + 1)
    .map(({ index }) => (deciding.includes(index) ? FACETS.rules : 0));
}

/** Tools show what was decided from then on. */
function deciding(timeline: Timeline, cut: Cut, ask: HostAsk): Step | undefined {
  if (ask.kind === 'ss') return ssAnswer(timeline, cut, ask)?.decidedIn;
  if (ask.kind === 'sockets') return socketsAnswer(timeline, cut, ask)?.decidedIn;
  return decisiveStep(timeline, cut, ask);
}

/** Covers the host's steps from the one that decided the answer on. */
function cover(timeline: Timeline, cut: Cut, ask: HostAsk, facets: number): Visibility {
  const from = deciding(timeline, cut, ask)?.index;
  if (from === undefined) return [];
  return timeline.steps
    .slice(0, cut.step + 1)
    .map((step) => (step.host === ask.host && step.index >= from ? facets : 0));
}
