// System calls of a script: what each does to the system under test, and what it returns there.

import type { Bilingual } from '../../text.ts';
import type { CallName, Step } from '../../timeline/timeline.ts';
import type { CallLine } from './script.ts';
import { type Descriptor, doNow, later, type Stage, toldOf } from './stage.ts';

/** What a call returns: a number, or the name of an error. Undefined when nothing can be said. */
type Returned = number | string | undefined;

/** Hears whether a call came out as the script has it; `says` is empty when it did, undefined when nobody looked. */
export type Verdict = (says: readonly Bilingual[] | undefined) => void;

/** Makes the call now, or when it unblocks. */
export function makeCall(stage: Stage, line: CallLine, verdict: Verdict): void {
  const call = Object.hasOwn(CALLS, line.name) ? CALLS[line.name] : undefined;
  if (call === undefined) return verdict(undefined);
  const due = line.until === undefined ? undefined : toDue(stage, line, line.until);
  const judge = (returned: Returned) => verdict(says(line, returned));
  if (due === undefined) return judge(call.act(stage, line));
  if (call.waits) return later(stage, due, () => judge(call.act(stage, line)));
  const returned = call.act(stage, line);
  later(stage, due, () => judge(call.again === undefined ? returned : call.again(stage, line)));
}

function toDue({ base }: Stage, { timing }: CallLine, until: number) {
  return (timing.kind === 'relative' ? base + until : until) as Stage['base'];
}

function says({ name, result, errno }: CallLine, returned: Returned): readonly Bilingual[] | undefined {
  if (returned === undefined || result === undefined) return undefined;
  const expected = errno ?? (result < 0 ? -1 : result);
  if (expected === returned || (expected === -1 && typeof returned === 'string')) return [];
  return [
    {
      en: `${name}() returns ${wording(returned)}, the script expects ${wording(expected)}`,
      'zh-CN': `${name}() 返回 ${wording(returned)}，脚本期望 ${wording(expected)}`,
    },
  ];
}

function wording(value: number | string): string {
  return typeof value === 'string' ? `-1 ${value}` : String(value);
}

interface Call {
  readonly act: (stage: Stage, line: CallLine) => Returned;
  /** Nothing happens before the call unblocks. */
  readonly waits?: boolean;
  /** What it returns when it unblocks, where that differs. */
  readonly again?: (stage: Stage, line: CallLine) => Returned;
}

const EMPTY = { connection: undefined, lingers: false, read: 0, failed: false } as const;

function descriptor(stage: Stage, number: number): Descriptor {
  const known = stage.descriptors.get(number);
  if (known !== undefined) return known;
  const fresh: Descriptor = { ...EMPTY };
  stage.descriptors.set(number, fresh);
  return fresh;
}

function of(stage: Stage, { args }: CallLine): Descriptor {
  return descriptor(stage, Number(args[0]));
}

function ask(stage: Stage, { connection }: Descriptor, call: CallName, length?: number): readonly Step[] {
  return doNow(stage, {
    kind: 'call',
    host: stage.host,
    call,
    ...(length === undefined ? {} : { length }),
    ...(connection === undefined ? {} : { connection }),
  });
}

function errorIn(steps: readonly Step[]): string | undefined {
  for (const { app } of steps) for (const told of app) if (told.kind === 'error') return told.code;
  return undefined;
}

/** The error a connection died of, once; what calls return from then on. */
function deadly(stage: Stage, one: Descriptor, afterwards: Returned): Returned {
  const error = toldOf(stage, one.connection).find((told) => told.kind === 'error');
  if (error === undefined || error.code === 'EPIPE') return undefined;
  if (one.failed) return afterwards;
  one.failed = true;
  return error.code;
}

function connect(stage: Stage, line: CallLine): Returned {
  const one = of(stage, line);
  if (one.connection !== undefined) return connected(stage, line);
  const steps = doNow(stage, { kind: 'call', host: stage.host, call: 'connect' });
  one.connection = stage.run.connections[stage.host].length;
  return errorIn(steps) ?? 'EINPROGRESS';
}

function connected(stage: Stage, line: CallLine): Returned {
  const one = of(stage, line);
  const told = toldOf(stage, one.connection);
  const error = told.find((result) => result.kind === 'error');
  if (error !== undefined) return error.code;
  return told.some(({ kind }) => kind === 'established') ? 0 : 'EINPROGRESS';
}

function accept(stage: Stage, { result }: CallLine): Returned {
  const taken = new Set([...stage.descriptors.values()].map(({ connection }) => connection));
  const all = stage.run.connections[stage.host];
  const place = all.findIndex((_, index) => {
    if (taken.has(index + 1)) return false;
    return toldOf(stage, index + 1).some(({ kind }) => kind === 'established');
  });
  if (place < 0) return 'EAGAIN';
  if (result !== undefined && result >= 0) descriptor(stage, result).connection = place + 1;
  return result !== undefined && result >= 0 ? result : undefined;
}

