// What ss and tcpdump print, from what a learner may see.

import assert from 'node:assert/strict';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { project } from '../../../quizzes/engine/project.ts';
import type { TimelineView } from '../../../quizzes/engine/timeline-view.ts';
import { ssText, tcpdumpLines } from '../../../quizzes/engine/tool-texts.ts';
import { seeAll, seenBefore } from '../../../quizzes/engine/visibility.ts';
import { RULE_SCENES } from '../../core/timeline/rule-scenes.ts';
import { SCENES } from '../../core/timeline/scenes.ts';
import { cutOf, runOf } from '../support.ts';
import { socketPack } from './socket-asks.ts';

function viewOf(scene: string): TimelineView {
  const scenario = SCENES[scene] ?? RULE_SCENES[scene];
  assert.ok(scenario, scene);
  const timeline = simulate(scenario);
  return project(timeline, {
    key: scene,
    visibility: seeAll(timeline),
    language: 'en',
    symbols: [],
    asked: undefined,
    more: false,
  });
}

const squeeze = (line: string) => line.replaceAll(/\s+/g, ' ').trim();
const ss = (view: TimelineView, host: 'A' | 'B', cursor: number) =>
  ssText(view, host, cursor)?.lines.map(squeeze);

describe('what tools print at a step', () => {
  it('lists listeners, queues and TIME-WAIT as ss -tan does', () => {
    const view = viewOf('four-way-close');
    const at = (state: string) =>
      view.steps.findIndex(({ path }) => path !== 'hidden' && path.at(-1) === state);
    assert.deepEqual(ss(view, 'B', 0), ['LISTEN 0 4096 0.0.0.0:80 0.0.0.0:*']);
    assert.deepEqual(ss(view, 'A', at('SYN-SENT')), ['SYN-SENT 0 1 192.0.2.1:51000 192.0.2.2:80']);
    assert.deepEqual(ss(view, 'B', at('SYN-RECEIVED')), [
      'LISTEN 0 4096 0.0.0.0:80 0.0.0.0:*',
      'SYN-RECV 0 0 192.0.2.2:80 192.0.2.1:51000',
    ]);
    assert.deepEqual(ss(view, 'A', at('TIME-WAIT')), ['TIME-WAIT 0 0 192.0.2.1:51000 192.0.2.2:80']);
    assert.deepEqual(ss(view, 'B', view.steps.length - 1), ['LISTEN 0 4096 0.0.0.0:80 0.0.0.0:*']);
  });

  it('shows the listener alone while a SYN cookie holds the state, which the step says', () => {
    const scenario = SCENES['third-ack-lost-then-data'];
    assert.ok(scenario);
    for (const synCookies of ['always', 'never'] as const) {
      const timeline = simulate({ ...scenario, profile: { ...PROFILES.linux, synCookies } });
      const view = project(timeline, {
        key: synCookies,
        visibility: seeAll(timeline),
        language: 'en',
        symbols: [],
        asked: undefined,
        more: false,
      });
      const notes = view.steps.flatMap(({ index, doubt }) => (doubt === undefined ? [] : [{ index, doubt }]));
      assert.equal(notes.length, synCookies === 'always' ? 1 : 0);
      for (const { index, doubt } of notes) {
        assert.match(doubt, /SYN cookie/);
        assert.equal(view.steps[index]?.path.at(-1), 'SYN-RECEIVED');
        assert.deepEqual(ss(view, 'B', index), ['LISTEN 0 4096 0.0.0.0:80 0.0.0.0:*']);
      }
    }
  });

  it('does not say so while it is asked what ss shows', () => {
    const scenario = SCENES['third-ack-lost-then-data'];
    assert.ok(scenario);
    const timeline = simulate({ ...scenario, profile: { ...PROFILES.linux, synCookies: 'always' } });
    const step = timeline.steps.findIndex(({ path }) => path.at(-1) === 'SYN-RECEIVED');
    const asks = [{ kind: 'ss', host: 'B', column: 'recv-q', socket: 'listener' }] as const;
    const view = project(timeline, {
      key: 'asked',
      visibility: seenBefore(timeline, { step, shows: 'outcome' }, asks),
      language: 'en',
      symbols: [],
      asked: undefined,
      more: false,
    });
    assert.equal(view.steps[step]?.sockets, undefined);
    assert.equal(view.steps[step]?.doubt, undefined);
  });

  it('counts what waits for accept() at the listener', () => {
    const view = viewOf('accept-queue-full');
    const most = view.steps.map(({ index }) => ss(view, 'B', index)?.[0]);
    assert.ok(most.includes('LISTEN 2 1 0.0.0.0:80 0.0.0.0:*'), most.join('\n'));
  });

  it('prints numbers from zero once the SYNs have told where they begin', () => {
    const view = viewOf('four-way-close');
    const lines = tcpdumpLines(view, 'A', view.steps.length - 1);
    assert.deepEqual(lines.slice(0, 4), [
      '00:00:00.020000 IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [S], seq 100, win 65535, length 0',
      '00:00:00.080000 IP 192.0.2.2.80 > 192.0.2.1.51000: Flags [S.], seq 300, ack 101, win 65535, length 0',
      '00:00:00.080000 IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [.], ack 1, win 65535, length 0',
      '00:00:00.130000 IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [P.], seq 1:301, ack 1, win 65535, length 300',
    ]);
  });

  it('prints no segment beyond the step, and at each host only what passed there', () => {
    const view = viewOf('syn-lost');
    assert.equal(tcpdumpLines(view, 'B', 0).length, 0);
    const [a, b] = (['A', 'B'] as const).map((host) => tcpdumpLines(view, host, view.steps.length - 1));
    assert.ok((a?.length ?? 0) > (b?.length ?? 0), 'the lost SYN is seen at A alone');
  });

  it('hides the table while its answer is asked', async () => {
    const pack = await socketPack();
    for (const question of pack.questions.filter(({ asks }) =>
      asks.some(({ kind }) => kind === 'ss' || kind === 'sockets'),
    )) {
      const run = runOf(pack, question, 5);
      const cut = cutOf(question, run);
      const visibility = seenBefore(run.timeline, cut, question.asks);
      const view = project(run.timeline, {
        key: 'k',
        visibility,
        language: 'en',
        symbols: [],
        asked: undefined,
        more: true,
      });
      for (const ask of question.asks) {
        if (ask.kind !== 'ss' && ask.kind !== 'sockets') continue;
        const shown = view.steps.filter(({ host }) => host === ask.host).at(-1);
        assert.equal(shown?.sockets, undefined, question.id);
      }
    }
  });
});
