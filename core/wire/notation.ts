import { ACK, FIN, type Flags, flags, PSH, RST, SYN, URG } from '../tcp/segment.ts';
import type { TcpState } from '../tcp/states.ts';

/** Control bits in the order people say them: "SYN ACK", "FIN ACK", "PSH ACK". */
const SPOKEN_ORDER = [
  ['SYN', SYN],
  ['FIN', FIN],
  ['RST', RST],
  ['PSH', PSH],
  ['ACK', ACK],
  ['URG', URG],
] as const;

/** Whole words, as in RFC 9293 §3.1 and Wireshark; tried before letters. */
const FLAG_WORDS = new Map<string, Flags>([
  ['SYN', SYN],
  ['FIN', FIN],
  ['RST', RST],
  ['RESET', RST],
  ['PSH', PSH],
  ['PUSH', PSH],
  ['ACK', ACK],
  ['URG', URG],
]);

/** Single letters: the initials, and tcpdump's dot for ACK. */
const FLAG_LETTERS = new Map<string, Flags>([
  ['S', SYN],
  ['F', FIN],
  ['R', RST],
  ['P', PSH],
  ['A', ACK],
  ['.', ACK],
  ['U', URG],
]);

const ALL_FLAGS = flags(...FLAG_LETTERS.values());
const ONLY_WORDS = /^(?:SYN|FIN|RST|RESET|PSH|PUSH|ACK|URG)+$/;
const EACH_WORD = /SYN|FIN|RST|RESET|PSH|PUSH|ACK|URG/g;
const ONLY_LETTERS = /^[SFRPAU.]+$/;

/**
 * Reads control bits as people and tools write them: `SYN,ACK`, `SYN+ACK`, `SYN-ACK`, `synack`, `[S.]`, `SA`,
 * `0x12`, `none`; any case, full-width forms too.
 *
 * @returns the set, or undefined when any part of the text is not one of the six control bits
 */
export function parseFlags(text: string): Flags | undefined {
  const plain = text.normalize('NFKC').trim().toUpperCase();
  const inner =
    /^(?:\[(.*)\]|<(.*)>|\((.*)\))$/
      .exec(plain)
      ?.slice(1)
      .find((part) => part !== undefined) ?? plain;
  if (inner === 'NONE') return flags();
  const hex = /^0X([0-9A-F]{1,4})$/.exec(inner)?.[1];
  if (hex !== undefined) {
    const bits = Number.parseInt(hex, 16);
    return bits <= ALL_FLAGS ? (bits as Flags) : undefined;
  }
  const parts = inner.split(/[\s,+\-_/|&;、·]+/).filter((part) => part !== '' && part !== 'AND');
  if (parts.length === 0) return undefined;
  let set = flags();
  for (const part of parts) {
    const bits = flagsOfWord(part);
    if (bits === undefined) return undefined;
    set = flags(set, bits);
  }
  return set;
}

function flagsOfWord(word: string): Flags | undefined {
  const [table, pieces] = ONLY_WORDS.test(word)
    ? ([FLAG_WORDS, word.match(EACH_WORD) ?? []] as const)
    : ([FLAG_LETTERS, ONLY_LETTERS.test(word) ? [...word] : []] as const);
  if (pieces.length === 0) return undefined;
  return flags(...pieces.map((piece) => table.get(piece) ?? flags()));
}

/** Names of the set bits in the order people say them; empty when none is set. */
export function formatFlags(set: Flags): string[] {
  return SPOKEN_ORDER.filter(([, bit]) => (set & bit) !== 0).map(([name]) => name);
}

/** How a tool spells the states. */
export type StateSpelling = 'rfc' | 'ss' | 'netstat';

/** Each state as RFC 9293 §3.3.2, `ss` (iproute2) and `netstat` (net-tools) print it. */
const SPELLINGS = {
  'CLOSED': { ss: 'UNCONN', netstat: 'CLOSE' },
  'LISTEN': { ss: 'LISTEN', netstat: 'LISTEN' },
  'SYN-SENT': { ss: 'SYN-SENT', netstat: 'SYN_SENT' },
  'SYN-RECEIVED': { ss: 'SYN-RECV', netstat: 'SYN_RECV' },
  'ESTABLISHED': { ss: 'ESTAB', netstat: 'ESTABLISHED' },
  'FIN-WAIT-1': { ss: 'FIN-WAIT-1', netstat: 'FIN_WAIT1' },
  'FIN-WAIT-2': { ss: 'FIN-WAIT-2', netstat: 'FIN_WAIT2' },
  'CLOSE-WAIT': { ss: 'CLOSE-WAIT', netstat: 'CLOSE_WAIT' },
  'CLOSING': { ss: 'CLOSING', netstat: 'CLOSING' },
  'LAST-ACK': { ss: 'LAST-ACK', netstat: 'LAST_ACK' },
  'TIME-WAIT': { ss: 'TIME-WAIT', netstat: 'TIME_WAIT' },
} as const satisfies Record<TcpState, { ss: string; netstat: string }>;

/** Spellings of other systems and shorthand, without separators. */
const OTHER_SPELLINGS = {
  'CLOSED': [],
  'LISTEN': ['LISTENING'],
  'SYN-SENT': [],
  'SYN-RECEIVED': ['SYNRCVD', 'SYNRCV', 'NEWSYNRECV'],
  'ESTABLISHED': ['ESTABLISH'],
  'FIN-WAIT-1': [],
  'FIN-WAIT-2': [],
  'CLOSE-WAIT': [],
  'CLOSING': [],
  'LAST-ACK': [],
  'TIME-WAIT': ['TIMEDWAIT'],
} as const satisfies Record<TcpState, readonly string[]>;

const STATES_BY_NAME: ReadonlyMap<string, TcpState> = new Map(
  (Object.keys(SPELLINGS) as TcpState[]).flatMap((state) =>
    [state, SPELLINGS[state].ss, SPELLINGS[state].netstat, ...OTHER_SPELLINGS[state]].map(
      (name) => [squeeze(name), state] as const,
    ),
  ),
);

function squeeze(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_\-\u2010-\u2015]+/g, '');
}

/**
 * Reads a state in any common spelling: `SYN_RCVD`, `SYN-RECV`, `ESTAB`, `FIN_WAIT1`, `TIMEWAIT`, `TCP_CLOSE` …
 *
 * @returns the state, or undefined when the text names none, or could mean two (`FIN-WAIT`)
 */
export function parseState(text: string): TcpState | undefined {
  const name = squeeze(text);
  return STATES_BY_NAME.get(name) ?? STATES_BY_NAME.get(name.replace(/^TCP/, ''));
}

/** Writes a state as the RFC or a tool spells it. */
export function formatState(state: TcpState, spelling: StateSpelling): string {
  return spelling === 'rfc' ? state : SPELLINGS[state][spelling];
}
