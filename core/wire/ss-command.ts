// The command line of ss, as far as it tells what a list printed without a State column holds.

import { TCP_STATES, type TcpState } from '../tcp/states.ts';
import { parseState } from './notation.ts';

/** What a command line asks ss for. */
export interface SsCommand {
  /** The one state that was asked for, of which ss then prints no column; undefined where it prints one. */
  readonly only: TcpState | undefined;
  /** False where it lists sockets of another protocol alone. */
  readonly listsTcp: boolean;
}

/** Names of several states: ss(8). */
const GROUPS: ReadonlyMap<string, readonly TcpState[]> = new Map<string, readonly TcpState[]>([
  ['all', TCP_STATES],
  ['connected', TCP_STATES.filter((state) => state !== 'CLOSED' && state !== 'LISTEN')],
  [
    'synchronized',
    TCP_STATES.filter((state) => state !== 'CLOSED' && state !== 'LISTEN' && state !== 'SYN-SENT'),
  ],
  ['bucket', ['SYN-RECEIVED', 'TIME-WAIT']],
  ['big', TCP_STATES.filter((state) => state !== 'SYN-RECEIVED' && state !== 'TIME-WAIT')],
]);

/** After any prompt, path, or command that runs another one. */
const SS = /(?:^|[\s/'"(`])ss(?:\s+(.*))?$/;
/** Where the command ends and the shell goes on. */
const SHELL = /\s*(?:[|;>`]|&&|\s#).*$/;

/**
 * Reads the command line of ss in a line, with a prompt or without; undefined when there is none.
 *
 * @see ss(8): a filter is `state NAME` and `exclude NAME`, any number of them, from left to right
 */
export function parseSsCommand(line: string): SsCommand | undefined {
  const [found, after = ''] = SS.exec(line) ?? [];
  if (found === undefined) return undefined;
  const words = after
    .replace(SHELL, '')
    .split(/[\s'"()\\]+/)
    .filter((word) => word !== '');
  // Prose about ss is no command.
  if (words.length > 0 && !/^-|^(?:state|excl(?:ude)?|src|dst|[sd]port)$/.test(words[0] ?? ''))
    return undefined;
  const options = words.filter((word) => /^-[A-Za-z0-9]+$/.test(word)).join('');
  const others = /[uwxdS0]/.test(options) || words.some((word) => OTHER_PROTOCOL.test(word));
  const tcp = /[tM]/.test(options) || words.some((word) => /^(?:--tcp|(?:[\w,-]+,)?tcp(?:,.*)?)$/.test(word));
  return { only: onlyState(words), listsTcp: tcp || !others };
}

const OTHER_PROTOCOL = /^(?:--(?:udp|raw|unix|dccp|sctp|packet|vsock|tipc|xdp)|udp|raw|unix)$/;

function onlyState(words: readonly string[]): TcpState | undefined {
  let asked: ReadonlySet<TcpState> | undefined;
  words.forEach((word, place) => {
    const named = statesOf(words[place + 1] ?? '');
    if (word === 'state') asked = new Set([...(asked ?? []), ...named]);
    if (word === 'exclude' || word === 'excl') {
      asked = new Set([...(asked ?? TCP_STATES)].filter((state) => !named.includes(state)));
    }
  });
  const [only, ...more] = asked ?? [];
  return more.length === 0 ? only : undefined;
}

function statesOf(name: string): readonly TcpState[] {
  const one = parseState(name === 'unconnected' ? 'CLOSED' : name);
  return GROUPS.get(name.toLowerCase()) ?? (one === undefined ? [] : [one]);
}
