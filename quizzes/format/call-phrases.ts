// What a host does in a line of a script: `listen backlog 1`, `send 100..900`, `connect from port 51001` …

import type { Bilingual } from '../../core/text.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import type { PlannedAction } from '../engine/pack.ts';
import { count, draw, MAX_OCTETS, type Read, read } from './phrase-parts.ts';
import type { Reader } from './reader.ts';
import * as words from './words.ts';

const SOME_OCTETS: Bilingual = {
  en: `a number of octets up to ${MAX_OCTETS}, such as 300 or 100..900`,
  'zh-CN': `不超过 ${MAX_OCTETS} 的字节数，例如 300 或 100..900`,
};

type Call = Extract<PlannedAction['what'], { kind: 'call' }>;

/** `listen`, `connect`, `send 300`, `read 100`, `close on connection 2` … as host `host` does it. */
export function readCall(text: string, host: HostId): Read<Call> {
  return read(text, (r) => {
    const call = r.either<Call>(
      () => withArgument(r, host),
      () => {
        const name = r.word(words.CALL_WORDS);
        return name && { kind: 'call', host, call: name };
      },
    );
    return call && { ...call, ...onWhich(r) };
  });
}

/** Calls that say more than their name. */
function withArgument(r: Reader, host: HostId): Call | undefined {
  return r.either<Call>(
    () => {
      if (!r.skip('send')) return undefined;
      const length = octets(r);
      return length && { kind: 'call', host, call: 'send', length };
    },
    () => {
      const reads =
        r.either(
          () => r.skip('read') || undefined,
          () => r.skip('receive') || undefined,
        ) ?? false;
      const length = reads ? octets(r) : undefined;
      return length && { kind: 'call', host, call: 'receive', length };
    },
    () => {
      const backlog = r.skip('listen backlog') ? count(r, MAX_BACKLOG) : undefined;
      return backlog === undefined ? undefined : { kind: 'call', host, call: 'listen', backlog };
    },
    () => {
      const port = r.skip('bind port') ? count(r, MAX_PORT) : undefined;
      return port === undefined ? undefined : { kind: 'call', host, call: 'bind', port };
    },
    () => (r.skip('connect') ? connect(r, host) : undefined),
  );
}

const MAX_BACKLOG = 4096;
const MAX_PORT = 65_535;

/** `connect`, `connect again`, `connect from port 51001`, `connect with 8`: the last with data on the SYN. */
function connect(r: Reader, host: HostId): Call {
  r.skip('again');
  const port = r.either(() => (r.skip('from port') ? count(r, MAX_PORT) : undefined));
  const length = r.either(() => (r.skip('with') ? octets(r) : undefined));
  return {
    kind: 'call',
    host,
    call: 'connect',
    ...(port === undefined ? {} : { port }),
    ...(length === undefined ? {} : { length }),
  };
}

function octets(r: Reader) {
  const length = draw(r, SOME_OCTETS, MAX_OCTETS);
  if (length === undefined) return undefined;
  r.either(
    () => r.skip('bytes') || undefined,
    () => r.skip('octets') || undefined,
  );
  return length;
}

/** Which of several sockets; the newest connection when nothing is said. */
function onWhich(r: Reader): { readonly connection?: number } {
  return (
    r.either<{ readonly connection?: number }>(
      () => {
        const number = r.skip('on connection') ? count(r, MAX_CONNECTION) : undefined;
        return number === undefined ? undefined : { connection: number };
      },
      () => (r.skip('on listener') ? { connection: 0 } : undefined),
    ) ?? {}
  );
}

const MAX_CONNECTION = 1000;
