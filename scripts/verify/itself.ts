// A socket connected to itself leaves no segment on a wire that could be tapped: its states follow from its calls alone.

import { stepWithItself } from '../../core/host/itself.ts';
import { CLOSED_ENDPOINT } from '../../core/tcp/endpoint.ts';
import type { TcpEvent, TimerName } from '../../core/tcp/event.ts';
import type { Profile } from '../../core/tcp/profiles.ts';
import { seq } from '../../core/tcp/seq.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import { type Ms, ms } from '../../core/tcp/time.ts';
import type { AppCall } from './trace.ts';

interface State {
  readonly state: TcpState;
  readonly at: number;
  readonly byTimer: boolean;
}

/**
 * The states of a socket on which these calls were made, up to the end of the trace; times in milliseconds.
 * Undefined when a call is not known here.
 */
export function statesWithItself(
  app: readonly AppCall[],
  duration: number,
  profile: Profile,
): readonly State[] | undefined {
  const states: State[] = [];
  let endpoint = CLOSED_ENDPOINT;
  const happen = (event: TcpEvent, at: Ms) => {
    for (const { path, endpoint: after } of stepWithItself(endpoint, event, at, profile)) {
      states.push(...path.slice(1).map((state) => ({ state, at, byTimer: event.kind === 'timer' })));
      endpoint = after;
    }
  };
  const until = (end: number) => {
    for (;;) {
      const due = Object.entries(endpoint.deadlines).sort(([, a], [, b]) => a - b)[0];
      if (due === undefined || due[1] > end) return;
      happen({ kind: 'timer', timer: due[0] as TimerName }, due[1]);
    }
  };
  for (const { t, call } of app) {
    const event = eventOf(call);
    if (event === 'unknown') return undefined;
    until(t * 1000);
    if (event !== 'nothing') happen(event, ms(t * 1000));
  }
  until(duration * 1000);
  return states;
}

function eventOf(call: string): TcpEvent | 'nothing' | 'unknown' {
  const [, name = '', argument = ''] = /^(\w+)(?:\(([^)]*)\))?/.exec(call) ?? [];
  switch (name) {
    case 'connect':
      return { kind: 'open', mode: 'active', iss: seq(1) };
    case 'send':
    case 'sendall':
    case 'write':
      return { kind: 'send', length: Number.parseInt(argument, 10) || 0 };
    case 'close':
      return { kind: 'close' };
    case 'shutdown':
      return {
        kind: argument.includes('RDWR')
          ? 'shutdown-both'
          : argument.includes('RD')
            ? 'shutdown-read'
            : 'shutdown',
      };
    case 'bind':
    case 'recv':
    case 'read':
      return 'nothing';
    default:
      return 'unknown';
  }
}
