// Conversations as rows of numbers: there may be millions, and an object each would cost more to make than to fill.
// What is read and written through is a window on a row. Classes, as only their accessors are as fast as fields.

import type { Seq } from '../tcp/seq.ts';
import { TCP_STATES, type TcpState } from '../tcp/states.ts';
import { ANOMALIES } from './analysis.ts';
import { type Conversation, KINDS, type Party, type Speaker } from './conversation.ts';
import { BIT, type Numbers, SIDE, SIDE_SIZE, WHOLE } from './conversation-fields.ts';

const ROW = WHOLE.counts + KINDS.length + ANOMALIES.length;

const ROLES = ['none', 'active', 'passive'] as const satisfies readonly Speaker['role'][];
const STATE_PLACES = Object.fromEntries(TCP_STATES.map((state, place) => [state, place])) as Readonly<
  Record<TcpState, number>
>;
const CLOSED = STATE_PLACES.CLOSED;
const NOBODY = -1;

/** Where a window is before it is moved to a row. */
const NOWHERE: Numbers = new Float64Array();

/** One side of the conversation that the window is on. */
class SideWindow implements Speaker {
  numbers = NOWHERE;
  from = 0;

  private get(place: number): number {
    return this.numbers[this.from + place] ?? 0;
  }
  private put(place: number, value: number): void {
    this.numbers[this.from + place] = value;
  }
  private has(bit: number): boolean {
    return (this.get(SIDE.bits) & bit) !== 0;
  }
  private mark(bit: number, on: boolean): void {
    const bits = this.get(SIDE.bits);
    this.put(SIDE.bits, on ? bits | bit : bits & ~bit);
  }

  get segments() {
    return this.get(SIDE.segments);
  }
  get octets() {
    return this.get(SIDE.octets);
  }
  get state(): TcpState {
    return TCP_STATES[this.get(SIDE.state)] ?? 'CLOSED';
  }
  set state(value: TcpState) {
    this.put(SIDE.state, STATE_PLACES[value]);
  }
  get role(): Speaker['role'] {
    return ROLES[this.get(SIDE.role)] ?? 'none';
  }
  set role(value: Speaker['role']) {
    this.put(SIDE.role, ROLES.indexOf(value));
  }
  get iss() {
    return this.get(SIDE.iss) as Seq;
  }
  set iss(value) {
    this.put(SIDE.iss, value);
  }
  get finEnd() {
    return this.get(SIDE.finEnd) as Seq;
  }
  set finEnd(value) {
    this.put(SIDE.finEnd, value);
  }
  get syn() {
    return this.has(BIT.syn);
  }
  set syn(on) {
    this.mark(BIT.syn, on);
  }
  get synAck() {
    return this.has(BIT.synAck);
  }
  set synAck(on) {
    this.mark(BIT.synAck, on);
  }
  get fin() {
    return this.has(BIT.fin);
  }
  set fin(on) {
    this.mark(BIT.fin, on);
  }
  get reset() {
    return this.has(BIT.reset);
  }
  set reset(on) {
    this.mark(BIT.reset, on);
  }
  get synSent() {
    return this.has(BIT.synSent);
  }
  set synSent(on) {
    this.mark(BIT.synSent, on);
  }
  get finSent() {
    return this.has(BIT.finSent);
  }
  set finSent(on) {
    this.mark(BIT.finSent, on);
  }
  get met() {
    return this.has(BIT.met);
  }
  set met(on) {
    this.mark(BIT.met, on);
  }
}

/** The conversation that the window is on. */
class ConversationWindow implements Conversation {
  numbers = NOWHERE;
  from = 0;
  private readonly ends: readonly [SideWindow, SideWindow] = [new SideWindow(), new SideWindow()];

  /** Moves to the row that begins at `from`. */
  moveTo(numbers: Numbers, from: number): void {
    this.numbers = numbers;
    this.from = from;
  }

  /** Moved when they are asked for: of most segments they are not. */
  get sides(): readonly [SideWindow, SideWindow] {
    const [one, other] = this.ends;
    one.numbers = this.numbers;
    one.from = this.from;
    other.numbers = this.numbers;
    other.from = this.from + SIDE_SIZE;
    return this.ends;
  }

  private get(place: number): number {
    return this.numbers[this.from + place] ?? 0;
  }
  private put(place: number, value: number): void {
    this.numbers[this.from + place] = value;
  }

