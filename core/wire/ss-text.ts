// What ss and netstat printed, as states.

import type { TcpState } from '../tcp/states.ts';
import { parseState } from './notation.ts';

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

/** An address with its port; `*` stands for any. */
const END = String.raw`((?:\[[0-9a-fA-F:.%\w]+\]|[0-9a-zA-Z:.*%_-]+):(?:\d+|\*|[a-z][\w-]*))`;
const SS = new RegExp(
  String.raw`^\s*(?:tcp6?\s+)?([A-Z][A-Z0-9-]+)\s+(\d+)\s+(\d+)\s+${END}\s+${END}(?:\s+(.*))?$`,
);
const NETSTAT = new RegExp(
  String.raw`^\s*tcp(?:4|6|46)?\s+(\d+)\s+(\d+)\s+${END}\s+${END}\s+([A-Z][A-Z0-9_]+)(?:\s+(.*))?$`,
);
/** Windows prints no queues; a process id may follow. */
const WINDOWS = new RegExp(String.raw`^\s*TCP\s+${END}\s+${END}\s+([A-Z][A-Z0-9_]+)(\s+\d+)?\s*$`);

/** Reads the rows of `ss -tan` and `netstat -an` (Linux, BSD, macOS, Windows) in a text; passes over everything else. */
export function parseSockets(text: string): readonly ListedSocket[] {
  return text.split(/\r?\n/).flatMap((row, place): ListedSocket[] => {
    // macOS separates the port by a dot.
    const plain = row.replace(
      /(\s\d+(?:\.\d+){3}|\s\*|\s[0-9a-f:]*:[0-9a-f:]*(?:%\w+)?)\.(\d+|\*)(?=\s)/g,
      '$1:$2',
    );
    const [state, received, unsent, local, peer, rest] = columnsOf(plain);
    const known = state === undefined ? undefined : parseState(state);
    // ss calls UDP sockets UNCONN, too; beside those of TCP it names the protocol.
    if (known === undefined || (known === 'CLOSED' && !/^\s*tcp/i.test(row))) return [];
    return [
      {
        line: place + 1,
        state: known,
        received: received === undefined ? undefined : Number(received),
        unsent: unsent === undefined ? undefined : Number(unsent),
        local: local ?? '',
        peer: peer ?? '',
        timer:
          /timer:\(([^)]*)\)/.exec(rest ?? '')?.[1] ??
          /\b(?:keepalive|timewait|on|off) \([^)]*\)/.exec(rest ?? '')?.[0],
      },
    ];
  });
}

/** State, Recv-Q, Send-Q, local and peer address, and what follows. */
function columnsOf(row: string): readonly (string | undefined)[] {
  const ss = SS.exec(row);
  if (ss !== null) return ss.slice(1);
  const netstat = NETSTAT.exec(row);
  if (netstat !== null) {
    const [, received, unsent, local, peer, state, rest] = netstat;
    return [state, received, unsent, local, peer, rest];
  }
  const [, local, peer, state, rest] = WINDOWS.exec(row) ?? [];
  return [state, undefined, undefined, local, peer, rest];
}
