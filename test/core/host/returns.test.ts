// What socket calls return, and when, as data on the steps of a run.

import assert from 'node:assert/strict';
import type { ReturnValue } from '../../../core/host/returns.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import type { Action, CallAction, Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { Step, Timeline } from '../../../core/timeline/timeline.ts';
import { RULE_SCENES } from '../timeline/rule-scenes.ts';
import { call, network, scenario } from '../timeline/scenes.ts';

function valueText(value: ReturnValue): string {
  if (value.kind === 'octets') return String(value.count);
  return value.kind === 'error' ? value.code : value.kind;
}

/** "B read: blocks", one line for each call that returns or blocks. */
function returnsIn({ steps }: Timeline): string[] {
  return steps.flatMap(({ host, returns = [] }: Step) =>
    returns.map((one) => `${host} ${one.call}: ${valueText(one.value)}`),
  );
}

const withBacklog = (backlog: number): Action => {
  const what: CallAction = { kind: 'call', host: 'B', call: 'listen', backlog };
  return { when: { kind: 'settled' }, what };
};
const OPEN = [call('B', 'listen'), call('A', 'connect')];
const OPENED = ['B listen: done', 'A connect: blocks', 'A connect: done', 'B accept: connection'];

describe('what socket calls return', () => {
  const walks: readonly (readonly [string, Scenario, readonly string[]])[] = [
    [
      'read() waits, takes what it asked for, then the rest, then 0',
      scenario([
        ...OPEN,
        call('B', 'stop-reading'),
        call('B', 'receive', 100),
        call('A', 'send', 150),
        call('B', 'receive'),
        call('A', 'close'),
        call('B', 'receive'),
      ]),
      [
        ...OPENED,
        'B read: blocks',
        'A write: 150',
        'B read: 100',
        'B read: 50',
        'A close: done',
        'B read: eof',
      ],
    ],
    [
      'a reset is told once, then read() returns 0 and write() EPIPE',
      RULE_SCENES['calls-after-a-reset'] ?? scenario([]),
      [...OPENED, 'B read: ECONNRESET', 'B read: eof', 'B write: EPIPE'],
    ],
    [
      'the first write after the peer has gone succeeds, the second fails',
      scenario([...OPEN, call('B', 'close'), call('A', 'send', 10), call('A', 'send', 10)], {
        profile: 'rfc9293',
      }),
      [...OPENED, 'B close: done', 'A read: eof', 'A write: 10', 'A write: EPIPE'],
    ],
    [
      'connect() to nobody',
      scenario([call('A', 'connect')]),
      ['A connect: blocks', 'A connect: ECONNREFUSED'],
    ],
    [
      'connect() into silence',
      scenario([call('B', 'listen'), network('cut'), call('A', 'connect')]),
      ['B listen: done', 'A connect: blocks', 'A connect: ETIMEDOUT'],
    ],
    [
      'accept() before and after the handshake',
      scenario([
        withBacklog(1),
        call('B', 'accept'),
        call('A', 'connect'),
        call('A', 'connect'),
        call('B', 'accept'),
      ]),
      [
        'B listen: done',
        'B accept: blocks',
        'A connect: blocks',
        'A connect: done',
        'B accept: connection',
        'A connect: blocks',
        'A connect: done',
        'B accept: connection',
      ],
    ],
    [
      'a port in use, and one in TIME-WAIT',
      RULE_SCENES['last-port-in-time-wait'] ?? scenario([]),
      [
        ...OPENED,
        'A close: done',
        'B read: eof',
        'B close: done',
        'A connect: EADDRNOTAVAIL',
        'A connect: blocks',
        'A connect: done',
        'B accept: connection',
      ],
    ],
  ];
  for (const [name, walk, expected] of walks)
    it(name, () => assert.deepEqual(returnsIn(simulate(walk)), expected));
});

describe('the sockets of a host after each step', () => {
  it('fit one more than the backlog in the accept queue, as Linux does', () => {
    const timeline = simulate(RULE_SCENES['accept-queue-full'] ?? scenario([]));
    const most = timeline.steps
      .filter(({ host }) => host === 'B')
      .map(
        ({ sockets = [] }) =>
          sockets.filter(({ waitsAt, endpoint }) => waitsAt !== undefined && endpoint.state === 'ESTABLISHED')
            .length,
      );
    assert.equal(Math.max(...most), 2);
  });
  it('keep SYN cookies out of the SYN queue: no timer runs', () => {
    const run = scenario([withBacklog(1), call('A', 'connect')]);
    const timeline = simulate({ ...run, profile: { ...PROFILES.linux, synCookies: 'always' } });
    const half = timeline.steps.find(({ path }) => path.at(-1) === 'SYN-RECEIVED');
    assert.deepEqual(half?.after.deadlines, {});
  });
});
