import { existsSync, readFileSync } from 'node:fs';
import { CLOSED_ENDPOINT, type Endpoint } from '../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import { ACK, FIN, type Flags, flags, PSH, RST, type Segment, SYN, segment } from '../../core/tcp/segment.ts';
import { add, distance, seq } from '../../core/tcp/seq.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import { step } from '../../core/tcp/step.ts';
import { ms } from '../../core/tcp/time.ts';

// Cases of another stack's conformance suite, state × segment → reply, played against our endpoint.

/** One line of an exchange: a segment in or out, or a call the application makes. */
type Line = { readonly kind: 'in' | 'out'; readonly segment: Segment } | { readonly kind: 'call' };

/** One row of the file. */
export interface Case {
  readonly name: string;
  readonly state: TcpState;
  readonly segment: string;
  /** Rules of RFC 793 or RFC 5961 for unexpected RST and SYN; `any` when both agree. */
  readonly rules: 'any' | 'rfc793' | 'rfc5961';
  readonly exchange: readonly Line[];
  /** What the application or the socket table shows at the end; empty when the case does not look. */
  readonly then: string;
  /** A second stack, Linux 6.18, gave the same replies. */
  readonly agreed: boolean;
}

/** How our endpoint fared in one case. */
export interface CaseResult {
  readonly mode: 'rfc793' | 'rfc5961' | 'linux';
  /** Undefined when every reply and the end were as in the case. */
  readonly difference: string | undefined;
}

/**
 * Reads the rows of a state-event file.
 *
 * @returns undefined when there is no such file
 * @throws when a row cannot be read: a bug here or a new kind of row
 */
