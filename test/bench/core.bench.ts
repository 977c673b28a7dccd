// npm run bench: the core beside a peer and a limit, in one run. Figures are ratios; machines differ and are noisy.

import { createMachine, getInitialSnapshot, transition } from 'xstate';
import { CLOSED_ENDPOINT, type Endpoint } from '../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../core/tcp/event.ts';
import { PROFILES } from '../../core/tcp/profiles.ts';
import { ACK, FIN } from '../../core/tcp/segment.ts';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import { step } from '../../core/tcp/step.ts';
import { ms } from '../../core/tcp/time.ts';
import { ALL_TRANSITIONS, type Trigger } from '../../core/tcp/transitions.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import { from, ISS, WAYS } from '../core/tcp/fixtures.ts';
import { SCENES } from '../core/timeline/scenes.ts';
import { measure, report } from './measure.ts';

/** An active open and close, as triggers of the table and as events of the endpoint. */
const TRIGGERS: readonly Trigger[] = [
  'open-active',
  'recv-syn-ack',
  'close',
  'recv-ack-of-fin',
  'recv-fin',
  'time-wait-expires',
];
const EVENTS: readonly TcpEvent[] = [
  ...WAYS['FIN-WAIT-2'],
  from({ seq: 1, ack: 2 }, FIN, ACK),
  { kind: 'timer', timer: 'time-wait' },
];
const EXCHANGE: readonly TcpEvent[] = [
  ...WAYS.ESTABLISHED,
  { kind: 'send', length: 300 },
  from({ seq: 1, ack: 301 }, ACK),
  from({ seq: 1, ack: 301, length: 100 }, ACK),
  { kind: 'close' },
  from({ seq: 101, ack: 302 }, ACK),
  from({ seq: 101, ack: 302 }, FIN, ACK),
  { kind: 'timer', timer: 'time-wait' },
];

const machine = createMachine({
  id: 'tcp',
  initial: 'CLOSED',
  states: Object.fromEntries(
    TCP_STATES.map((state) => [
      state,
      {
        on: Object.fromEntries(
          ALL_TRANSITIONS.filter((t) => t.from === state).map(({ row }) => [row.on, row.to]),
        ),
      },
    ]),
  ),
});
const initial = getInitialSnapshot(machine);

/** The limit: nothing but the states, by hand. */
function bareSwitch(state: TcpState, trigger: Trigger): TcpState {
  switch (state) {
    case 'CLOSED':
      return trigger === 'open-active' ? 'SYN-SENT' : trigger === 'open-passive' ? 'LISTEN' : state;
    case 'SYN-SENT':
      return trigger === 'recv-syn-ack' ? 'ESTABLISHED' : trigger === 'close' ? 'CLOSED' : state;
    case 'ESTABLISHED':
      return trigger === 'close' ? 'FIN-WAIT-1' : trigger === 'recv-fin' ? 'CLOSE-WAIT' : state;
    case 'FIN-WAIT-1':
      return trigger === 'recv-ack-of-fin' ? 'FIN-WAIT-2' : trigger === 'recv-fin' ? 'CLOSING' : state;
    case 'FIN-WAIT-2':
      return trigger === 'recv-fin' ? 'TIME-WAIT' : state;
    case 'TIME-WAIT':
      return trigger === 'time-wait-expires' ? 'CLOSED' : state;
    default:
      return state;
  }
}

function stepAll(events: readonly TcpEvent[]): TcpState {
  let endpoint = CLOSED_ENDPOINT;
  for (let i = 0; i < events.length; i += 1) {
    const event = events[i];
    if (event !== undefined) endpoint = step(endpoint, event, ms(i), PROFILES.textbook).endpoint;
  }
  return endpoint.state;
}

/** What the applications of both ends do, each once everything before has come to rest. */
const CALLS: readonly (readonly [end: 0 | 1, call: TcpEvent])[] = [
  [1, { kind: 'open', mode: 'passive', iss: ISS }],
  [0, { kind: 'open', mode: 'active', iss: ISS }],
  [0, { kind: 'send', length: 300 }],
  [1, { kind: 'send', length: 100 }],
  [0, { kind: 'close' }],
  [1, { kind: 'close' }],
  [0, { kind: 'timer', timer: 'time-wait' }],
];

/** Both ends of a connection, over a wire that delivers at once; no record is kept. */
function bothEnds(): readonly Endpoint[] {
  const ends = [CLOSED_ENDPOINT, CLOSED_ENDPOINT];
  let now = 0;
  const happen = (end: 0 | 1, event: TcpEvent): void => {
    const { endpoint, effects } = step(ends[end] ?? CLOSED_ENDPOINT, event, ms(now++), PROFILES.textbook);
    ends[end] = endpoint;
    for (const effect of effects)
      if (effect.kind === 'send') happen(end === 0 ? 1 : 0, { kind: 'segment', segment: effect.segment });
  };
  for (const [end, call] of CALLS) happen(end, call);
  return ends;
}
if (bothEnds().some(({ state }) => state !== 'CLOSED')) throw new Error('a connection does not end');

const steps = measure([
  {
    name: 'XState v5 transition(), states only',
    size: TRIGGERS.length,
    run: () => TRIGGERS.reduce((snapshot, type) => transition(machine, snapshot, { type })[0], initial),
  },
  { name: 'step(): TCB, numbers, timers, rules, effects', size: EVENTS.length, run: () => stepAll(EVENTS) },
  {
    name: 'a bare switch over the states (the limit)',
    size: TRIGGERS.length,
    run: () => TRIGGERS.reduce(bareSwitch, 'CLOSED'),
  },
]);
console.log(report('\ntransitions per second', steps));

const scene = SCENES['four-way-close'];
if (scene === undefined) throw new Error('the scene four-way-close is gone');
const size = simulate(scene).steps.length;
const connections = measure([
  { name: 'one end of a connection: handshake, data, close', size: 1, run: () => stepAll(EXCHANGE) },
  { name: 'both ends: handshake, data both ways, close', size: 1, run: bothEnds },
  { name: `both ends as a Timeline of ${size} steps`, size: 1, run: () => simulate(scene) },
]);
console.log(report('\nwhole connections per second', connections));
