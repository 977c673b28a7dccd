import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answerTo } from '../../../../quizzes/engine/ask.ts';
import {
  actInLab,
  changedScenario,
  type Lab,
  labRun,
  MAX_CHANGES,
  restoreLab,
  savedSubject,
  saveLab,
} from '../../../../quizzes/engine/lab/lab.ts';
import { labScreen } from '../../../../quizzes/engine/lab/lab-screen.ts';
import { predict } from '../../../../quizzes/engine/lab/prediction.ts';
import { LAB_CALLS, type LabRequest } from '../../../../quizzes/engine/lab/request.ts';
import type { Pack } from '../../../../quizzes/engine/pack.ts';
import { labOn } from '../../../webview/lab-screens.ts';
import { shippedPacks } from '../../support.ts';

let packs: Pack[];
before(async () => {
  packs = await shippedPacks();
});

const asked = (lab: Lab, request: LabRequest) => actInLab(lab, { type: 'change', request });
const latestOf = (lab: Lab) => {
  const { changed, original } = labScreen(lab, 'en');
  return changed ?? original;
};
const lastFrom = (lab: Lab, host: 'A' | 'B') =>
  latestOf(lab).arrows.findLast(({ from }) => from === host)?.id ?? 0;
const withLastAckLost = () => {
  const lab = labOn(packs);
  return asked(lab, { kind: 'lose', arrow: lastFrom(lab, 'A') });
};

