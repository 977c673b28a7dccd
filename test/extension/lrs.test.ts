import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postStatements, statementsUrl } from '../../extension/results/lrs.ts';

const CREDENTIALS = { key: 'schlüssel', secret: 'p:w' } as const;

interface Heard {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A record store in a few lines: keeps what it hears, and answers as told. */
async function recordStore(status: number, answer: string) {
  const heard: Heard[] = [];
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method, url: path, headers } = request;
    heard.push({ method, path, headers, body: Buffer.concat(parts).toString('utf8') });
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { heard, endpoint: `http://127.0.0.1:${port}/xapi/`, close: () => server.close() };
}

/** Posts to a store that answers so. */
async function post(status: number, answer = '[]') {
  const store = await recordStore(status, answer);
  try {
    const url = statementsUrl(store.endpoint);
    assert.ok(url.ok);
    return { heard: store.heard, posted: await postStatements(url.value, CREDENTIALS, [{ id: '1' }], fetch) };
  } finally {
    store.close();
  }
}

describe('a learning record store', () => {
  it('is reached over https, and over http on this machine alone', () => {
    for (const endpoint of ['https://lrs.example.org/xapi', ' https://lrs.example.org/xapi/statements ']) {
      const url = statementsUrl(endpoint);
      assert.ok(url.ok);
      assert.equal(url.value.href, 'https://lrs.example.org/xapi/statements');
    }
    for (const [endpoint, code] of [
      ['', 'no-endpoint'],
      ['lrs.example.org', 'no-url'],
      ['http://lrs.example.org', 'no-https'],
      ['file:///tmp', 'no-https'],
      ['http://127.0.0.1.example.org', 'no-https'],
    ] as const) {
      const url = statementsUrl(endpoint);
      assert.ok(!url.ok && url.error.code === code, endpoint);
    }
  });

  it('gets statements as the specification asks for it', async () => {
    const { heard, posted } = await post(200);
    assert.deepEqual(posted, { ok: true, value: undefined });
    assert.equal(heard.length, 1);
    const [request] = heard;
    assert.equal(request?.method, 'POST');
    assert.equal(request.path, '/xapi/statements');
    assert.equal(request.headers['x-experience-api-version'], '1.0.3');
    assert.equal(request.headers['content-type'], 'application/json');
    const [, basic = ''] = request.headers.authorization?.split(' ') ?? [];
    assert.equal(Buffer.from(basic, 'base64').toString('utf8'), 'schlüssel:p:w');
    assert.deepEqual(JSON.parse(request.body), [{ id: '1' }]);
  });

  it('says what it does not like, and the password is not sent on to where it points', async () => {
    for (const status of [401, 403]) {
      const { posted } = await post(status);
      assert.ok(!posted.ok && posted.error.code === 'denied');
    }
    const bad = await post(400, 'statement 0: no actor');
    assert.deepEqual(bad.posted, {
      ok: false,
      error: { code: 'status', status: 400, found: 'statement 0: no actor' },
    });
    const led = await post(302);
    assert.ok(!led.posted.ok && led.posted.error.code === 'failed');
    assert.equal(led.heard.length, 1);
  });

  it('may be out of reach', async () => {
    const store = await recordStore(200, '');
    store.close();
    const url = statementsUrl(store.endpoint);
    assert.ok(url.ok);
    const posted = await postStatements(url.value, CREDENTIALS, [], fetch);
    assert.ok(!posted.ok && posted.error.code === 'failed');
    assert.match(posted.error.found, /ECONNREFUSED|fetch failed|bad port/);
  });
});
