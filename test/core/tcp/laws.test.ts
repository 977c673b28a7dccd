import assert from 'node:assert/strict';
import { type Laws, SOUND_LAWS } from '../../../core/tcp/laws.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { timelineText } from '../../../core/timeline/text.ts';
import { RULE_SCENES } from '../timeline/rule-scenes.ts';
import { SCENES } from '../timeline/scenes.ts';

// Each law is one rule a learner can have wrong. Changed alone, it changes what it says, and nothing where it has no say.

const CHANGES: readonly (readonly [Partial<Laws>, seen: string, told: RegExp, unseen: string])[] = [
  [{ synTakes: 0 }, 'three-way-handshake', /SYN,ACK seq=y ack=x /, 'syn-always-lost'],
  [
    { finTakes: 0 },
    'four-way-close',
    /<- FIN,ACK seq=u ack=y\+1 -> ACK seq=y\+1 ack=u /,
    'three-way-handshake',
  ],
  [{ pureAckTakes: 1 }, 'four-way-close', /PSH,ACK seq=x\+2 /, 'connection-refused'],
  [{ timeWaitMsls: 1 }, 'four-way-close', /time-wait starts: 30000 ms/, 'three-way-handshake'],
  [{ timeWaitRestarts: false }, 'last-ack-lost', /TIME-WAIT\/recv-fin\/TIME-WAIT/, 'four-way-close'],
  [{ backsOffBy: 1 }, 'syn-always-lost', /5020 ms +A SYN-SENT/, 'three-way-handshake'],
  [{ repeatsNumber: false }, 'data-lost', /SYN|ACK/, 'three-way-handshake'],
  [{ acksReset: true }, 'reset-by-abort', /<- RST seq=\S+ -> ACK/, 'four-way-close'],
  [{ finHidesItsAck: true }, 'three-segment-close', /FIN-WAIT-1 > CLOSING/, 'simultaneous-close'],
  [
    { dataCompletesHandshake: false },
    'third-ack-lost-then-data',
    /syn-received\/wrong-ack/,
    'third-ack-lost',
  ],
  [{ finWaitsForData: false }, 'close-behind-data', /close\(\) -> FIN,ACK/, 'four-way-close'],
  [{ probesClosedWindow: false }, 'zero-window', /^(?![\s\S]*window\/probe)/, 'four-way-close'],
  [{ spareProbes: 1 }, 'keepalive-dead-peer', /keepalive\/peer-is-gone/, 'keepalive-answered'],
  [
    { finTimeoutEndsTimeWait: true },
    'short-fin-timeout-and-time-wait',
    /time-wait starts: 15000 ms/,
    'fin-wait-2-of-an-orphan',
  ],
  [{ queuedBeyondBacklog: 0 }, 'accept-queue-full', /listen\/third-ack-is-ignored/, 'three-way-handshake'],
  [{ completesWithoutAccept: false }, 'accept-queue-full', /listen\/third-ack-is-ignored/, 'accept-waits'],
  [{ fullQueueRefuses: true }, 'accept-queue-full', /closed\/answers-rst/, 'three-way-handshake'],
  [
    { detours: { 'LISTEN/recv-syn/SYN-RECEIVED': 'ESTABLISHED' } },
    'three-way-handshake',
    /LISTEN > ESTABLISHED/,
    'connection-refused',
  ],
];

function textWith(laws: Laws, name: string): string {
  const scene = SCENES[name] ?? RULE_SCENES[name];
  assert.ok(scene, name);
  return timelineText(simulate({ ...scene, profile: { ...scene.profile, laws } }));
}

describe('laws', () => {
  it('are the RFC’s in every profile', () => {
    for (const { laws } of Object.values(PROFILES)) assert.equal(laws, SOUND_LAWS);
  });

  for (const [change, seen, told, unseen] of CHANGES) {
    it(`${JSON.stringify(change)} shows in ${seen}, not in ${unseen}`, () => {
      const changed = textWith({ ...SOUND_LAWS, ...change }, seen);
      assert.notEqual(changed, textWith(SOUND_LAWS, seen));
      assert.match(changed, told);
      assert.equal(textWith({ ...SOUND_LAWS, ...change }, unseen), textWith(SOUND_LAWS, unseen));
    });
  }
});
