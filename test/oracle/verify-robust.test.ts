import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
