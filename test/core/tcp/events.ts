import type { TcpEvent } from '../../../core/tcp/event.ts';
import { ACK, FIN, RST, SYN } from '../../../core/tcp/segment.ts';
import { from, ISS } from './fixtures.ts';

/** Everything that can happen, counted from the peer's ISS and ours; in most states RCV.NXT is 1 or 2. */
export const EVENTS: Readonly<Record<string, TcpEvent>> = {
  'open passive': { kind: 'open', mode: 'passive', iss: ISS },
  'open active': { kind: 'open', mode: 'active', iss: ISS },
  'send 10': { kind: 'send', length: 10 },
  'receive': { kind: 'receive' },
  'shutdown': { kind: 'shutdown' },
  'close': { kind: 'close' },
  'abort': { kind: 'abort' },
  'SYN seq=0': from({ seq: 0 }, SYN),
  'SYN seq=9 (in window)': from({ seq: 9 }, SYN),
  'SYN,ACK seq=0 ack=1': from({ seq: 0, ack: 1 }, SYN, ACK),
  'SYN,ACK seq=0 ack=7 (wrong)': from({ seq: 0, ack: 7 }, SYN, ACK),
  'ACK seq=1 ack=1': from({ seq: 1, ack: 1 }, ACK),
  'ACK seq=1 ack=2': from({ seq: 1, ack: 2 }, ACK),
  'ACK seq=2 ack=2': from({ seq: 2, ack: 2 }, ACK),
  'ACK seq=1 ack=9 (never sent)': from({ seq: 1, ack: 9 }, ACK),
  'data seq=1 len=5': from({ seq: 1, ack: 1, length: 5 }, ACK),
  'data seq=3 len=5 (ahead)': from({ seq: 3, ack: 1, length: 5 }, ACK),
  'data seq=1 len=5 without ACK': from({ seq: 1, length: 5 }),
  'FIN,ACK seq=1 ack=1': from({ seq: 1, ack: 1 }, FIN, ACK),
  'FIN,ACK seq=1 ack=2': from({ seq: 1, ack: 2 }, FIN, ACK),
  'FIN seq=1 without ACK': from({ seq: 1 }, FIN),
  'RST seq=1': from({ seq: 1 }, RST),
  'RST seq=2': from({ seq: 2 }, RST),
  'RST seq=9 (in window)': from({ seq: 9 }, RST),
  'RST seq=-9 (outside)': from({ seq: -9 }, RST),
  'RST,ACK seq=0 ack=1': from({ seq: 0, ack: 1 }, RST, ACK),
  'retransmission timer': { kind: 'timer', timer: 'retransmission' },
  'time-wait timer': { kind: 'timer', timer: 'time-wait' },
};
