import assert from 'node:assert/strict';
import { ACK, FIN, type Flags, flags, PSH, SYN } from '../../core/tcp/segment.ts';
import { seq } from '../../core/tcp/seq.ts';
import { ms } from '../../core/tcp/time.ts';
import type { Departure } from '../../scripts/verify/predict/agreement.ts';
import { judge } from '../../scripts/verify/predict/judge.ts';
import type { Recorded } from '../../scripts/verify/predict/recorded.ts';
import type { Trace } from '../../scripts/verify/trace.ts';

function leaves(at: number, bits: Flags, number: number, length = 0, ack = 501): Departure {
  return { at: ms(at), segment: { flags: bits, seq: seq(number), ack: seq(ack), length } };
}

/** The same on the wire, with the window each offers. */
function wire(departures: readonly Departure[], window: (place: number) => number): Recorded[] {
  return departures.map(({ at, segment }, place) => ({
    at,
    from: 'A',
    portA: 4000,
    portB: 80,
    segment: { ...segment, window: window(place) },
    verdict: 'deliver',
    forged: false,
    arrivesAt: ms(at + 10),
  }));
}

function verdictOn(
  recorded: readonly Departure[],
  predicted: readonly Departure[],
  { shrinks = false, calls = [] }: { readonly shrinks?: boolean; readonly calls?: readonly string[] } = {},
) {
  const trace: Trace = {
    name: 'made up',
    start_epoch: 0,
    description: '',
    duration: 60,
    one_way_delay: 0.01,
    server_port: 80,
    addresses: { C: '10.0.0.1', S: '10.0.0.2' },
    sysctl: { C: {}, S: {} },
    timeline: { client: {}, server: {} },
    wire: [],
    app: calls.map((call) => ({ t: 0, side: 'client', call, result: 0 })),
  };
  const here = wire(recorded, (place) => (shrinks && place > 1 ? 100 : 65_000));
  const story = (departures: readonly Departure[]) => ({ departures, arrivals: [] });
  const { verdict, detail } = judge({
    ...{ trace, here, unknown: [], calls: [], end: ms(60_000) },
    ...{ recorded: story(recorded), predicted: story(predicted) },
  });
  return `${verdict} ${detail}`.trim();
}

const begin = [leaves(0, SYN, 100), leaves(20, ACK, 101)];
const finAck = flags(FIN, ACK);
const data = flags(PSH, ACK);

describe('what excuses a prediction (docs/departures.md)', () => {
  const recorded = [...begin, leaves(100, ACK, 101, 0, 600), leaves(200, finAck, 101, 0, 600)];
  const otherAck = leaves(150, ACK, 101, 0, 580);

  it('receive-memory: another pure ACK once the window has shrunk', () => {
    const predicted = [...begin, otherAck, leaves(200, finAck, 101, 0, 600)];
    assert.equal(verdictOn(recorded, predicted, { shrinks: true }), 'departure receive-memory');
    assert.match(verdictOn(recorded, predicted), /^differs/);
  });

  it('a wrong FIN after a shrunken window still differs', () => {
    const wrong = leaves(200, finAck, 102, 0, 600);
    assert.match(
      verdictOn(recorded, [...begin, otherAck, wrong], { shrinks: true }),
      /^differs .*receive-memory/,
    );
    const alone = [...recorded.slice(0, 3), wrong];
    assert.match(verdictOn(recorded, alone, { shrinks: true }), /^differs place 4/);
    assert.match(verdictOn(recorded, recorded.slice(0, 3), { shrinks: true }), /^differs/, 'nor none at all');
  });

  it('a data segment after a shrunken window still differs', () => {
    const [theirs, ours] = [leaves(50, data, 101, 10), leaves(50, data, 101, 11)];
    assert.match(verdictOn([...recorded, theirs], [...recorded, ours], { shrinks: true }), /^differs/);
  });

  it('writes-not-logged: where segments are cut, and PSH; not the FIN behind them', () => {
    const calls = ['send until EAGAIN'];
    const sent = [...begin, leaves(100, data, 101, 900), leaves(200, finAck, 1001)];
    const cut = [
      ...begin,
      leaves(100, ACK, 101, 500),
      leaves(101, data, 601, 400),
      leaves(200, finAck, 1001),
    ];
    assert.equal(verdictOn(sent, cut, { calls }), 'departure writes-not-logged');
    assert.match(verdictOn(sent, cut), /^differs/);
    const wrong = [...cut.slice(0, -1), leaves(200, finAck, 1002)];
    assert.match(verdictOn(sent, wrong, { calls }), /^differs .*writes-not-logged/);
  });
});
