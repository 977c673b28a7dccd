import type { TcpEvent } from '../tcp/event.ts';
import type { CallName } from './timeline.ts';

/** Calls that one endpoint can answer by itself; the others need its host. */
type EndpointCall = Exclude<
  CallName,
  'crash' | 'reboot' | 'listen' | 'bind' | 'reuse-address' | 'connect' | 'accept' | 'fork' | 'exit' | 'vanish'
>;

/** What a call is to the endpoint it is made on. `length` in octets. */
export function callEvent(name: EndpointCall, length: number | undefined): TcpEvent {
  switch (name) {
    case 'send':
      return { kind: 'send', length: length ?? 0 };
    case 'send-more':
      return { kind: 'send', length: length ?? 0, more: true };
    case 'send-urgent':
      return { kind: 'send', length: length ?? 0, urgent: true };
    case 'receive':
      return { kind: 'receive', ...(length === undefined ? {} : { length }) };
    case 'stop-reading':
      return { kind: 'reading', on: false };
    default:
      return { kind: name };
  }
}
