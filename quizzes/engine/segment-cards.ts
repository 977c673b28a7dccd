// Segments to be put in order, or to be told from one that cannot be: cards with letters, shuffled.

import { PROFILES } from '../../core/tcp/profiles.ts';
import { ACK, has, type Segment } from '../../core/tcp/segment.ts';
import type { HostId, Step, Timeline, Transmission } from '../../core/timeline/timeline.ts';
import { deriveSeed } from './chance.ts';
import type { Cut } from './cut.ts';
import { MISCONCEPTIONS } from './misconceptions.ts';
import { profileBelieving, replayStep } from './mutants.ts';

/** A segment on a card. */
export interface Card {
  /** `a`, `b`, `c` … in the order shown. */
  readonly letter: string;
  readonly from: HostId;
  readonly segment: Segment;
}

/** Cards as shown, and what the answer is in letters. */
export interface Cards {
  readonly cards: readonly Card[];
  readonly right: string;
  readonly decidedIn: Step;
}

interface Face {
  readonly from: HostId;
  readonly segment: Segment;
}

function keyOf({ from, segment }: Face): string {
  const { flags, seq, ack, length } = segment;
  return [from, flags, seq, has(segment, ACK) ? ack : '', length].join(':');
}

/** The segments the hosts themselves send next, in order. */
function nextSegments(timeline: Timeline, cut: Cut, count: number): readonly Transmission[] {
  return timeline.transmissions
    .filter(
      ({ sentIn }) =>
        sentIn !== undefined && (sentIn > cut.step || (sentIn === cut.step && cut.shows === 'cause')),
    )
    .slice(0, count);
}

/** By their numbers alone: the order says nothing, and is the same whenever the question is drawn. */
function shuffle(faces: readonly Face[]): readonly Card[] {
  return [...faces]
    .sort((one, other) => deriveSeed(0, keyOf(one)) - deriveSeed(0, keyOf(other)))
    .map(({ from, segment }, place) => ({ letter: 'abcdefgh'.charAt(place), from, segment }));
}

function lettersOf(cards: readonly Card[], faces: readonly Face[]): string {
  return faces.map((face) => cards.find((card) => keyOf(card) === keyOf(face))?.letter ?? '').join('');
}

/** The next segments as cards; undefined when there are too few, or two of them look alike or leave at once. */
export function orderCards(timeline: Timeline, cut: Cut, count: number): Cards | undefined {
  const next = nextSegments(timeline, cut, count);
  const decidedIn = timeline.steps[next.at(-1)?.sentIn ?? -1];
  if (next.length < count || decidedIn === undefined) return undefined;
  const isTie = next.some((sent, place) => {
    const before = next[place - 1];
    return before !== undefined && before.sentAt === sent.sentAt && before.from !== sent.from;
  });
  if (isTie || new Set(next.map(keyOf)).size < count) return undefined;
  const cards = outOfOrder(shuffle(next), next);
  return { cards, right: lettersOf(cards, next), decidedIn };
}

/** Cards that happen to lie in order would be the answer untouched: the first goes to the end. */
function outOfOrder(cards: readonly Card[], faces: readonly Face[]): readonly Card[] {
  const letters = cards.map(({ letter }) => letter);
  if (lettersOf(cards, faces) !== letters.join('')) return cards;
  const [first, ...rest] = cards;
  return [...rest, ...(first === undefined ? [] : [first])].map((card, place) => ({
    ...card,
    letter: letters[place] ?? '',
  }));
}

const REAL_ONES = 3;

/** Segments that come next, and one as a misconception would have it; undefined when no misconception makes any. */
export function impossibleCards(timeline: Timeline, cut: Cut): Cards | undefined {
  const next = nextSegments(timeline, cut, REAL_ONES);
  if (next.length < 2) return undefined;
  const real = new Set(timeline.transmissions.map(keyOf));
  for (const sent of next) {
    const step = timeline.steps[sent.sentIn ?? -1];
    const wrong = step && wrongVersion(timeline, step, sent, real);
    if (step === undefined || wrong === undefined) continue;
    const faces = [...new Map([...next, wrong].map((face) => [keyOf(face), face])).values()];
    const cards = shuffle(faces);
    return { cards, right: lettersOf(cards, [wrong]), decidedIn: step };
  }
  return undefined;
}

/** The segment as the first misconception would send it that makes it another one. */
function wrongVersion(
  timeline: Timeline,
  step: Step,
  sent: Transmission,
  real: ReadonlySet<string>,
): Face | undefined {
  const place = step.sent.indexOf(sent.id);
  const sound = PROFILES[timeline.profile];
  const version = (profile: typeof sound): Face | undefined => {
    const segments =
      replayStep(timeline, step, profile)?.effects.filter((effect) => effect.kind === 'send') ?? [];
    const segment = segments[place]?.segment;
    return segment && { from: sent.from, segment };
  };
  const same = version(sound);
  if (same === undefined || keyOf(same) !== keyOf(sent)) return undefined;
  for (const { id } of MISCONCEPTIONS) {
    const wrong = version(profileBelieving(sound, id));
    if (wrong !== undefined && !real.has(keyOf(wrong))) return wrong;
  }
  return undefined;
}
