import assert from 'node:assert/strict';
import { socketTable } from '../../../core/host/socket-table.ts';
import { TCP_STATES, type TcpState } from '../../../core/tcp/states.ts';
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
      const note = socketsNote(parseSockets(ALL).sockets, language);
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
    const note = socketsNote(parseSockets('CLOSE-WAIT 1 0 10.0.0.1:8080 10.0.0.2:50000').sockets, 'en');
    assert.match(
      note,
      /^4\. \*\*receives FIN ACK\*\*: ESTABLISHED → CLOSE-WAIT\. .*\(RFC 9293 §3\.10\.7\.4\)$/m,
    );
    assert.match(note, /^- → \*\*LAST-ACK\*\*: .*\(RFC 9293 §3\.10\.4\)$/m);
    assert.match(note, /^B is in CLOSE-WAIT from 210 ms on:$/m);
    assert.match(
      socketsNote(parseSockets('TIME-WAIT 0 0 1.1.1.1:1 2.2.2.2:2').sockets, 'en'),
      /^A is in TIME-WAIT from .* to /m,
    );
    assert.match(
      socketsNote(parseSockets('LISTEN 0 5 1.1.1.1:1 0.0.0.0:*').sockets, 'en'),
      /^B is in LISTEN from 0 ms on:$/m,
    );
  });

  it('says of each state what ends it, and of none what does not', () => {
    const ends: Readonly<Record<TcpState, string>> = {
      'CLOSED': 'LISTEN, SYN-SENT',
      'LISTEN': 'CLOSED',
      'SYN-SENT': 'ESTABLISHED, SYN-RECEIVED, CLOSED, CLOSED, CLOSED',
      'SYN-RECEIVED': 'ESTABLISHED, FIN-WAIT-1, CLOSED, CLOSED, CLOSED',
      'ESTABLISHED': 'FIN-WAIT-1, CLOSE-WAIT, CLOSED, CLOSED',
      'FIN-WAIT-1': 'FIN-WAIT-2, CLOSING, CLOSED, CLOSED',
      'FIN-WAIT-2': 'TIME-WAIT, CLOSED, CLOSED, CLOSED',
      'CLOSE-WAIT': 'LAST-ACK, CLOSED, CLOSED',
      'CLOSING': 'TIME-WAIT, CLOSED, CLOSED',
      'LAST-ACK': 'CLOSED, CLOSED, CLOSED',
      'TIME-WAIT': 'CLOSED, CLOSED, CLOSED',
    };
    for (const language of ['en', 'zh-CN'] as const) {
      const sections = socketsNote(parseSockets(ALL).sockets, language).split(/^## /m).slice(1);
      TCP_STATES.forEach((state, place) => {
        const out = [...(sections[place] ?? '').matchAll(/^- → \*\*([A-Z0-9-]+)\*\*/gm)];
        assert.equal(out.map(([, to]) => to).join(', '), ends[state], state);
      });
    }
    const halfMade = socketsNote(parseSockets('SYN-RECV 0 0 1.1.1.1:1 2.2.2.2:2').sockets, 'en');
    assert.match(halfMade, /^- → \*\*CLOSED\*\*: A RST .* the listener stays.*\(Linux\)$/m);
  });

  it('has no heading without something under it, and no blank between two Chinese characters', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const note = socketsNote(parseSockets(ALL).sockets, language);
      assert.doesNotMatch(note, /[:：]\n\n(?!- |1\. |```)/);
      assert.doesNotMatch(note, /\p{Script=Han} \p{Script=Han}/u);
      assert.doesNotMatch(note, /[^\S\n]$|\n{3}/m);
    }
  });

  it('counts what is missing, and shows a few of many alike', () => {
    const many = Array.from(
      { length: 200 },
      (_, at) => `CLOSE-WAIT 1 0 10.0.0.4:${40000 + at} 10.0.0.5:5432`,
    );
    const note = socketsNote(parseSockets(many.join('\n')).sockets, 'en');
    assert.match(note, /^# 200 sockets$/m);
    assert.match(note, /^\| CLOSE-WAIT \| `CLOSE-WAIT` \| `CLOSE_WAIT` \| 200 \| 200 × `close\(\)` \|$/m);
    assert.match(note, /^… and 190 more\. Most with `10\.0\.0\.5:5432` \(200\)\.$/m);
    assert.equal(note.match(/^\| \d+ \| `10\.0\.0\.4:/gm)?.length, 10);
  });

  it('counts the peers of many alike by address, and says nothing where there is nobody', () => {
    const moreOf = (row: (at: number) => string, language: 'en' | 'zh-CN' = 'en') => {
      const rows = Array.from({ length: 200 }, (_, at) => row(at));
      return socketsNote(parseSockets(rows.join('\n')).sockets, language)
        .split('\n')
        .filter((line) => line.startsWith('…'));
    };
    const leak = (at: number) => `CLOSE-WAIT 1 0 [::1]:80 [fe80::1%eth0]:${40000 + at}`;
    assert.deepEqual(moreOf(leak), ['… and 190 more. Most with `[fe80::1%eth0]` (200).']);
    assert.deepEqual(moreOf(leak, 'zh-CN'), ['……还有 190 个。最多的对端：`[fe80::1%eth0]` (200)。']);
    const two = (at: number) => `TIME-WAIT 0 0 10.0.0.4:${40000 + at} 10.0.0.5:${at % 4 === 0 ? 443 : 80}`;
    assert.deepEqual(moreOf(two), ['… and 190 more. Most with `10.0.0.5` (200).']);
    const nobodyTwice = (at: number) => `CLOSE-WAIT 1 0 10.0.0.4:80 10.0.1.${at}:40000`;
    assert.deepEqual(moreOf(nobodyTwice), ['… and 190 more.']);
    assert.deepEqual(
      moreOf((at) => `LISTEN 0 5 0.0.0.0:${at + 1} 0.0.0.0:*`),
      ['… and 190 more.'],
    );
    assert.deepEqual(
      moreOf((at) => `  TCP    0.0.0.0:${at + 1}    0.0.0.0:0    LISTENING    4`),
      ['… and 190 more.'],
    );
  });

  it('remarks on queues and timers, and lets no cell end a table', () => {
    const note = socketsNote(
      parseSockets(
        'LISTEN 3 2 0.0.0.0:80 0.0.0.0:*\nESTAB 7 36 10.0.0.1:22 10.0.0.2:5000 timer:(on,2`0|4ms,0)',
      ).sockets,
      'en',
    );
    assert.match(note, /\| 3 \| 2 \| `accept\(\)` is missing; the accept queue is full \|$/m);
    assert.match(note, /\| 7 \| 36 \| `read\(\)` is missing; 36 not acknowledged; timer on,2 0 4ms,0 \|$/m);
  });

  it('finds a call missing where the quiz does', () => {
    const half = [{ B: 'listen' }, { A: 'connect' }, { B: 'stop reading' }];
    const [data, close, shutdown] = [{ A: 'send 100..900' }, { A: 'close' }, { B: 'shutdown' }];
    const shut = [
      [...half, shutdown, data],
      [...half, data, { together: [shutdown, close] }],
      [...half, data, close, shutdown],
      [...half, data, close, { B: 'read' }],
    ];
    const scenarios = [
      ...TCP_STATES.map((state) => SOCKET_SCENES[state].scenario),
      ...shut.map((script) => ({ script })),
    ];
    const reads = new Set<TcpState>();
    for (const scenario of scenarios) {
      const { plan } = readFenced(printPack({ profile: 'linux', ...scenario }));
      assert.ok(plan);
      const { timeline } = play(plan, 1);
      for (const step of timeline.steps) {
        const { host } = step;
        const cut = { step: step.index, shows: 'outcome' } as const;
        const answer = missingCallAnswer(timeline, cut, { kind: 'missing-call', host })?.value;
        const table = socketTable(step.sockets ?? []);
        // A list shows no queue of TIME-WAIT; what its program can still read is known to the host alone.
        if (table.some(({ state }) => state === 'TIME-WAIT')) continue;
        const owed = table.flatMap(({ state, recvQ }) => owedCall({ state, received: recvQ }) ?? []);
        for (const { state, recvQ } of table)
          if (owedCall({ state, received: recvQ }) === 'read') reads.add(state);
        const [first] = (['accept', 'read', 'close'] as const).filter((call) => owed.includes(call));
        const chosen = answer?.kind === 'choice' ? answer.choice : undefined;
        assert.equal(first, chosen, `${JSON.stringify(scenario)} ${step.index}`);
      }
    }
    assert.deepEqual([...reads].sort(), [
      'CLOSE-WAIT',
      'CLOSING',
      'ESTABLISHED',
      'FIN-WAIT-1',
      'FIN-WAIT-2',
      'LAST-ACK',
    ]);
  });
});
