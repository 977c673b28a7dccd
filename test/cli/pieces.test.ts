import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { piecesOf } from '../../desktop/pieces.ts';

describe('a file read in pieces', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'handshake-pieces-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function whole(file: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const piece of piecesOf(file)) parts.push(Buffer.from(piece));
    return Buffer.concat(parts);
  }

  for (const octets of [0, 1, 1 << 20, (1 << 20) + 1, 3_500_000])
    it(`has all its ${octets} octets in their order`, async () => {
      const file = path.join(folder, `${octets}`);
      const written = Buffer.from(Uint32Array.from({ length: octets / 4 + 1 }, (_, at) => at).buffer);
      await writeFile(file, written.subarray(0, octets));
      assert.ok((await whole(file)).equals(written.subarray(0, octets)));
    });

  it('leaves a piece as it is until the next is asked for, and may be left', async () => {
    const file = path.join(folder, 'left');
    await writeFile(file, Buffer.concat([Buffer.alloc(1 << 20, 1), Buffer.alloc(1 << 20, 2)]));
    for await (const piece of piecesOf(file)) {
      await new Promise((resolve) => setTimeout(resolve, 20)); // time for the read ahead to end
      assert.ok(piece.every((octet) => octet === 1));
      break;
    }
  });

  it('says why there is nothing to read', async () => {
    await assert.rejects(whole(path.join(folder, 'none')), { code: 'ENOENT' });
    await assert.rejects(whole(folder), { code: 'EISDIR' });
  });
});
