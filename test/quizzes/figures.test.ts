import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PROFILES } from '../../core/tcp/profiles.ts';
import { play } from '../../quizzes/engine/run.ts';
import { ROOT } from '../../scripts/paths.ts';
import { shippedPacks } from './support.ts';

describe('figures that packs quote', () => {
  it('tcp_retries2 = 15 is 924.6 s: the first timeout after that is the last, and none before it', async () => {
    const { minRto, maxRto, dataRetries } = PROFILES.linux;
    const waits = Array.from({ length: dataRetries + 1 }, (_, nth) => Math.min(minRto * 2 ** nth, maxRto));
    const limit = waits.reduce((sum, wait) => sum + wait, 0);
    assert.equal(limit, 924_600);
    const file = path.join(ROOT, 'quizzes', 'packs', '11-data-and-its-timers.tcpquiz.yaml');
    const quoted = (await readFile(file, 'utf8')).match(/\b924[.\d]*\d(?= (s|秒))/g);
    assert.ok(quoted && quoted.length >= 2, 'quoted in both languages');
    assert.deepEqual([...new Set(quoted)], ['924.6']);

    const pack = (await shippedPacks()).find(({ id }) => id === 'data-and-its-timers');
    const plan = pack?.scenarios['how-long-on-linux'];
    assert.ok(plan?.kind === 'script');
    const { steps, transmissions } = play(plan, 7).timeline;
    const end = steps.findLast(({ host, path: states }) => host === 'A' && states.at(-1) === 'CLOSED');
    const sent = transmissions.filter(({ from, segment }) => from === 'A' && segment.length > 0);
    const first = sent.at(0)?.sentAt;
    const last = sent.at(-1)?.sentAt;
    assert.ok(end && first !== undefined && last !== undefined);
    assert.equal(end.cause.kind, 'timer');
    assert.ok(end.at - first >= limit, `${end.at - first}`);
    assert.ok(last - first < limit, `${last - first}`);
  });
});
