import assert from 'node:assert/strict';
import { MOST_CONNECTIONS, MOST_SEGMENTS, readContents } from '../../extension/capture-contents.ts';
import { captureScreen } from '../../extension/capture-screen.ts';
import { ethernet, ipv4, pcap, tcp } from '../core/wire/build.ts';

const ACK = 0x10;

/** A capture of empty segments, all of one connection or each of its own. */
function captureOf(count: number, connections: 'one' | 'each its own'): Uint8Array {
  const frames = Array.from({ length: count }, (_, place) => {
    const sourcePort = connections === 'one' ? 4000 : 1024 + place;
    return { octets: ethernet(ipv4(tcp({ sourcePort, seq: 1, ack: place, flags: ACK }))) };
  });
  return pcap(frames);
}

async function screenOf(octets: Uint8Array, language: 'en' | 'zh-CN') {
  const contents = await readContents('long.pcap', octets, 'whole', () => undefined);
  const screen = captureScreen({ address: 'file:///long.pcap', name: 'long.pcap', ...contents }, 0, language);
  assert.equal(screen.kind, 'capture');
  return screen;
}

describe('what is shown of a capture', () => {
  const most = captureOf(MOST_SEGMENTS, 'one');
  const more = captureOf(MOST_SEGMENTS + 500, 'one');

  it('is everything up to the limit, without a word', async () => {
    const screen = await screenOf(most, 'en');
    assert.equal(screen.timeline?.arrows.length, MOST_SEGMENTS);
    assert.deepEqual(screen.problems, []);
  });

  it('is the beginning of a longer connection, and it says so: a long one left a blank panel', async () => {
    const [whole, screen] = [await screenOf(most, 'en'), await screenOf(more, 'en')];
    assert.deepEqual(screen.timeline, whole.timeline);
    assert.equal(screen.connections[0]?.segments, MOST_SEGMENTS + 500, 'the list counts them all');
    assert.deepEqual(screen.problems, [
      'long.pcap: this connection has 2500 segments; the first 2000 are drawn and asked about. To see later ones, cut them out, for example: editcap -A START IN OUT.',
    ]);
    assert.match((await screenOf(more, 'zh-CN')).problems.join(), /2500 个报文段；只画出并考查前 2000 个/);
  });

  it('lists no more connections than can be looked through, and says so', async () => {
    const octets = captureOf(MOST_CONNECTIONS + 1, 'each its own');
    const screen = await screenOf(octets, 'en');
    assert.equal(screen.connections.length, MOST_CONNECTIONS);
    assert.match(screen.problems.join(), /has 1001 connections; the first 1000 are listed/);
    assert.match((await screenOf(octets, 'zh-CN')).problems.join(), /1001 个连接；只列出前 1000 个/);
  });

  it('is read in pieces, between which others may work', async () => {
    let pauses = 0;
    await readContents('long.pcap', most, 'whole', async () => {
      pauses += 1;
    });
    assert.ok(pauses >= 2);
  });
});
