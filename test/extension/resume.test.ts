import assert from 'node:assert/strict';
import { parseResume, type Resume, resumeOfState } from '../../extension/lessons/resume.ts';

describe('what a webview keeps for the next window', () => {
  const good: readonly Resume[] = [
    { version: 1, kind: 'pack', packId: 'close', address: 'file:///close.tcpquiz.yaml' },
    { version: 1, kind: 'pack', packId: 'close', address: 'file:///close.tcpquiz.yaml', mode: 'exam' },
    { version: 1, kind: 'capture', address: 'file:///a.pcap', connection: 2 },
    { version: 1, kind: 'sockets', states: ['ESTABLISHED', 'CLOSE-WAIT'] },
  ];

  it('is read back as it was', () => {
    for (const resume of good) {
      const stored: unknown = JSON.parse(JSON.stringify(resume));
      assert.deepEqual(parseResume(stored), resume);
      assert.deepEqual(resumeOfState({ resume: stored, scroll: 12 }), resume);
    }
  });

  it('is refused when it is anything else', () => {
    const strange = [
      undefined,
      null,
      'pack',
      [],
      {},
      { ...good[0], version: 2 },
      { ...good[0], packId: 5 },
      { ...good[2], connection: -1 },
      { ...good[2], connection: 1.5 },
      { ...good[2], address: undefined },
      { ...good[3], states: [] },
      { ...good[3], states: ['ESTAB', 7] },
      { ...good[3], states: 'CLOSING' },
    ];
    for (const value of strange) {
      assert.equal(parseResume(value), undefined);
      assert.equal(resumeOfState(value), undefined);
    }
  });
});
