import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { gunzip, isGzip } from '../../extension/gunzip.ts';

const MOST = 1_000_000;
// Numbers that do not compress away, so that a file cut in half still has a half.
const data = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 2_654_435_761) >>> 11);
const packed = new Uint8Array(gzipSync(data));

describe('gunzip', () => {
  it('knows gzip by its first two octets', () => {
    assert.ok(isGzip(packed));
    assert.ok(!isGzip(data) && !isGzip(Uint8Array.of(0x1f)) && !isGzip(Uint8Array.of()));
  });

  it('unpacks', async () => {
    assert.deepEqual(await gunzip(packed, MOST), { octets: data, end: 'whole' });
    assert.equal((await gunzip(packed, data.length)).end, 'whole');
  });

  it('unpacks the first of several members at least, and never calls that whole (RFC 1952 §2.2)', async () => {
    const members = [data.subarray(0, 1000), data.subarray(1000)].map((part) => gzipSync(part));
    const { octets, end } = await gunzip(new Uint8Array(Buffer.concat(members)), MOST);
    assert.ok(octets.length >= 1000);
    assert.deepEqual(octets, data.subarray(0, octets.length));
    assert.equal(end, octets.length === data.length ? 'whole' : 'broken');
  });

  it('stops when there is more than wanted', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(200_000_000)));
    assert.deepEqual(await gunzip(bomb, MOST), { octets: new Uint8Array(), end: 'too-large' });
    assert.equal((await gunzip(packed, data.length - 1)).end, 'too-large');
  });

  it('gives what came before the file breaks off', async () => {
    const { octets, end } = await gunzip(packed.subarray(0, packed.length / 2), MOST);
    assert.equal(end, 'broken');
    assert.ok(octets.length > data.length / 4);
    assert.deepEqual(octets, data.subarray(0, octets.length));
  });

  const damaged: readonly (readonly [string, Uint8Array])[] = [
    ['nothing but the magic', packed.subarray(0, 2)],
    ['a header alone', packed.subarray(0, 10)],
    ['the checksum missing', packed.subarray(0, -8)],
    ['octets changed', Uint8Array.from(packed).fill(255, 5000, 5100)],
  ];
  for (const [name, bytes] of damaged)
    it(`says so when it finds ${name}`, async () => assert.equal((await gunzip(bytes, MOST)).end, 'broken'));
});
