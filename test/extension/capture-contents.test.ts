import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readContents } from '../../extension/captures/capture-contents.ts';
import { captureScreen, type Look, PART } from '../../extension/captures/capture-screen.ts';
import { FIRST_ROWS, tableOf } from '../../extension/captures/capture-table.ts';
import { unpacker } from '../../quizzes/exchange/gunzip.ts';
import { ethernet, ipv4, pcap, tcp } from '../core/wire/build.ts';

const ACK = 0x10;

/** A capture of segments, all of one connection or each of its own. */
function captureOf(count: number, connections: 'one' | 'each its own'): Uint8Array {
  const frames = Array.from({ length: count }, (_, place) => {
    const sourcePort = connections === 'one' ? 4000 : 1024 + place;
    return { octets: ethernet(ipv4(tcp({ sourcePort, seq: 1, ack: place, flags: ACK }))) };
  });
  return pcap(frames);
}

function contentsOf(octets: Uint8Array, rest: () => void = () => undefined) {
  return readContents(
    'long.pcap',
    async (push, pause) => {
      for (let at = 0; at < octets.length; at += 10_000) {
        push(octets.subarray(at, at + 10_000));
        if (!(await pause(at))) break;
      }
      return 'whole';
    },
    async () => rest(),
  );
}

async function screenOf(octets: Uint8Array, look: Partial<Look> = {}) {
  const contents = contentsOf(octets);
  await contents.done;
  const capture = {
    address: 'file:///long.pcap',
    name: 'long.pcap',
    size: octets.length,
    onDidRead: () => ({ dispose: () => undefined }),
    ...contents,
  };
  const whole: Look = { connection: 0, from: 0, table: FIRST_ROWS, ...look };
  const screen = captureScreen(capture, await contents.view(whole.connection), whole, 'en');
  assert.equal(screen.kind, 'capture');
  return screen;
}

describe('what is shown of a capture', () => {
  it('is all of a short connection, without a word about parts', async () => {
    const screen = await screenOf(captureOf(PART, 'one'));
    assert.equal(screen.timeline?.arrows.length, PART);
    assert.equal(screen.part, undefined);
    assert.deepEqual(screen.problems, []);
  });

  it('is any part of a longer one, with numbers that go on from the beginning', async () => {
    const octets = captureOf(3 * PART + 10, 'one');
    const first = await screenOf(octets);
    assert.deepEqual(first.part, { from: 0, to: PART, of: 3 * PART + 10, size: PART });
    const last = await screenOf(octets, { from: 3 * PART });
    assert.deepEqual(last.part, { from: 3 * PART, to: 3 * PART + 10, of: 3 * PART + 10, size: PART });
    assert.equal(last.timeline?.arrows.length, 10);
    assert.equal(last.timeline?.arrows[0]?.ack, 3 * PART);
    assert.equal(last.timeline?.hosts.A.base, first.timeline?.hosts.A.base);
    assert.equal(last.connections[0]?.segments, 3 * PART + 10, 'the list counts them all');
  });

  it('is a window of a list of any length, in any order', async () => {
    const octets = captureOf(5000, 'each its own');
    const first = await screenOf(octets);
    assert.equal(first.table?.all, 5000);
    assert.ok(first.connections.length < 500);
    const last = await screenOf(octets, { table: { ...FIRST_ROWS, from: 4990 } });
    assert.equal(last.connections.at(-1)?.index, 4999);
    const down = await screenOf(octets, { table: { ...FIRST_ROWS, sort: 'a', down: true } });
    assert.equal(down.connections[0]?.a, '10.0.0.1:6023');
    const some = await screenOf(octets, { table: { ...FIRST_ROWS, filter: ':1030 ' } });
    assert.deepEqual(
      some.connections.map(({ index }) => index),
      [6],
    );
    assert.equal(some.table?.matching, 1);
  });

  it('is narrowed down by the states that the two ends came to', async () => {
    const octets = captureOf(10, 'each its own');
    const matching = async (filter: string) =>
      (await screenOf(octets, { table: { ...FIRST_ROWS, filter } })).table?.matching;
    assert.equal(await matching('ESTABLISHED'), 10);
    assert.equal(await matching('time-wait'), 0);
  });

  it('is put in order once for all the looks at it', async () => {
    const contents = contentsOf(captureOf(1000, 'each its own'));
    await contents.done;
    let looks = 0;
    const counted = {
      ...contents,
      row(place: number) {
        looks += 1;
        return contents.row(place);
      },
    };
    const wish = { ...FIRST_ROWS, sort: 'a', down: true } as const;
    tableOf(counted, wish, 'en');
    assert.ok(looks >= 1000);
    looks = 0;
    const { rows, table } = tableOf(counted, { ...wish, from: 900 }, 'en');
    assert.equal(looks, 100);
    assert.equal(rows.at(-1)?.index, 0);
    assert.deepEqual([table.from, table.matching], [900, 1000]);
  });

  it('is read in pieces, between which others may work', async () => {
    let pauses = 0;
    await contentsOf(captureOf(2000, 'one'), () => {
      pauses += 1;
    }).done;
    assert.ok(pauses > 5);
  });

  it('is nothing of a file that is too large to be in memory at once, and one sentence says what helps', async () => {
    const contents = readContents(
      'huge.pcap',
      async () => ({ octets: 3_000_000_001, most: 536_870_912 }),
      async () => undefined,
    );
    await contents.done;
    assert.equal(contents.count(), 0);
    assert.equal(await contents.view(0), undefined);
    for (const language of ['en', 'zh-CN'] as const) {
      const [says = '', ...others] = contents.problems(language);
      assert.deepEqual(others, []);
      for (const part of ['huge.pcap', '3001 MB', '536 MB', 'editcap -c', 'tcpdump -r IN -w OUT'])
        assert.ok(says.includes(part), says);
    }
  });

  it('is what was read until the reader said stop, and it says so', async () => {
    const contents = contentsOf(captureOf(2000, 'one'));
    contents.cancel();
    await contents.done;
    assert.equal(contents.count(), 1);
    assert.match(contents.problems('en').join(), /reading was stopped after 0\.0 MB/);
    assert.match(contents.problems('zh-CN').join(), /被停止/);
  });
});

describe('unpacking gzip', () => {
  const data = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 2_654_435_761) >>> 11);
  const packed = new Uint8Array(gzipSync(data));

  function unpack(octets: Uint8Array): { readonly size: number; readonly whole: boolean } {
    const parts: number[] = [];
    const packing = unpacker((part) => {
      assert.deepEqual(part, data.subarray(sum(parts), sum(parts) + part.length));
      parts.push(part.length);
    });
    let sound = true;
    for (let at = 0; sound && at < octets.length; at += 1000)
      sound = packing.push(octets.subarray(at, at + 1000));
    return { size: sum(parts), whole: sound && packing.end() };
  }
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

  it('gives it all, of several members, too (RFC 1952 §2.2)', () => {
    assert.deepEqual(unpack(packed), { size: data.length, whole: true });
    const members = [data.subarray(0, 1000), data.subarray(1000)].map((part) => gzipSync(part));
    assert.deepEqual(unpack(new Uint8Array(Buffer.concat(members))), { size: data.length, whole: true });
  });
  it('gives what came before the file breaks off, and says so', () => {
    const { size, whole } = unpack(packed.subarray(0, packed.length / 2));
    assert.ok(!whole && size > data.length / 4);
    for (const octets of [packed.subarray(0, 10), packed.subarray(0, -8)]) assert.ok(!unpack(octets).whole);
  });
});