  count(place: number) {
    return this.get(WHOLE.counts + place);
  }
  tally(place: number) {
    this.put(WHOLE.counts + place, this.get(WHOLE.counts + place) + 1);
  }
  get flow() {
    return this.get(WHOLE.flow);
  }
  get turn() {
    return this.get(WHOLE.turn);
  }
  get firstFrame() {
    return this.get(WHOLE.firstFrame);
  }
  get startedAt() {
    return this.get(WHOLE.startedAt);
  }
  get firstFrom() {
    return this.get(WHOLE.firstFrom) === 1 ? 1 : 0;
  }
  get lastAt() {
    return this.get(WHOLE.lastAt);
  }
  set lastAt(value) {
    this.put(WHOLE.lastAt, value);
  }
  get synFrom() {
    return this.get(WHOLE.synFrom) as Party;
  }
  set synFrom(value) {
    this.put(WHOLE.synFrom, value);
  }
  get synAckFrom() {
    return this.get(WHOLE.synAckFrom) as Party;
  }
  set synAckFrom(value) {
    this.put(WHOLE.synAckFrom, value);
  }
  get finFrom() {
    return this.get(WHOLE.finFrom) as Party;
  }
  set finFrom(value) {
    this.put(WHOLE.finFrom, value);
  }
  get resetFrom() {
    return this.get(WHOLE.resetFrom) as Party;
  }
  set resetFrom(value) {
    this.put(WHOLE.resetFrom, value);
  }
  get data() {
    return this.get(WHOLE.data) !== 0;
  }
  set data(on) {
    this.put(WHOLE.data, on ? 1 : 0);
  }
  get synAt() {
    return this.get(WHOLE.synAt);
  }
  set synAt(value) {
    this.put(WHOLE.synAt, value);
  }
  get roundTrip() {
    return this.get(WHOLE.roundTrip);
  }
  set roundTrip(value) {
    this.put(WHOLE.roundTrip, value);
  }
  get firstAnomaly() {
    return this.get(WHOLE.firstAnomaly);
  }
  set firstAnomaly(value) {
    this.put(WHOLE.firstAnomaly, value);
  }
  get firstAnomalyFrame() {
    return this.get(WHOLE.firstAnomalyFrame);
  }
  set firstAnomalyFrame(value) {
    this.put(WHOLE.firstAnomalyFrame, value);
  }
}

/** Many conversations, in an order that can be looked through. Looked through, each is valid until the next. */
export interface ConversationList extends Iterable<Conversation> {
  readonly length: number;
  /** The one at a place; undefined beyond the last. */
  at(place: number): Conversation | undefined;
  map<T>(make: (one: Conversation, place: number) => T): T[];
}

interface ConversationTable {
  /** Makes one, numbered from 0 in order. */
  begin(flow: number, turn: number, side: 0 | 1, frame: number, at: number): number;
  /** The conversation of that number, through a window that the next call moves. */
  look(number: number): Conversation;
  /** Puts them in the order of their first frames. */
  sort(): void;
  readonly list: ConversationList;
}

/** Conversations of a piece of memory: it grows by pieces and is never copied. */
const PER_SLAB = 64;

export function conversationTable(): ConversationTable {
  const slabs: Numbers[] = [];
  const window = new ConversationWindow();
  let length = 0;
  let order: Uint32Array | undefined;

  function aim(at: ConversationWindow, number: number): ConversationWindow {
    const slab = slabs[Math.floor(number / PER_SLAB)];
    if (slab !== undefined) at.moveTo(slab, (number % PER_SLAB) * ROW);
    return at;
  }

  const numberOf = (place: number) => (order === undefined ? place : (order[place] ?? 0));

  function* each(): Generator<Conversation> {
    const one = new ConversationWindow();
    for (let place = 0; place < length; place += 1) yield aim(one, numberOf(place));
  }

  return {
    begin(flow, turn, side, frame, when) {
      const number = length;
      length += 1;
      if (number % PER_SLAB === 0) slabs.push(new Float64Array(PER_SLAB * ROW));
      const { numbers, from } = aim(window, number);
      numbers[from + SIDE.window] = -1;
      numbers[from + SIDE.scale] = -1;
      numbers[from + SIDE.state] = CLOSED;
      numbers[from + SIDE_SIZE + SIDE.window] = -1;
      numbers[from + SIDE_SIZE + SIDE.scale] = -1;
      numbers[from + SIDE_SIZE + SIDE.state] = CLOSED;
      numbers[from + WHOLE.flow] = flow;
      numbers[from + WHOLE.turn] = turn;
      numbers[from + WHOLE.firstFrame] = frame;
      numbers[from + WHOLE.startedAt] = when;
      numbers[from + WHOLE.lastAt] = when;
      numbers[from + WHOLE.firstFrom] = side;
      numbers[from + WHOLE.synFrom] = NOBODY;
      numbers[from + WHOLE.synAckFrom] = NOBODY;
      numbers[from + WHOLE.finFrom] = NOBODY;
      numbers[from + WHOLE.resetFrom] = NOBODY;
      numbers[from + WHOLE.synAt] = Number.NaN;
      return number;
    },
    look: (number) => aim(window, number),
    sort() {
      const frames = Float64Array.from({ length }, (_, number) => aim(window, number).firstFrame);
      const isOrdered = frames.every((frame, place) => place === 0 || (frames[place - 1] ?? 0) <= frame);
      if (isOrdered) return;
      order = Uint32Array.from(frames.keys()).sort((a, b) => (frames[a] ?? 0) - (frames[b] ?? 0));
    },
    list: {
      get length() {
        return length;
      },
      at: (place) =>
        place >= 0 && place < length ? aim(new ConversationWindow(), numberOf(place)) : undefined,
      map: (make) => Array.from(each(), make),
      [Symbol.iterator]: each,
    },
  };
}
