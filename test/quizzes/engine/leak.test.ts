// What is asked is nowhere in what the learner holds until it is answered.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { Step, Timeline } from '../../../core/timeline/timeline.ts';
import { type Cut, findCut } from '../../../quizzes/engine/cut.ts';
import { MISCONCEPTIONS } from '../../../quizzes/engine/misconceptions.ts';
import type { Ask, Pack, Question } from '../../../quizzes/engine/pack.ts';
import { project } from '../../../quizzes/engine/project.ts';
import { playBelieving } from '../../../quizzes/engine/run.ts';
import { canSee, seenBefore, type Visibility } from '../../../quizzes/engine/visibility.ts';
import { cutOf, runOf, shippedPacks } from '../support.ts';
import { arbitraryScenario } from './arbitrary.ts';
import { socketPack } from './socket-asks.ts';

/** The picture before the answer. */
function draw(timeline: Timeline, cut: Cut, asks: readonly Ask[], symbols: Scenario['symbols'] = []) {
  return project(timeline, {
    key: 'run',
    visibility: seenBefore(timeline, cut, asks),
    language: 'en',
    symbols,
    asked: undefined,
    more: true,
  });
}

/** The Timeline as far as the cut goes; of its last step the cause alone if the outcome is hidden. */
function truncated(timeline: Timeline, cut: Cut): Timeline {
  const steps = timeline.steps.slice(0, cut.step + 1).map((step): Step => {
    if (step.index < cut.step || cut.shows === 'outcome') return step;
    return {
      ...step,
      after: step.before,
      path: [step.before.state],
      rules: [],
      effects: [],
      sent: [],
      app: [],
    };
  });
  const exists = (index: number | undefined) => index !== undefined && index <= cut.step;
  const now = steps.at(-1)?.at ?? 0;
  const transmissions = timeline.transmissions.map((sent) => {
    const gone = { ...sent, sentIn: undefined, arrivedIn: undefined, arrivesAt: undefined };
    const left = exists(sent.sentIn) && steps[sent.sentIn ?? -1]?.sent.includes(sent.id);
    const reached = exists(sent.arrivedIn);
    if (!left && !reached) return gone;
    if (reached) return { ...sent, sentIn: left ? sent.sentIn : undefined };
    const isOver = sent.arrivedIn === undefined && (sent.arrivesAt ?? Number.POSITIVE_INFINITY) <= now;
    return { ...sent, arrivedIn: undefined, arrivesAt: isOver ? sent.arrivesAt : undefined };
  });
  const symbols = timeline.symbols.filter(({ shownBy }) => {
    const shown = transmissions[shownBy ?? -1];
    return shown !== undefined && (shown.sentIn !== undefined || shown.arrivedIn !== undefined);
  });
  return { ...timeline, steps, transmissions, symbols, end: 'limit' };
}

/** The Timeline with nonsense in every side of a step that must not be seen. */
function scrambled(timeline: Timeline, visibility: Visibility): Timeline {
  const steps = timeline.steps.map((step): Step => {
    const hides = (facet: Parameters<typeof canSee>[2]) => !canSee(visibility, step.index, facet);
    const effects = hides('timers') ? [{ kind: 'cancel', timer: 'user' } as const] : step.effects;
    return {
      ...step,
      ...(hides('path') && { path: ['CLOSED', 'CLOSING', 'LISTEN'] }),
      ...(hides('app') && { app: [{ kind: 'urgent' }] }),
      ...(hides('rules') && { rules: ['CLOSED/open-passive/LISTEN'], doubt: 'late-start' }),
      ...(hides('variables') && {
        after: { ...step.after, sndNxt: step.after.iss, rcvNxt: step.after.irs, sndWnd: 3 },
      }),
      effects,
      ...((hides('path') || hides('variables') || hides('app')) && { sockets: [], returns: [] }),
    };
  });
  return { ...timeline, steps };
}

