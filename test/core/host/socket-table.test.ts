import assert from 'node:assert/strict';
import type { Socket } from '../../../core/host/host.ts';
import { socketTable } from '../../../core/host/socket-table.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { ACK, FIN } from '../../../core/tcp/segment.ts';
import { from, play, WAYS } from '../tcp/fixtures.ts';

// Recv-Q and Send-Q as ss prints them (Linux tcp_diag_get_info).

const { textbook } = PROFILES;

function socket(events: readonly TcpEvent[], more: Partial<Socket> = {}): Socket {
  return { id: 'B2', localPort: 80, remotePort: 51_000, endpoint: play(events, textbook), ...more };
}

const queues = (events: readonly TcpEvent[], more: Partial<Socket> = {}) => {
  const [line] = socketTable([socket(events, more)]);
  return line === undefined ? undefined : [line.recvQ, line.sendQ];
};
const ASLEEP: TcpEvent = { kind: 'reading', on: false };
const DATA = from({ seq: 1, ack: 1, length: 7 }, ACK);

describe('the table of sockets', () => {
  it('has listeners first, and names states and ports', () => {
    const listener = {
      id: 'B1',
      localPort: 80,
      remotePort: undefined,
      endpoint: play(WAYS['LISTEN'], textbook),
    };
    const lines = socketTable([socket(WAYS['ESTABLISHED']), listener]);
    assert.deepEqual(
      lines.map(({ id, state, localPort, remotePort }) => [id, state, localPort, remotePort]),
      [
        ['B1', 'LISTEN', 80, undefined],
        ['B2', 'ESTABLISHED', 80, 51_000],
      ],
    );
  });

  it('a listener: connections that wait for accept(), and its backlog, 4096 by default', () => {
    const listener = {
      id: 'B1',
      localPort: 80,
      remotePort: undefined,
      endpoint: play(WAYS['LISTEN'], textbook),
    };
    const waiting = [
      socket(WAYS['ESTABLISHED'], { waitsAt: 'B1' }),
      socket(WAYS['CLOSE-WAIT'], { waitsAt: 'B1' }),
      socket(WAYS['SYN-RECEIVED'], { waitsAt: 'B1' }),
      socket(WAYS['ESTABLISHED'], { waitsAt: 'B9' }),
      socket(WAYS['ESTABLISHED']),
    ];
    const [line] = socketTable([{ ...listener, backlog: 5 }, ...waiting]);
    assert.deepEqual([line?.recvQ, line?.sendQ], [2, 5]);
    assert.equal(socketTable([listener])[0]?.sendQ, 4096);
  });

  it('Recv-Q: octets not read, and the FIN until end of file was told', () => {
    assert.deepEqual(queues([...WAYS['ESTABLISHED'], DATA]), [0, 0]);
    assert.deepEqual(queues([...WAYS['ESTABLISHED'], ASLEEP, DATA]), [7, 0]);
    const fin = from({ seq: 8, ack: 1 }, FIN, ACK);
    assert.deepEqual(queues([...WAYS['ESTABLISHED'], ASLEEP, DATA, fin]), [8, 0]);
    assert.deepEqual(queues([...WAYS['ESTABLISHED'], ASLEEP, DATA, fin, { kind: 'receive' }]), [0, 0]);
  });

  it('Send-Q: octets not acknowledged, sent or not, SYN and FIN among them', () => {
    assert.deepEqual(queues(WAYS['SYN-SENT']), [0, 1]);
    assert.deepEqual(queues([...WAYS['ESTABLISHED'], { kind: 'send', length: 70_000 }]), [0, 70_000]);
    assert.deepEqual(queues(WAYS['FIN-WAIT-1']), [0, 1]);
    assert.deepEqual(queues(WAYS['FIN-WAIT-2']), [0, 0]);
    const shut = from({ seq: 1, ack: 1, window: 0 }, ACK);
    const behind: readonly TcpEvent[] = [
      ...WAYS['ESTABLISHED'],
      shut,
      { kind: 'send', length: 9 },
      { kind: 'close' },
    ];
    assert.deepEqual(queues(behind), [0, 10], 'nine octets wait, and the FIN behind them');
  });

  it('half-made connections of a listener and TIME-WAIT have no queues; SYN cookies are not there at all', () => {
    assert.deepEqual(queues(WAYS['SYN-RECEIVED']), [0, 0]);
    assert.deepEqual(
      queues([...WAYS['ESTABLISHED'], ASLEEP, { kind: 'close' }, from({ seq: 1, ack: 2 }, FIN, ACK)]),
      [0, 0],
    );
    assert.equal(queues(WAYS['SYN-RECEIVED'], { cookie: true }), undefined);
    assert.deepEqual(queues(WAYS['ESTABLISHED'], { cookie: true }), [0, 0]);
  });
});
