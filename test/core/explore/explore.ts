import { sequenceLength } from '../../../core/tcp/segment.ts';
import { add, latest, type Seq } from '../../../core/tcp/seq.ts';
import { Healer } from './heal.ts';
import { assertEarned, assertHolds } from './invariants.ts';
import { Explorer, type Happening, type Node, type Outcome, type World } from './world.ts';

/** How far an exploration goes. */
export interface Bound {
  /** States that are visited, nearest first. */
  readonly states: number;
  /** Walks at random from the beginning to the end, which reach what lies deeper. */
  readonly walks: number;
  readonly seed: number;
}

/** Ends that forged numbers set apart can answer ACK with ACK for ever. */
const LONGEST_WALK = 150;

/** What an exploration saw. */
export interface Explored {
  /** Distinct states: both endpoints, what is in flight and what may still go wrong. */
  readonly states: number;
  readonly transitions: number;
  /** Distinct endpoints, and distinct steps of one endpoint. */
  readonly endpoints: number;
  readonly steps: number;
  /** Every state so many happenings from the beginning was visited; undefined when simply every state was. */
  readonly completeTo: number | undefined;
  /** Happenings of the longest random walk. */
  readonly longestWalk: number;
  /** Every rule that decided a step. */
  readonly rules: ReadonlySet<string>;
  /** How connections end when the network heals, by whether the applications close, and from how many states. */
  readonly endings: ReadonlyMap<string, number>;
}

/** A state on the way, with how it was reached. */
interface Visit {
  readonly node: Node;
  readonly depth: number;
  readonly from: Visit | undefined;
  /** Undefined for the beginning and for a loss. */
  readonly by: Happening | undefined;
  /** How far each end has ever sent, remembered beyond the end of its connection. */
  readonly sentTo: readonly [Seq | undefined, Seq | undefined];
}

/**
 * Visits the states of a world up to a bound, and checks each step and how each state heals.
 *
 * @throws when an invariant does not hold; the message tells the shortest way there
 */
export function explore(world: World, bound: Bound): Explored {
  const rules = new Set<string>();
  const explorer = new Explorer(world, (outcome) => {
    checked(outcome, world);
    for (const rule of outcome.result.rules) rules.add(rule);
  });
  const healer = new Healer(explorer);
  const seen = new Set<string>();
  let transitions = 0;
  let completeTo: number | undefined;

  /** Whether this state is new. */
  const visit = ({ node, ...visited }: Visit): boolean => {
    const name = explorer.nameOf(node);
    if (seen.has(name)) return false;
    seen.add(name);
    explained({ node, ...visited }, () => healer.assertHeals(node));
    return true;
  };

  const begin: Visit = {
    node: explorer.beginning(),
    depth: 0,
    from: undefined,
    by: undefined,
    sentTo: [undefined, undefined],
  };
  visit(begin);
  const queue = [begin];
  for (const from of queue) {
    for (const next of nextOf(explorer, from)) {
      transitions += 1;
      if (seen.size >= bound.states) completeTo ??= from.depth;
      else if (visit(next)) queue.push(next);
    }
    if (completeTo !== undefined) break;
  }

  let longestWalk = 0;
  const draw = drawFrom(bound.seed);
  for (let walk = 0; walk < bound.walks && completeTo !== undefined; walk++) {
    let at = begin;
    for (
      let nexts = nextOf(explorer, at);
      nexts.length > 0 && at.depth < LONGEST_WALK;
      nexts = nextOf(explorer, at)
    ) {
      at = nexts[draw(nexts.length)] ?? at;
      transitions += 1;
      visit(at);
    }
    longestWalk = Math.max(longestWalk, at.depth);
  }
  const { endpoints, steps } = explorer;
  const { endings } = healer;
  return { states: seen.size, transitions, endpoints, steps, completeTo, longestWalk, rules, endings };
}

/** Everything that can follow a state within the bound. */
function nextOf(explorer: Explorer, from: Visit): readonly Visit[] {
  const depth = from.depth + 1;
  const { node, sentTo } = from;
  const nexts: Visit[] = [];
  for (const lost of explorer.losses(node)) nexts.push({ node: lost, depth, from, by: undefined, sentTo });
  explained(from, () => {
    for (const happening of explorer.happenings(node)) {
      const { side, outcome, next, overflows } = happening;
      if (explorer.world.honest) assertEarned(outcome.sent, sentTo[side === 0 ? 1 : 0]);
      if (!overflows)
        nexts.push({ node: next, depth, from, by: happening, sentTo: remember(sentTo, happening) });
    }
  });
  return nexts;
}

function remember(sentTo: Visit['sentTo'], { side, outcome }: Happening): Visit['sentTo'] {
  let own = sentTo[side];
  for (const segment of outcome.sent) {
    const end = add(segment.seq, sequenceLength(segment));
    if (sequenceLength(segment) > 0) own = own === undefined ? end : latest(own, end);
  }
  if (own === sentTo[side]) return sentTo;
  return side === 0 ? [own, sentTo[1]] : [sentTo[0], own];
}

/** Even draws below a limit: a linear congruential generator is enough to scatter walks. */
function drawFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function checked(outcome: Outcome, world: World): void {
  try {
    assertHolds(outcome, world);
  } catch (error) {
    throw new Error(`${outcomeText(outcome)}\n${messageOf(error)}`, { cause: error });
  }
}

class Found extends Error {}

/** Adds the way to a failure. */
function explained(visit: Visit, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof Found) throw error;
    const way: string[] = [];
    for (let at: Visit | undefined = visit; at !== undefined; at = at.from) way.unshift(visitText(at));
    throw new Found(`${messageOf(error)}\n  ${way.join('\n  ')}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function visitText({ by }: Visit): string {
  return by === undefined ? '(begins, or a segment is lost)' : `${'AB'[by.side]} ${outcomeText(by.outcome)}`;
}

function outcomeText({ event, result }: Outcome): string {
  const what = event.kind === 'timer' ? `${event.timer} timer` : JSON.stringify(event);
  return `${result.path.join(' > ')}: ${what} [${result.rules.join(' ')}]`;
}