/** How much at most; of vectors and messages, what the script says. */
function sizeOf({ name, args, result }: CallLine): number {
  const size = Number.parseInt(args[2] ?? '', 10);
  const vector = /v$|msg$|splice|sendfile/.test(name);
  return vector || Number.isNaN(size) ? Math.max(0, result ?? 0) : size;
}

function read(stage: Stage, line: CallLine): Returned {
  const one = of(stage, line);
  const most = /v$|msg$/.test(line.name) ? Number.MAX_SAFE_INTEGER : sizeOf(line);
  const atOnce = stage.run.scenario.reads === true;
  const before = octetsOf(stage, one) - one.read;
  if (!atOnce && before <= 0) {
    const dead = deadly(stage, one, 0);
    if (dead !== undefined) return dead;
    ask(stage, one, 'receive', most);
  }
  const there = octetsOf(stage, one) - one.read;
  if (there > 0) {
    const got = Math.min(there, most);
    one.read += got;
    return got;
  }
  if (toldOf(stage, one.connection).some(({ kind }) => kind === 'eof')) return 0;
  return deadly(stage, one, 0) ?? 'EAGAIN';
}

/** Octets the application was given. */
function octetsOf(stage: Stage, one: Descriptor): number {
  return toldOf(stage, one.connection).reduce(
    (sum, told) => sum + (told.kind === 'data' ? told.length : 0),
    0,
  );
}

function write(stage: Stage, line: CallLine): Returned {
  const one = of(stage, line);
  const flags = line.args.slice(2).join(' ');
  const size = sizeOf(line);
  if (flags.includes('MSG_FASTOPEN') && one.connection === undefined) {
    doNow(stage, { kind: 'call', host: stage.host, call: 'connect', length: size });
    one.connection = stage.run.connections[stage.host].length;
    return undefined;
  }
  const dead = deadly(stage, one, 'EPIPE');
  if (dead !== undefined) return dead;
  const name = flags.includes('MSG_OOB') ? 'send-urgent' : flags.includes('MSG_MORE') ? 'send-more' : 'send';
  // Of a call that is to fail, the size is not lost: it is tried.
  return errorIn(ask(stage, one, name, size)) ?? line.result ?? size;
}

function shutdown(stage: Stage, line: CallLine): Returned {
  const one = of(stage, line);
  const how = line.args[1] ?? '';
  const reading = /SHUT_RD\b|SHUT_RDWR|^0$|^2$/.test(how);
  const writing = !/SHUT_RD$|^0$/.test(how);
  const steps = [
    ...(reading ? ask(stage, one, 'shutdown-read') : []),
    ...(writing ? ask(stage, one, 'shutdown') : []),
  ];
  return errorIn(steps) ?? 0;
}

function close(stage: Stage, line: CallLine): Returned {
  const number = Number(line.args[0]);
  const one = stage.descriptors.get(number);
  if (one?.connection !== undefined) ask(stage, one, one.lingers ? 'abort' : 'close');
  return 0;
}

function setsockopt(stage: Stage, line: CallLine): Returned {
  const one = of(stage, line);
  const [, , name = '', value = ''] = line.args;
  const numbers = [...value.matchAll(/\d+/g)].map(Number);
  if (name === 'SO_KEEPALIVE' && numbers[0] !== 0) ask(stage, one, 'keepalive');
  if (name === 'TCP_QUICKACK' && numbers[0] === 0) ask(stage, one, 'delay-acks');
  if (name === 'SO_LINGER') one.lingers = numbers[0] !== 0 && numbers.at(-1) === 0;
  return undefined;
}

const READ: Call = { act: read, waits: true };
const WRITE: Call = { act: write };
const ACCEPT: Call = { act: accept, waits: true };

/** Calls that matter to a connection; of others nothing is checked. */
const CALLS: Readonly<Record<string, Call>> = {
  socket: {
    act: (stage, { result }) => {
      if (result !== undefined && result >= 0) stage.descriptors.set(result, { ...EMPTY });
      return undefined;
    },
  },
  listen: {
    act: (stage, line) => {
      of(stage, line).connection = 0;
      doNow(stage, { kind: 'call', host: stage.host, call: 'listen' });
      return 0;
    },
  },
  connect: { act: connect, again: connected },
  accept: ACCEPT,
  accept4: ACCEPT,
  read: READ,
  readv: READ,
  recv: READ,
  recvfrom: READ,
  recvmsg: READ,
  write: WRITE,
  writev: WRITE,
  send: WRITE,
  sendto: WRITE,
  sendmsg: WRITE,
  sendfile: WRITE,
  splice: WRITE,
  shutdown: { act: shutdown },
  close: { act: close },
  setsockopt: { act: setsockopt },
};