describe('the what-if lab', () => {
  it('tells what the loss of the last ACK leads to, with rule, section and end', () => {
    const { difference, changes } = labScreen(withLastAckLost(), 'en');
    assert.deepEqual(changes, ['A’s ACK seq=u+1 ack=w+1 is lost']);
    assert.ok(difference);
    assert.match(
      difference.text,
      /^B does not receive ACK seq=u\+1 ack=w\+1 at .+ and stays in LAST-ACK; at .+ B’s retransmission timer fires, and B sends FIN ACK seq=w ack=u\+1 again\.$/,
    );
    assert.equal(difference.original, difference.changed);
    assert.match(difference.rules[0]?.source ?? '', /RFC 6298 §5 \(5\.4\)/);
    const rest = difference.outcomes.at(-1);
    assert.ok(rest && rest.original !== rest.changed);
    assert.match(labScreen(withLastAckLost(), 'zh-CN').difference?.text ?? '', /\p{Script=Han}/u);
  });

  it('does each kind of change, and says so', () => {
    const lab = labOn(packs);
    const data = latestOf(lab).arrows.find(({ length }) => length > 0)?.id ?? 0;
    const segment = { from: 'A', flags: 'RST', seq: 'x+1', ack: '', length: '0' } as const;
    const requests: readonly (readonly [LabRequest, RegExp])[] = [
      [{ kind: 'delay', arrow: data, by: '500 ms' }, /comes 500 ms later/],
      [{ kind: 'duplicate', arrow: data, by: '5 ms' }, /comes twice/],
      [{ kind: 'reorder', arrow: data }, /later/],
      [{ kind: 'call', step: 5, host: 'B', call: 'crash' }, /B crashes/],
      [{ kind: 'fire', step: 1, host: 'A', timer: 'retransmission' }, /A’s retransmission timer fires/],
      [{ kind: 'cut', step: 5 }, /path is cut/],
      [{ kind: 'forge', step: 5, segment }, /forges RST, seemingly from A/],
    ];
    for (const [request, text] of requests) {
      const screen = labScreen(asked(lab, request), 'en');
      assert.equal(screen.problem, undefined, request.kind);
      assert.match(screen.changes.join(), text);
      assert.ok(screen.difference, `${request.kind} changes nothing`);
    }
  });

  it('chains changes, each made in the run of those before, and takes them back', () => {
    const one = withLastAckLost();
    const two = asked(one, { kind: 'lose', arrow: lastFrom(one, 'B') });
    assert.equal(labScreen(two, 'en').changes.length, 2);
    assert.ok(labRun(two).steps.length > labRun(one).steps.length);
    assert.deepEqual(actInLab(two, { type: 'keep', count: 1 }).made, one.made);
    assert.equal(labScreen(actInLab(two, { type: 'keep', count: 0 }), 'en').changed, undefined);
  });

  it('says what is wrong with a request, and changes nothing', () => {
    const lab = labOn(packs);
    const bad: readonly LabRequest[] = [
      { kind: 'lose', arrow: 99_999 },
      { kind: 'delay', arrow: lastFrom(lab, 'A'), by: 'soon' },
      { kind: 'reorder', arrow: lastFrom(lab, 'A') },
      { kind: 'call', step: 999, host: 'A', call: 'close' },
      { kind: 'forge', step: 3, segment: { from: 'A', flags: 'XYZ', seq: 'x', ack: '', length: '0' } },
      { kind: 'forge', step: 3, segment: { from: 'A', flags: 'RST', seq: 'q+1', ack: '', length: '0' } },
      { kind: 'forge', step: 3, segment: { from: 'A', flags: 'ACK', seq: 'x', ack: '?', length: '0' } },
      { kind: 'forge', step: 3, segment: { from: 'A', flags: 'RST', seq: 'x', ack: '', length: '-1' } },
    ];
    for (const request of bad) {
      const next = asked(lab, request);
      assert.equal(next.made.length, 0);
      assert.ok(next.problem?.en && next.problem['zh-CN'], JSON.stringify(request));
    }
  });

  it('takes no more changes than it can draw', () => {
    let lab = labOn(packs);
    for (let made = 0; made <= MAX_CHANGES; made += 1) lab = asked(lab, { kind: 'heal', step: 0 });
    assert.equal(lab.made.length, MAX_CHANGES);
    assert.ok(lab.problem);
  });

  it('comes back as it was saved, prediction and all', () => {
    const one = withLastAckLost();
    const open = asked(actInLab(one, { type: 'predict-first', on: true }), { kind: 'cut', step: 4 });
    for (const lab of [labOn(packs), one, open]) {
      const kept: unknown = JSON.parse(JSON.stringify(saveLab(lab)));
      const restored = restoreLab(lab.pack, kept);
      assert.ok(restored);
      assert.deepEqual(labScreen(restored, 'en'), labScreen(lab, 'en'));
      assert.deepEqual(savedSubject(kept), lab.subject);
    }
    for (const nonsense of [undefined, null, 5, {}, { version: 1, subject: {} }]) {
      assert.equal(restoreLab(one.pack, nonsense), undefined);
    }
  });

  it('draws, tells and predicts any change of any shipped scenario without fail', () => {
    const labs = packs.flatMap((pack) =>
      Object.entries(pack.scenarios).flatMap(([scenario, plan]) =>
        plan.kind === 'script' ? [labOn(packs, pack.id, scenario)] : [],
      ),
    );
    assert.ok(labs.length > 20);
    fc.assert(
      fc.property(
        fc.constantFrom(...labs),
        fc.constantFrom('lose', 'call', 'reorder', 'cut'),
        fc.nat(200),
        fc.constantFrom(...LAB_CALLS),
        (lab, kind, pick, call) => {
          const { arrows, steps } = latestOf(lab);
          const arrow = arrows[pick % arrows.length]?.id ?? 0;
          const step = pick % steps.length;
          const request: LabRequest =
            kind === 'call'
              ? { kind, step, host: pick % 2 === 0 ? 'A' : 'B', call }
              : kind === 'cut'
                ? { kind, step }
                : { kind: kind as 'lose' | 'reorder', arrow };
          const next = asked(actInLab(lab, { type: 'predict-first', on: true }), request);
          if (next.problem !== undefined) return;
          assert.ok(labScreen(next, 'en').prediction);
          const shown = labScreen(actInLab(next, { type: 'reveal' }), 'zh-CN');
          assert.ok(shown.changed && shown.verdict);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('predicting a branch', () => {
  const pending = () => {
    const lab = actInLab(labOn(packs), { type: 'predict-first', on: true });
    return asked(lab, { kind: 'lose', arrow: lastFrom(lab, 'A') });
  };
  const right = {
    next: 'B-timer',
    flags: 'FIN,ACK',
    seq: 'w',
    ack: 'u+1',
    'A.state': 'CLOSED',
    'B.state': 'CLOSED',
    rule: 'timer/earliest-again',
  };

  it('asks what comes next, how it ends and by which rule, and grades it', () => {
    const open = labScreen(pending(), 'en');
    assert.deepEqual(
      open.prediction?.fields.map(({ name }) => name),
      ['next', 'flags', 'seq', 'ack', 'A.state', 'B.state', 'rule'],
    );
    const { verdict } = labScreen(actInLab(pending(), { type: 'predict', fields: right }), 'en');
    assert.equal(verdict?.outcome, 'right');
    const other = labScreen(
      actInLab(pending(), { type: 'predict', fields: { ...right, ack: 'u' } }),
      'en',
    ).verdict;
    assert.equal(other?.outcome, 'partly');
    assert.deepEqual(
      other.fields.filter(({ correct }) => !correct).map(({ name, expected }) => [name, expected]),
      [['ack', 'u+1']],
    );
  });

  it('does not grade what it cannot read', () => {
    const lab = actInLab(pending(), { type: 'predict', fields: { ...right, seq: 'w plus' } });
    assert.deepEqual(
      labScreen(lab, 'en').prediction?.notUnderstood.map(({ name }) => name),
      ['seq'],
    );
    assert.equal(lab.made.length, 0);
  });

  it('lets who expects silence say nothing of a segment', () => {
    const fields = { next: 'nobody', 'A.state': 'CLOSED', 'B.state': 'LAST-ACK', rule: 'nothing' };
    const { verdict } = labScreen(actInLab(pending(), { type: 'predict', fields }), 'en');
    assert.equal(verdict?.outcome, 'partly');
  });

  it('tells nothing of the branch before: the screen is the same for any outcome, but for the rules to choose from', () => {
    const lab = pending();
    const before = labScreen(lab, 'en');
    assert.equal(before.changed, undefined);
    assert.equal(before.difference, undefined);
    assert.equal(before.verdict, undefined);
    const told = JSON.stringify({
      ...before,
      prediction: {
        ...before.prediction,
        fields: before.prediction?.fields.filter(({ name }) => name !== 'rule'),
      },
    });
    assert.ok(lab.pending);
    const { posed } = predict(changedScenario(lab), labRun(lab), lab.pending.change);
    const fresh = posed.run.timeline.steps.filter(
      ({ at }) => !labRun(lab).steps.some((step) => step.at === at),
    );
    assert.ok(fresh.length > 0);
    for (const { at } of fresh) assert.ok(!told.includes(`"at":${at}`), `tells of ${at} ms`);
    const rule = before.prediction?.fields.find(({ name }) => name === 'rule');
    assert.ok(rule?.kind === 'choice' && rule.options.length === 5);
    assert.ok(
      answerTo(
        posed.run.timeline,
        { step: 0, shows: 'outcome' },
        { name: 'next', ask: { kind: 'next-sender' }, part: undefined },
      ),
    );
  });
});
