// What ss and netstat printed, as states.

import type { TcpState } from '../tcp/states.ts';
import { parseState } from './notation.ts';
import { parseSsCommand, type SsCommand } from './ss-command.ts';

/** One socket as listed. */
export interface ListedSocket {
  /** From 1. */
  readonly line: number;
  readonly state: TcpState;
  /** Recv-Q and Send-Q; undefined where they are not printed. */
  readonly received: number | undefined;
  readonly unsent: number | undefined;
  readonly local: string;
  readonly peer: string;
  /** As printed, for example `timewait,12sec,0` or `keepalive (6176.47/0/0)`. */
  readonly timer: string | undefined;
}

/** What a text lists. */
export interface SocketList {
  readonly sockets: readonly ListedSocket[];
  /** Lines, from 1, of sockets whose state neither their row tells nor a command line above it. */
  readonly withoutState: readonly number[];
}

/** An address with its port; `*` stands for any. */
const END = String.raw`((?:\[[0-9a-fA-F:.%\w]+\]|[0-9a-zA-Z:.*%_-]+):(?:\d+|\*|[a-z][\w-]*))`;
const SS = new RegExp(
  String.raw`^\s*(?:tcp6?\s+)?([A-Z][A-Z0-9-]+)\s+(\d+)\s+(\d+)\s+${END}\s+${END}(?:\s.*)?$`,
);
/** ss prints no State column when one state alone is asked for. */
const STATELESS = new RegExp(String.raw`^\s*(?:tcp\s+)?(\d+)\s+(\d+)\s+${END}\s+${END}(?:\s.*)?$`);
const NETSTAT = new RegExp(
  String.raw`^\s*tcp(?:4|6|46)?\s+(\d+)\s+(\d+)\s+${END}\s+${END}\s+([A-Z][A-Z0-9_]+)(?:\s.*)?$`,
);
/** Windows prints no queues; a process id may follow. */
const WINDOWS = new RegExp(String.raw`^\s*TCP\s+${END}\s+${END}\s+([A-Z][A-Z0-9_]+)(?:\s+\d+)?\s*$`);

/** How the row of a socket begins, which a narrow window or a mail may have broken. */
const BEGINNING = /^\s*(?:tcp\w*\s+|TCP\s+|[A-Z][A-Z0-9-]+\s+\d+\s+\d|\d+\s+\d+(?:\s|$))/;
/** The lines that a row may be broken into. */
const MOST_LINES = 3;
/** Within so many characters are the columns of a row; what follows them may be of any length. */
const MOST_COLUMNS = 1000;
const HEADING = /\bRecv-Q\s+Send-Q\b/;

/**
 * Reads the rows of `ss -tan` and `netstat -an` (Linux, BSD, macOS, Windows) in a text; passes over everything else. Where
 * ss left the State column out, the state is that of its command line above the list.
 */
export function parseSockets(text: string): SocketList {
  const lines = text.split(/\r?\n/);
  const sockets: ListedSocket[] = [];
  const withoutState: number[] = [];
  let command: SsCommand | undefined;
  let headed = false;
  for (let place = 0; place < lines.length; place += 1) {
    const { row, length } = rowAt(lines, place);
    if (row === undefined) {
      const line = lines[place] ?? '';
      // Of a second list under one command line that line tells nothing.
      if (HEADING.test(line)) {
        if (headed) command = undefined;
        headed = true;
        continue;
      }
      const continued = line.endsWith('\\') ? line.slice(0, -1) + (lines[place + 1] ?? '') : line;
      const found = parseSsCommand(continued);
      if (found !== undefined) {
        command = found;
        headed = false;
      }
      continue;
    }
    const last = place + length - 1;
    const timer =
      row.timer ?? timerIn(rowAt(lines, last + 1).row === undefined ? lines[last + 1] : undefined);
    const state = row.state ?? command?.only;
    if (row.isTcp ?? command?.listsTcp ?? true) {
      if (state === undefined) withoutState.push(place + 1);
      else sockets.push({ ...row.columns, line: place + 1, state, timer });
    }
    place = last;
  }
  return { sockets, withoutState };
}

interface Row {
  readonly state: TcpState | undefined;
  /** Undefined where the row names no protocol. */
  readonly isTcp: true | undefined;
  readonly columns: Pick<ListedSocket, 'received' | 'unsent' | 'local' | 'peer'>;
  readonly timer: string | undefined;
}

/** The row that begins in a line, and the lines it takes. */
function rowAt(
  lines: readonly string[],
  place: number,
): { readonly row: Row | undefined; readonly length: number } {
  const [line = '', ...following] = lines.slice(place, place + MOST_LINES);
  const whole = rowOf(line);
  if (whole?.state !== undefined || !BEGINNING.test(line)) return { row: whole, length: 1 };
  let joined = line;
  for (const [more, next] of following.entries()) {
    if (BEGINNING.test(next) || parseSsCommand(next) !== undefined) break;
    joined += ` ${next.trim()}`;
    const row = rowOf(joined);
    if (row !== undefined && (whole === undefined || row.state !== undefined))
      return { row, length: more + 2 };
  }
  return { row: whole, length: 1 };
}

function rowOf(line: string): Row | undefined {
  // macOS separates the port by a dot.
  const plain = line
    .slice(0, MOST_COLUMNS)
    .replace(/(\s\d+(?:\.\d+){3}|\s\*|\s[0-9a-f:]*:[0-9a-f:]*(?:%\w+)?)\.(\d+|\*)(?=\s)/g, '$1:$2');
  const [name, received, unsent, local, peer] = columnsOf(plain);
  if (local === undefined || peer === undefined) return undefined;
  const state = name === undefined ? undefined : parseState(name);
  const isTcp = /^\s*tcp/i.test(line) || undefined;
  // ss calls UDP sockets UNCONN, too; beside those of TCP it names the protocol.
  if (name !== undefined && (state === undefined || (state === 'CLOSED' && isTcp !== true))) return undefined;
  return {
    state,
    isTcp,
    columns: {
      received: received === undefined ? undefined : Number(received),
      unsent: unsent === undefined ? undefined : Number(unsent),
      local,
      peer,
    },
    timer: timerIn(line),
  };
}

function timerIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /timer:\(([^)]*)\)/.exec(text)?.[1] ?? /\b(?:keepalive|timewait|on|off) \([^)]*\)/.exec(text)?.[0];
}

/** State, Recv-Q, Send-Q, local and peer address. */
function columnsOf(row: string): readonly (string | undefined)[] {
  const ss = SS.exec(row);
  if (ss !== null) return ss.slice(1);
  const netstat = NETSTAT.exec(row);
  if (netstat !== null) {
    const [, received, unsent, local, peer, state] = netstat;
    return [state, received, unsent, local, peer];
  }
  const windows = WINDOWS.exec(row);
  if (windows !== null) {
    const [, local, peer, state] = windows;
    return [state, undefined, undefined, local, peer];
  }
  const [, ...stateless] = STATELESS.exec(row) ?? [];
  return [undefined, ...stateless];
}
