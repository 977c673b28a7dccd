import assert from 'node:assert/strict';
import { socketTable } from '../../../core/host/socket-table.ts';
import { TCP_STATES } from '../../../core/tcp/states.ts';
import { formatState } from '../../../core/wire/notation.ts';
import { parseSockets } from '../../../core/wire/ss-text.ts';
import { play } from '../../../quizzes/engine/run.ts';
import { missingCallAnswer } from '../../../quizzes/engine/socket-answers.ts';
import { owedCall, socketsNote } from '../../../quizzes/exchange/sockets-note.ts';
import { readFenced } from '../../../quizzes/format/fenced-scenario.ts';
import { printPack } from '../../../quizzes/format/print-pack.ts';
import { SOCKET_SCENES } from '../../../quizzes/format/socket-scenes.ts';

/** One line of ss for each state. */
const ALL = TCP_STATES.map(
  (state, place) => `tcp ${formatState(state, 'ss')} 0 0 10.0.0.1:${8000 + place} 10.0.0.2:5432`,
).join('\n');

describe('a note on listed sockets', () => {
  it('has a section for each state, with a run in which one host comes to it', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const note = socketsNote(parseSockets(ALL), language);
      for (const state of TCP_STATES) assert.match(note, new RegExp(`^## ${state}[:：]`, 'm'));
      const blocks = [...note.matchAll(/```tcp\n([^`]*)```/g)].map(([, block = '']) => block);
      assert.equal(blocks.length, TCP_STATES.length);
      blocks.forEach((block, place) => {
        const state = TCP_STATES[place] ?? 'CLOSED';
        const { plan, issues } = readFenced(block);
        assert.deepEqual(issues, [], block);
        assert.ok(plan);
        const { host } = SOCKET_SCENES[state];
        const steps = play(plan, 1).timeline.steps.filter((step) => step.host === host);
        assert.ok(
          steps.some(({ path }) => path.includes(state)),
          `${host} never is in ${state}`,
        );
      });
    }
  });

  it('tells of the step that leads into the state, and of the rows of the table that lead out', () => {
    const note = socketsNote(parseSockets('CLOSE-WAIT 1 0 10.0.0.1:8080 10.0.0.2:50000'), 'en');
    assert.match(
      note,
      /^4\. \*\*receives FIN ACK\*\*: ESTABLISHED → CLOSE-WAIT\. .*\(RFC 9293 §3\.10\.7\.4\)$/m,
    );
    assert.match(note, /^- → \*\*LAST-ACK\*\*: .*\(RFC 9293 §3\.10\.4\)$/m);
    assert.match(note, /^B is in CLOSE-WAIT from 210 ms on:$/m);
    assert.match(
      socketsNote(parseSockets('TIME-WAIT 0 0 1.1.1.1:1 2.2.2.2:2'), 'en'),
      /^A is in TIME-WAIT from .* to /m,
    );
    assert.match(
      socketsNote(parseSockets('LISTEN 0 5 1.1.1.1:1 0.0.0.0:*'), 'en'),
      /^B is in LISTEN from 0 ms on:$/m,
    );
  });

  it('counts what is missing, and shows a few of many alike', () => {
    const many = Array.from(
      { length: 200 },
      (_, at) => `CLOSE-WAIT 1 0 10.0.0.4:${40000 + at} 10.0.0.5:5432`,
    );
    const note = socketsNote(parseSockets(many.join('\n')), 'en');
    assert.match(note, /^# 200 sockets$/m);
    assert.match(note, /^\| CLOSE-WAIT \| `CLOSE-WAIT` \| `CLOSE_WAIT` \| 200 \| 200 × `close\(\)` \|$/m);
    assert.match(note, /^… and 190 more\. Most with `10\.0\.0\.5:5432` \(200\)\.$/m);
    assert.equal(note.match(/^\| \d+ \| `10\.0\.0\.4:/gm)?.length, 10);
  });

  it('remarks on queues and timers, and lets no cell end a table', () => {
    const note = socketsNote(
      parseSockets(
        'LISTEN 3 2 0.0.0.0:80 0.0.0.0:*\nESTAB 7 36 10.0.0.1:22 10.0.0.2:5000 timer:(on,2`0|4ms,0)',
      ),
      'en',
    );
    assert.match(note, /\| 3 \| 2 \| `accept\(\)` is missing; the accept queue is full \|$/m);
    assert.match(note, /\| 7 \| 36 \| `read\(\)` is missing; 36 not acknowledged; timer on,2 0 4ms,0 \|$/m);
  });

  it('finds a call missing where the quiz does', () => {
    for (const state of TCP_STATES) {
      const { host, scenario } = SOCKET_SCENES[state];
      const { plan } = readFenced(printPack({ profile: 'linux', ...scenario }));
      assert.ok(plan);
      const { timeline } = play(plan, 1);
      for (const step of timeline.steps.filter((one) => one.host === host)) {
        const cut = { step: step.index, shows: 'outcome' } as const;
        const answer = missingCallAnswer(timeline, cut, { kind: 'missing-call', host })?.value;
        const owed = socketTable(step.sockets ?? []).flatMap(
          ({ state: now, recvQ }) => owedCall({ state: now, received: recvQ }) ?? [],
        );
        const [first] = (['accept', 'read', 'close'] as const).filter((call) => owed.includes(call));
        assert.equal(first, answer?.kind === 'choice' ? answer.choice : undefined, `${state} ${step.index}`);
      }
    }
  });
});
