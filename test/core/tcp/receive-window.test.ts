import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { ACK, PSH } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, play, WAYS } from './fixtures.ts';

// A receive window that grows with the flow, as Linux opens it (tcp_grow_window, __tcp_select_window).

const LINUX = {
  ...PROFILES.linux,
  mss: 1000,
  receiveBuffer: 10_000,
  receiveSpace: 20_000,
  windowScale: undefined,
};

function happens(
  e: Endpoint,
  event: TcpEvent,
): { readonly e: Endpoint; readonly windows: readonly number[] } {
  const { endpoint, effects } = step(e, event, ms(50), LINUX);
  return {
    e: endpoint,
    windows: effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment.window] : [])),
  };
}

const data = (seq: number, length: number) => from({ seq, ack: 1, length }, PSH, ACK);
const opened = (changes: Partial<Endpoint> = {}): Endpoint => ({
  ...play([...WAYS['ESTABLISHED'], { kind: 'reading', on: false }], LINUX),
  rcvMss: 1000,
  ...changes,
});

describe('a receive window that grows (Linux tcp_grow_window)', () => {
  it('begins as the buffer, and grows by two segments for each that arrives', () => {
    const e = opened({ reads: true });
    assert.equal(e.windowLimit, 10_000);
    const first = happens(e, data(1, 1000));
    assert.equal(first.e.windowLimit, 12_000);
    assert.deepEqual(first.windows, [12_000]);
  });

  it('small segments say nothing of the flow', () => {
    assert.equal(happens(opened(), data(1, 127)).e.windowLimit, 10_000);
    assert.equal(happens(opened(), data(1, 128)).e.windowLimit, 12_000);
  });

  it('grows into what is free of the buffer only', () => {
    const e = opened({ windowLimit: 19_500, unread: 0, reads: true });
    assert.equal(happens(e, data(1, 1000)).e.windowLimit, 20_000);
    assert.equal(happens({ ...e, windowLimit: 20_000 }, data(1, 1000)).e.windowLimit, 20_000);
  });

  it('grows with what comes out of order, too; without SACK it stays, so that ACKs are duplicates (tcp_data_queue_ofo)', () => {
    const grown = (sack: boolean) => happens(opened({ reads: true, sack }), data(1001, 1000)).e.windowLimit;
    assert.deepEqual([grown(true), grown(false)], [12_000, 10_000]);
  });

  it('what is kept out of order takes room as what nobody reads does', () => {
    const e = opened({ windowLimit: 19_000, reads: true, sack: true });
    assert.equal(happens(e, data(1001, 1000)).e.windowLimit, 19_310);
  });

  it('the right edge does not move back while data waits to be read', () => {
    const e = opened();
    const edge = e.rcvNxt + e.rcvWnd;
    const next = happens(e, data(1, 1000)).e;
    assert.ok(next.rcvNxt + next.rcvWnd >= edge);
  });

  it('less than a sixteenth, or than a segment, free in a buffer more than half full is no window', () => {
    const full = (unread: number) =>
      happens(opened({ unread, rcvWnd: 0, quickAcks: 4, windowLimit: 20_000 }), { kind: 'send', length: 1 });
    // 20,000 of space at 0.69 an octet of what waits
    assert.deepEqual(full(27_600).windows, [0], '956 free: less than a segment');
    assert.deepEqual(full(26_000).windows, [2060], '2,060 free');
    assert.equal(full(26_000).e.quickAcks, 0, 'ACKs are in no hurry then');
    assert.equal(full(13_000).e.quickAcks, 4, 'more than half free: as before');
  });

  it('reading tells the peer once the window has at least doubled, and not while it is over half of the buffer', () => {
    const nearly = opened({ unread: 26_000, rcvWnd: 2000, windowLimit: 20_000 });
    const some = happens(nearly, { kind: 'receive', length: 2000 });
    assert.deepEqual(some.windows, [], '3,440 is not twice 2,000');
    const more = happens(nearly, { kind: 'receive', length: 4000 });
    assert.ok(Math.abs((more.windows[0] ?? 0) - 4820) <= 1, String(more.windows));
    const open = opened({ unread: 5000, rcvWnd: 10_001, windowLimit: 20_000 });
    assert.deepEqual(happens(open, { kind: 'receive' }).windows, []);
    const half = opened({ unread: 5000, rcvWnd: 9000, windowLimit: 20_000 });
    assert.deepEqual(happens(half, { kind: 'receive' }).windows, [20_000]);
  });
});