export function readCases(file: string): readonly Case[] | undefined {
  if (!existsSync(file)) return undefined;
  const [, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return rows.map((row) => {
    const [state = '', kind = '', rules = '', name = '', exchange = '', then = '', , agrees] =
      row.split('\t');
    return {
      name,
      state: state as TcpState,
      segment: kind,
      rules: rules as Case['rules'],
      exchange: exchange.split(' | ').map(parseLine),
      then,
      agreed: agrees === 'yes',
    };
  });
}

const SHAPE = /^(in|out) ([SFRP.]+) (\d+):(\d+)\((\d+)\)(?: ack (\d+))? win (\d+)$/;
const LETTERS: Readonly<Record<string, Flags>> = { 'S': SYN, 'F': FIN, 'R': RST, 'P': PSH, '.': ACK };

function parseLine(text: string): Line {
  if (text.startsWith('call ')) return { kind: 'call' };
  const found = SHAPE.exec(text);
  if (found === null) throw new Error(`cannot read "${text}"`);
  const [, kind, letters = '', from, , length, ack = '0', window] = found;
  return {
    kind: kind as 'in' | 'out',
    segment: segment({
      flags: flags(...[...letters].map((letter) => LETTERS[letter] ?? flags())),
      seq: seq(Number(from)),
      ack: seq(Number(ack)),
      length: Number(length),
      window: Number(window),
    }),
  };
}

/** Plays a case under each set of rules it names, and as Linux where Linux was seen to agree. */
export function playCase(one: Case): readonly CaseResult[] {
  const modes = one.rules === 'any' ? (['rfc793', 'rfc5961'] as const) : [one.rules];
  const all: readonly CaseResult['mode'][] = one.agreed ? [...modes, 'linux'] : modes;
  return all.map((mode) => ({ mode, difference: playIn(one, profileFor(one, mode)) }));
}

/** The choices the standards leave open, made as that stack makes them; everything else is our `rfc9293`. */
function profileFor(one: Case, mode: CaseResult['mode']): Profile {
  if (mode === 'linux') return { ...PROFILES.linux, ...PLAIN, receiveBuffer: windowOf(one) };
  return {
    ...PROFILES.rfc9293,
    challengeAcks: mode === 'rfc5961',
    ignoresRstInTimeWait: true, // RFC 1337
    abortCarriesAck: true,
    dropsSynFin: one.name.endsWith('dropping-enabled'),
    receiveBuffer: windowOf(one),
  };
}

/** The cases carry no options and offer one fixed window, and end as if RFC 1337 were followed (tcp_rfc1337 1). */
const PLAIN = {
  windowScale: undefined,
  sack: false,
  timestampsFrom: undefined,
  receiveSpace: undefined,
  challengeInterval: ms(0),
  ignoresRstInTimeWait: true,
} as const;

/** "right-edge" is the last octet of the receive window, "outside-right" the one after it. */
function windowOf(one: Case): number {
  const before = playedTo(one.state, PROFILES.rfc9293).rcvNxt;
  const arrivals = one.exchange.flatMap((line) => (line.kind === 'in' ? [line.segment] : []));
  const tested = arrivals[one.exchange[0]?.kind === 'call' ? 1 : 0];
  if (tested === undefined || !one.name.includes('right')) return 65_535;
  return distance(before, tested.seq) + (one.name.includes('right-edge') ? 1 : 0);
}

const ISS = seq(0);
const OPENED: readonly TcpEvent[] = [
  { kind: 'open', mode: 'active', iss: ISS },
  { kind: 'segment', segment: segment({ flags: flags(SYN, ACK), ack: seq(1), window: 32_767 }) },
];
const FIN_FOR_FIN = segment({ flags: flags(FIN, ACK), seq: seq(1), ack: seq(2), window: 32_767 });

/** How each state that the cases begin in is reached. */
const WAYS: Partial<Readonly<Record<TcpState, readonly TcpEvent[]>>> = {
  'CLOSED': [],
  'LISTEN': [{ kind: 'open', mode: 'passive', iss: ISS }],
  'ESTABLISHED': OPENED,
  'FIN-WAIT-1': [...OPENED, { kind: 'shutdown' }],
  'TIME-WAIT': [...OPENED, { kind: 'shutdown' }, { kind: 'segment', segment: FIN_FOR_FIN }],
};

function playedTo(state: TcpState, profile: Profile): Endpoint {
  const way = WAYS[state];
  if (way === undefined) throw new Error(`no way to ${state}`);
  return way.reduce((e, event, place) => step(e, event, ms(place), profile).endpoint, CLOSED_ENDPOINT);
}

/** Returns the first difference from the case, or undefined. */
function playIn(one: Case, profile: Profile): string | undefined {
  const [first] = one.exchange;
  let endpoint = playedTo(first?.kind === 'call' ? 'CLOSED' : one.state, profile);
  let error = '0';
  const sent: Segment[] = [];
  let now = 1000;
  const apply = (event: TcpEvent) => {
    const result = step(endpoint, event, ms(++now), profile);
    endpoint = result.endpoint;
    for (const effect of result.effects) {
      if (effect.kind === 'send') sent.push(effect.segment);
      if (effect.kind === 'app' && effect.result.kind === 'error') error = effect.result.code;
    }
  };

  for (const [place, line] of one.exchange.entries()) {
    if (line.kind === 'out') {
      // The calls of a case are shown only in part: a FIN nothing asked for is the application's shutdown.
      if (sent.length === 0 && line.segment.flags & FIN) apply({ kind: 'shutdown' });
      const got = sent.shift();
      if (got === undefined || !same(got, line.segment))
        return `${shown(line.segment)} expected, ${got === undefined ? 'nothing' : shown(got)} sent`;
      continue;
    }
    const [unasked] = sent;
    if (unasked !== undefined) return `nothing expected, ${shown(unasked)} sent`;
    if (line.kind === 'call') apply({ kind: 'open', mode: 'active', iss: ISS });
    else {
      const answer = one.exchange[place + 1];
      // A port that was closed until now and answers a SYN with SYN,ACK is listening by then.
      if (endpoint.state === 'CLOSED' && answer?.kind === 'out' && answer.segment.flags === flags(SYN, ACK))
        apply({ kind: 'open', mode: 'passive', iss: ISS });
      apply({ kind: 'segment', segment: line.segment });
    }
  }
  const [last] = sent;
  if (last !== undefined) return `nothing expected, ${shown(last)} sent`;
  const end = one.then.startsWith('SO_ERROR')
    ? `SO_ERROR ${error}`
    : `${endpoint.state.replace('-', '_')} count 1`;
  return one.then === '' || one.then === end ? undefined : `${one.then} expected at the end, ${end} found`;
}

function same(ours: Segment, theirs: Segment): boolean {
  const fields = ['flags', 'seq', 'length', 'window'] as const;
  return fields.every((field) => ours[field] === theirs[field]) && ours.ack === theirs.ack;
}

function shown({ flags: bits, seq: from, length, ack }: Segment): string {
  const letters = Object.entries(LETTERS).map(([letter, bit]) => (bits & bit ? letter : ''));
  return `${letters.join('')} ${from}:${add(from, length)}(${length})${bits & ACK ? ` ack ${ack}` : ''}`;
}