describe('nothing asked is told before the answer', () => {
  let packs: Pack[];
  before(async () => {
    packs = [...(await shippedPacks()), await socketPack()];
  });
  const each = (
    check: (question: Question, timeline: Timeline, cut: Cut, symbols: Scenario['symbols']) => void,
  ) => {
    for (const pack of packs) {
      for (const question of pack.questions.filter(({ asks }) => asks.length > 0)) {
        const run = runOf(pack, question, 11);
        check(question, run.timeline, cutOf(question, run), run.scenario?.symbols ?? []);
      }
    }
  };

  it('draws every shipped question from the past alone', () => {
    each((question, timeline, cut, symbols) => {
      const past = truncated(timeline, cut);
      assert.deepEqual(
        draw(timeline, cut, question.asks, symbols),
        // The state before a capture is part of the capture, not of its future.
        draw(
          timeline.origin === 'capture'
            ? { ...past, steps: [...past.steps, ...timeline.steps.slice(past.steps.length)] }
            : past,
          cut,
          question.asks,
          symbols,
        ),
        question.id,
      );
    });
  });

  it('draws nothing from the covered sides of the past', () => {
    each((question, timeline, cut, symbols) => {
      const visibility = seenBefore(timeline, cut, question.asks);
      const picture = {
        key: 'run',
        visibility,
        language: 'en',
        symbols,
        asked: undefined,
        more: true,
      } as const;
      assert.deepEqual(
        project(timeline, picture),
        project(scrambled(timeline, visibility), picture),
        question.id,
      );
    });
  });

  it('never shows the state asked as the last of its host', () => {
    each((question, timeline, cut, symbols) => {
      for (const ask of question.asks) {
        if ((ask.kind !== 'state' && (ask.kind !== 'ss' || ask.column !== 'state')) || cut.shows === 'cause')
          continue;
        const view = draw(timeline, cut, question.asks, symbols);
        const last = view.steps.filter(({ host }) => host === ask.host).at(-1);
        assert.equal(last === undefined ? 'hidden' : last.path, 'hidden', question.id);
      }
    });
  });

  it('draws the same before the cut, whatever misconception rules after it', () => {
    for (const pack of packs) {
      for (const question of pack.questions.filter(({ asks }) => asks.length > 0)) {
        const { scenario, timeline } = runOf(pack, question, 11);
        if (scenario === undefined) continue;
        const cut = findCut(timeline, question.when);
        for (const { id } of MISCONCEPTIONS) {
          const other = playBelieving(scenario, id);
          const otherCut = findCut(other, question.when);
          if (cut === undefined || otherCut === undefined || !agree(timeline, other, cut, otherCut)) continue;
          assert.deepEqual(
            draw(other, otherCut, question.asks, scenario.symbols),
            draw(timeline, cut, question.asks, scenario.symbols),
            `${question.id} under ${id}`,
          );
        }
      }
    }
  });

  it('draws the same for any two runs that agree up to the cut', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        arbitraryScenario(),
        arbitraryScenario(),
        fc.nat(30),
        fc.constantFrom('cause' as const, 'outcome' as const),
        (one, other, at, shows) => {
          // The same beginning, another end: the first lines of one script with the faults and last lines of another.
          const keep = Math.min(one.script.length, 4);
          const changed: Scenario = {
            ...one,
            script: [...one.script.slice(0, keep), ...other.script.slice(keep)],
            faults: other.faults,
          };
          const [right, variant] = [simulate(one), simulate(changed)];
          const cut: Cut = { step: Math.min(at, right.steps.length - 1), shows };
          if (cut.step < 0 || !agree(right, variant, cut, cut)) return;
          compared += 1;
          for (const asks of ASKS) {
            assert.deepEqual(draw(variant, cut, asks, one.symbols), draw(right, cut, asks, one.symbols));
          }
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(compared > 50, `only ${compared} runs agreed`);
  });
});

const ASKS: readonly (readonly Ask[])[] = [
  [{ kind: 'segment', host: 'A', parts: ['flags', 'seq', 'ack'] }],
  [{ kind: 'segment', host: 'B', parts: ['flags', 'seq', 'ack'] }],
  [{ kind: 'state', host: 'A' }],
  [
    { kind: 'state', host: 'B' },
    { kind: 'app', host: 'B' },
  ],
  [{ kind: 'time-left', host: 'A', timer: 'retransmission' }],
  [{ kind: 'variable', host: 'B', variable: 'RCV.NXT' }],
  [{ kind: 'next-sender' }],
];

/** Whether two runs are the same as far as the cut goes: only then need their pictures be the same. */
function agree(one: Timeline, other: Timeline, cut: Cut, otherCut: Cut): boolean {
  if (cut.step !== otherCut.step || cut.shows !== otherCut.shows) return false;
  return JSON.stringify(pastOf(one, cut)) === JSON.stringify(pastOf(other, otherCut));
}

function pastOf(timeline: Timeline, cut: Cut) {
  const { steps, transmissions } = truncated(timeline, cut);
  // What the network did to a copy or forgery that never came is not part of the past; nor is its number.
  const known = transmissions.filter(
    ({ sentIn, arrivedIn }) => sentIn !== undefined || arrivedIn !== undefined,
  );
  const named = new Map(known.map(({ id }, place) => [id, place]));
  return {
    steps: steps.map((step) => ({
      ...step,
      sent: step.sent.map((id) => named.get(id)),
      cause:
        'transmission' in step.cause
          ? { ...step.cause, transmission: named.get(step.cause.transmission) }
          : step.cause,
    })),
    transmissions: known.map(({ id: _id, copyOf, ...sent }) => ({
      ...sent,
      copyOf: named.get(copyOf ?? -1),
    })),
  };
}
