import assert from 'node:assert/strict';
import { download, readAddress } from '../../extension/packs/download.ts';

const URL_OF_PACK = new URL('https://example.org/a.tcpquiz.yaml');
const answering =
  (body: BodyInit | null, init: ResponseInit = {}, url = ''): typeof fetch =>
  async () => {
    const response = new Response(body, init);
    Object.defineProperty(response, 'url', { value: url });
    return response;
  };

/** The code of what went wrong. */
async function problemOf(get: typeof fetch): Promise<string> {
  const got = await download(URL_OF_PACK, get);
  return got.ok ? 'none' : got.error.code;
}

describe('a pack from an address', () => {
  it('is fetched over https only', () => {
    assert.ok(readAddress(' https://example.org/a.tcpquiz.yaml ').ok);
    for (const [text, code] of [
      ['http://example.org/a', 'no-https'],
      ['file:///etc/passwd', 'no-https'],
      ['command:workbench.action.quit', 'no-https'],
      ['example.org/a', 'no-url'],
    ] as const) {
      const read = readAddress(text);
      assert.ok(!read.ok && read.error.code === code, text);
    }
  });

  it('is read as text', async () => {
    const got = await download(URL_OF_PACK, answering('format: 1\ntitle: 握手\n', {}, URL_OF_PACK.href));
    assert.deepEqual(got, { ok: true, value: 'format: 1\ntitle: 握手\n' });
  });

  it('is asked for without cookies', async () => {
    let seen: RequestInit | undefined;
    await download(URL_OF_PACK, async (_, init) => {
      seen = init;
      return new Response('');
    });
    assert.equal(seen?.credentials, 'omit');
  });

  it('is refused when it is anything else', async () => {
    assert.equal(await problemOf(answering('x', {}, 'http://example.org/a')), 'left-https');
    assert.equal(await problemOf(answering('x', { status: 404 })), 'status');
    assert.equal(await problemOf(answering(new Uint8Array([0x50, 0x4b, 0, 0xff]))), 'no-text');
    assert.equal(await problemOf(answering('a\0b')), 'no-text');
    assert.equal(await problemOf(answering('x'.repeat(2_000_001))), 'too-big');
    assert.equal(await problemOf(answering('x', { headers: { 'content-length': '9000000' } })), 'too-big');
    assert.equal(await problemOf(async () => Promise.reject(new Error('no route'))), 'failed');
  });

  it('is not read to its end when it has none', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(500_000));
      },
    });
    assert.equal(await problemOf(answering(endless)), 'too-big');
    assert.ok(pulled < 10, `${pulled} pieces were read`);
  });
});
