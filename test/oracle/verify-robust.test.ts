import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { predictTrace } from '../../scripts/verify/predict/predict.ts';
import { readTrace, tracesIn } from '../../scripts/verify/trace.ts';
import { verifyTrace } from '../../scripts/verify/verify.ts';

// Other people's recordings hold less, or more, than ours: that is said once, and nothing throws but a broken file.

const SOURCE = fileURLToPath(new URL('traces/', import.meta.url));
const NAME = 'normal_client_close';

describe('traces that are not quite in the format', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'handshake-verify-'));
    for (const end of ['json', 'client.pcap', 'server.pcap'])
      copyFileSync(join(SOURCE, `${NAME}.${end}`), join(directory, `${NAME}.${end}`));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const json = () => join(directory, `${NAME}.json`);
  const change = (edit: (trace: Record<string, unknown>) => void) => {
    const trace = JSON.parse(readFileSync(json(), 'utf8')) as Record<string, unknown>;
    edit(trace);
    writeFileSync(json(), JSON.stringify(trace));
  };
  const verdicts = () => [
    ...verifyTrace(directory, NAME).map(({ side, verdict }) => `inference ${side} ${verdict}`),
    ...predictTrace(directory, NAME).map(({ side, verdict }) => `prediction ${side} ${verdict}`),
  ];
  const PREDICTED = ['prediction client ok', 'prediction server ok'];
  const ALL = ['inference client ok', 'inference server ok', ...PREDICTED];

  it('passes over fields it does not know', () => {
    change((trace) => Object.assign(trace, { recorder: { version: 3 }, notes: 7 }));
    assert.deepEqual(verdicts(), ALL);
  });

  it('does without what is optional', () => {
    change((trace) => {
      for (const field of ['name', 'duration', 'description', 'notes', 'error', 'sysctl', 'server_port'])
        delete trace[field];
    });
    assert.equal(readTrace(directory, NAME).name, NAME);
    assert.deepEqual(verdicts(), ALL);
  });

  it('says which capture is absent, and predicts all the same', () => {
    rmSync(join(directory, `${NAME}.server.pcap`));
    const [client, server] = verifyTrace(directory, NAME);
    assert.equal(client?.verdict, 'ok');
    assert.equal(server?.verdict, 'out of scope');
    assert.equal(server?.detail, `${NAME}.server.pcap is absent`);
    assert.deepEqual(verdicts().slice(-2), PREDICTED);
  });

  it('says that no states were recorded', () => {
    change((trace) => delete trace['timeline']);
    const details = verifyTrace(directory, NAME).map(({ detail }) => detail);
    assert.deepEqual(details, ['no states were recorded', 'no states were recorded']);
  });

  it('reads an IPv6 address in any spelling', () => {
    change((trace) => Object.assign(trace, { addresses: { C: 'FD00:0:0:0::1', S: 'fd00::0002' } }));
    assert.deepEqual(readTrace(directory, NAME).addresses, { C: 'fd00::1', S: 'fd00::2' });
  });

  it('names the file and the place of what it cannot read', () => {
    change((trace) => Object.assign(trace, { wire: [{ t: 'soon' }] }));
    assert.throws(() => readTrace(directory, NAME), /normal_client_close\.json: wire\.0\.t: /);
    writeFileSync(json(), '{"name": ');
    assert.throws(() => readTrace(directory, NAME), /normal_client_close\.json: is not JSON: /);
    copyFileSync(join(SOURCE, `${NAME}.json`), json());
    writeFileSync(join(directory, `${NAME}.client.pcap`), 'no capture');
    assert.throws(() => verifyTrace(directory, NAME), /normal_client_close\.client\.pcap: /);
  });

  it('finds nothing in an empty folder, and nothing in none', () => {
    rmSync(json());
    assert.deepEqual(tracesIn(directory), []);
    assert.deepEqual(tracesIn(join(directory, 'absent')), []);
  });
});

/** What someone else's recorder may have got wrong, made of numbers drawn at random. */
type Damage = readonly [what: number, place: number, how: number];
const ODD_CALLS = [
  '',
  'frobnicate(3)',
  'send',
  'send(-5)',
  'recv(',
  'listen(x)',
  'connect()',
  'shutdown(3)',
  'accept(',
];
const ODD_VERDICTS = ['', 'deliver+', 'deliver+x', 'held', 'dup+3', 'drop+1', 'injected'];
const ODD_FLAGS = ['', 'S', 'R', 'FSRPAU', 'xyz', '.'];

interface Loose {
  app: Record<string, unknown>[];
  wire: Record<string, unknown>[];
  [field: string]: unknown;
}

function damage(trace: Loose, [what, place, how]: Damage): void {
  const call = trace.app[place % trace.app.length];
  const segment = trace.wire[place % trace.wire.length];
  const odd = <T>(list: readonly T[]): T | undefined => list[how % list.length];
  const edits: readonly (() => void)[] = [
    () => trace.app.splice(place % trace.app.length, 1),
    () => trace.wire.splice(place % trace.wire.length, 1),
    () => trace.wire.splice(how % trace.wire.length),
    () => call && Object.assign(call, { call: odd(ODD_CALLS) }),
    () => call && Object.assign(call, { result: odd([null, -1, 'EWHAT', 1e12, 0, 'EAGAIN']) }),
    () => call && Object.assign(call, { t: odd([-1, 0, 1e6]) }),
    () => segment && Object.assign(segment, { verdict: odd(ODD_VERDICTS) }),
    () => segment && Object.assign(segment, { flags: odd(ODD_FLAGS) }),
    () => segment && Object.assign(segment, { seq: odd([0, 2 ** 32 - 1, 2 ** 33, -1]) }),
    () => segment && Object.assign(segment, { t: odd([-1, 0, 1e5]) }),
    () => Object.assign(trace, { timeline: odd([{}, { client: {} }, { client: { x: [] } }]) }),
    () => Object.assign(trace, { sysctl: odd([{}, { C: { 'net.ipv4.tcp_syn_retries': 'x' } }]) }),
    () => Object.assign(trace, { duration: odd([0, -1, 1e9]), server_port: odd([0, 65_536]) }),
  ];
  edits[what % edits.length]?.();
}

describe('traces with anything wrong in them', () => {
  it('are compared all the same: nothing throws, nothing goes on for ever', () => {
    const directory = mkdtempSync(join(tmpdir(), 'handshake-verify-'));
    for (const end of ['client.pcap', 'server.pcap'])
      copyFileSync(join(SOURCE, `${NAME}.${end}`), join(directory, `${NAME}.${end}`));
    const sound = readFileSync(join(SOURCE, `${NAME}.json`), 'utf8');
    const number = fc.nat({ max: 99 });
    const damages = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(damages, (chosen) => {
        const trace = JSON.parse(sound) as Loose;
        for (const one of chosen) if (trace.app.length > 0 && trace.wire.length > 0) damage(trace, one);
        writeFileSync(join(directory, `${NAME}.json`), JSON.stringify(trace));
        assert.ok(verifyTrace(directory, NAME).length > 0);
        assert.ok(predictTrace(directory, NAME).length > 0);
      }),
      { numRuns: 150, seed: 9293 },
    );
    rmSync(directory, { recursive: true });
  });
});
