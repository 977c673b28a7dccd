import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent, TimerName } from '../../../core/tcp/event.ts';
import type { TcpState } from '../../../core/tcp/states.ts';
import { type Explorer, SIDES, type Side, type Trip } from './world.ts';

// From any state, once nothing is lost any more and timers fire in their order, a connection comes to rest.

/** More steps than any sound trip needs: a trip that is longer runs in circles. */
const LONGEST = 400;

/** A timer fires after so many deliveries at the latest: two ends that answer ACK with ACK still run out of time. */
const PATIENCE = 40;

/** Where an end may rest for ever while its application does nothing. */
const RESTS: readonly TcpState[] = ['CLOSED', 'LISTEN', 'ESTABLISHED', 'FIN-WAIT-2', 'CLOSE-WAIT'];
/** Ends of one connection that both still exist rest in one of these pairs. */
const PAIRS = ['ESTABLISHED ESTABLISHED', 'FIN-WAIT-2 CLOSE-WAIT', 'CLOSE-WAIT FIN-WAIT-2'];

/** Follows states to their rest and remembers which are known to reach it. */
export class Healer {
  readonly #explorer: Explorer;
  readonly #healed = new Set<string>();
  readonly #passed = new Map<string, string>();
  /** How connections end, and from how many states. */
  readonly endings = new Map<string, number>();

  constructor(explorer: Explorer) {
    this.#explorer = explorer;
  }

  /** Checks that a state comes to rest, when nobody calls any more and when both applications close. */
  assertHeals(trip: Trip): void {
    const name = this.#explorer.tripNameOf(trip);
    if (this.#healed.has(name)) return;
    const reading = this.#both(trip, { kind: 'reading', on: true });
    this.#follow('left alone', reading, (end) => this.#assertRests(end));
    this.#follow('closed', this.#both(reading, { kind: 'close' }), (end) => this.#assertGone(end));
    this.#healed.add(name);
  }

  #both(trip: Trip, event: TcpEvent): Trip {
    let next = trip;
    for (const side of SIDES) {
      if (this.#explorer.endOf(next, side).state !== 'CLOSED') next = this.#explorer.apply(next, side, event);
    }
    return next;
  }

  #follow(kind: string, start: Trip, assertEnd: (trip: Trip) => void): void {
    const passed: string[] = [];
    let ending: string | undefined;
    for (let trip = start; ending === undefined; ) {
      const patience = (passed.length + 1) % PATIENCE;
      const name = `${kind}|${patience}|${this.#explorer.tripNameOf(trip)}`;
      ending = this.#passed.get(name);
      if (ending !== undefined) break;
      assert.ok(passed.length < LONGEST, `${kind}, never comes to rest: ${this.#statesOf(trip)}`);
      passed.push(name);
      const next = this.#advance(trip, patience > 0);
      if (next === undefined) {
        assertEnd(trip);
        ending = `${kind}: ${this.#statesOf(trip)}`;
      } else trip = next;
    }
    for (const name of passed) this.#passed.set(name, ending);
    this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1);
  }

  /** Delivers the first segment in flight, or fires the timer that is due first; undefined at rest. */
  #advance(trip: Trip, deliver: boolean): Trip | undefined {
    const delivered = this.#explorer.deliver(trip, 0) ?? this.#explorer.deliver(trip, 1);
    if (delivered !== undefined && deliver) return delivered;
    const due = SIDES.flatMap((side) =>
      timersOf(this.#explorer.endOf(trip, side)).map(([timer, at]) => ({ side, timer, at })),
    );
    const [first] = due.sort((a, b) => a.at - b.at);
    if (first === undefined) return delivered;
    return this.#explorer.apply(trip, first.side, { kind: 'timer', timer: first.timer });
  }

  #assertGone(trip: Trip): void {
    const { finWait2Timeout } = this.#explorer.world.profile;
    for (const side of SIDES) {
      const { state } = this.#explorer.endOf(trip, side);
      const peer = this.#explorer.endOf(trip, side === 0 ? 1 : 0);
      // RFC 9293 has no timer for FIN-WAIT-2: an end whose peer vanished there waits for ever (docs/departures.md).
      const waits = state === 'FIN-WAIT-2' && finWait2Timeout === undefined && peer.state === 'CLOSED';
      assert.ok(state === 'CLOSED' || waits, `closed, stuck: ${this.#statesOf(trip)}`);
    }
  }

  #assertRests(trip: Trip): void {
    const a = this.#explorer.endOf(trip, 0);
    const b = this.#explorer.endOf(trip, 1);
    const states = this.#statesOf(trip);
    assert.ok(RESTS.includes(a.state) && RESTS.includes(b.state), `left alone, stuck: ${states}`);
    const gone = [a, b].some(({ state }) => state === 'CLOSED' || state === 'LISTEN');
    if (gone || !this.#explorer.world.honest) return; // forged numbers can set two ends apart
    assert.ok(PAIRS.includes(states), `left alone, do not fit: ${states}`);
    assertDelivered(a, b);
    assertDelivered(b, a);
  }

  #statesOf(trip: Trip): string {
    return SIDES.map((side: Side) => this.#explorer.endOf(trip, side).state).join(' ');
  }
}

/** Timers that a healed network lets fire; an idle connection probed by keepalive is at rest. */
function timersOf({ deadlines }: Endpoint): readonly [TimerName, number][] {
  const entries = Object.entries(deadlines) as [TimerName, number][];
  return entries.filter(([timer]) => timer !== 'keepalive');
}

function assertDelivered(end: Endpoint, peer: Endpoint): void {
  const waiting = end.unsent + end.unread + end.held.length + end.retransmit.length;
  assert.equal(waiting, 0, 'everything was delivered');
  assert.equal(end.sndNxt, peer.rcvNxt, 'both ends agree on how far they are');
}
