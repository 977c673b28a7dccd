// The calls a trace logs, as lines of a script. The log tells the side, not the socket, and is written after the call
// returned: what left at that time tells both.

import { ACK, FIN, RST, SYN } from '../../../core/tcp/segment.ts';
import { add } from '../../../core/tcp/seq.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import type { Action, CallAction } from '../../../core/timeline/scenario.ts';
import type { CallName, HostId } from '../../../core/timeline/timeline.ts';
import type { AppCall, Trace } from '../trace.ts';
import { arrived, closesInSilence, goneAt, type Held, heldFrom, LOGGED_BEFORE, leftAt } from './held.ts';
import type { HiddenOptions } from './hidden-options.ts';
import type { Life, Recorded } from './recorded.ts';

/** What a side's calls become, and those that nobody here knows. */
export interface Script {
  readonly actions: readonly Action[];
  readonly unknown: readonly AppCall[];
}

export function scriptOf(
  trace: Trace,
  host: HostId,
  wire: readonly Recorded[],
  lives: readonly Life[],
  options: HiddenOptions,
): Script {
  const side = host === 'A' ? 'client' : 'server';
  const writer = new Writer(
    host,
    lives.map((life) => heldFrom(life, lives, wire, trace)),
    options,
    trace.server_port,
    trace.app.filter((call) => call.side !== side && call.call.includes('MSG_OOB')).length,
  );
  const unknown: AppCall[] = [];
  writer.reuseAddresses();
  for (const call of trace.app) {
    if (call.side !== side) continue;
    if (!writer.write(call)) unknown.push(call);
  }
  writer.connectTheRest();
  return { actions: writer.actions, unknown };
}

/** The third ACK of a handshake; or a SYN whose data was acknowledged with it, as TCP Fast Open takes it. */
function mayBeAccepted({ flags, length, seq }: Recorded['segment'], { out }: Held): boolean {
  const bits = flags & (ACK | SYN | RST);
  if (bits === ACK) return true;
  const taken = add(seq, 1 + length);
  return (
    bits === SYN && length > 0 && out.some(({ segment }) => segment.flags & SYN && segment.ack === taken)
  );
}

const RST_ACK = RST | ACK;

/** Errors that a call reports once the connection is no more. */
const ENDS = new Set(['ECONNABORTED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The call did nothing at all: the address was not to be had, or the socket was not fit for it. */
function isRefused(result: AppCall['result']): boolean {
  return typeof result === 'string' && NOTHING_DONE.has(result);
}

const NOTHING_DONE = new Set([
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EACCES',
  'EINVAL',
  'EISCONN',
  'EALREADY',
  'ENETUNREACH',
]);

/** More than any socket holds: what is read when nothing was left at a close. */
const EVERYTHING = 2 ** 30;

/** Writes one side's script, call by call. */
class Writer {
  readonly actions: Action[] = [];
  readonly #host: HostId;
  readonly #connections: readonly Held[];
  readonly #options: HiddenOptions;
  readonly #port: number;
  /** Octets the peer marked urgent: recv() passes over them. */
  readonly #urgent: number;
  #connects = 0;
  #lingers = false;
  #listens = false;

  constructor(
    host: HostId,
    connections: readonly Held[],
    options: HiddenOptions,
    port: number,
    urgent: number,
  ) {
    this.#host = host;
    this.#connections = connections;
    this.#options = options;
    this.#port = port;
    this.#urgent = urgent;
  }

  /** Returns whether the call is known. */
  write({ t, call, result }: AppCall): boolean {
    const at = ms(t * 1000);
    const [, name = ''] = /^([\w ]+)/.exec(call) ?? [];
    switch (name.trim()) {
      case 'listen':
        if (!isRefused(result)) this.#listen(at, Number(/backlog=(\d+)/.exec(call)?.[1] ?? 0));
        return true;
      case 'connect':
        if (call !== 'connect(self)' && !isRefused(result)) this.#connect(at);
        return true;
      case 'accept':
        if (result === 'ok') this.#accept(at);
        return true;
      case 'sendto':
        this.#connect(at, typeof result === 'number' ? result : 0);
        return true;
      case 'send':
      case 'send until EAGAIN':
      case 'write':
        if (typeof result === 'number') this.#send(at, result, call);
        else this.#learnsOfTheEnd(at, result);
        return true;
      case 'recv':
      case 'read everything':
      case 'read':
        if (typeof result === 'number' && result > 0) this.#receive(at, result);
        else this.#learnsOfTheEnd(at, result);
        return true;
      case 'shutdown':
        this.#shutdown(at, call);
        return true;
      case 'close':
        this.#close(at);
        return true;
      case 'crash':
        this.#vanish(at);
        return true;
      case 'exit':
      case 'process exit':
        this.#add(at, { call: 'exit' });
        return true;
      default:
        this.#lingers ||= /LINGER/.test(call);
        return /^(connect completes|ISN forced|setsockopt|bind|poll|sleep|socket|getsockopt)/.test(call);
    }
  }

  /** Which addresses were to be had the log tells by what succeeded. */
  reuseAddresses(): void {
    this.#add(ms(0), { call: 'reuse-address' });
  }

  #add(at: Ms, call: Omit<CallAction, 'kind' | 'host'>): void {
    this.actions.push({ when: { kind: 'at', time: at }, what: { kind: 'call', host: this.#host, ...call } });
  }

  #on(at: Ms, held: Held | undefined, call: CallName, length?: number): void {
    if (held === undefined) return;
    this.#add(at, {
      call,
      connection: held.life.ordinal,
      ...(length === undefined ? {} : { length }),
    });
  }

  #listen(at: Ms, backlog: number): void {
    const ports = this.#connections.flatMap(({ life }) => (life.passive ? [this.#localPort(life)] : []));
    const later = this.#connections.flatMap(({ life }) =>
      life.passive && life.from > at ? [this.#localPort(life)] : [],
    );
    const local = this.#listens ? ports.find((port) => port !== ports[0]) : (later[0] ?? ports[0]);
    this.#listens = true;
    this.#add(at, { call: 'listen', backlog, ports: { local: local ?? this.#port, remote: 0 } });
  }

  #localPort({ portA, portB }: Life): number {
    return this.#host === 'A' ? portA : portB;
  }

  #connect(at: Ms, handedOver = 0): void {
    const held = this.#connections.filter(({ life }) => !life.passive)[this.#connects++];
    if (held === undefined) return;
    const { portA, portB, from } = held.life;
    const ports = this.#host === 'A' ? { local: portA, remote: portB } : { local: portB, remote: portA };
    const time = ms(Math.min(at, from));
    const onSyn = held.out.find(({ segment }) => segment.flags & SYN)?.segment.length ?? 0;
    this.#add(time, { call: 'connect', ports, ...(onSyn > 0 ? { length: onSyn } : {}) });
    this.#setOptions(time, held);
    held.sent += handedOver;
    if (handedOver > onSyn) this.#on(time, held, 'send', handedOver - onSyn); // sendto(MSG_FASTOPEN)
  }

  /** A SYN left though the log shows no connect(). */
  connectTheRest(): void {
    for (const { life } of this.#connections.filter((held) => !held.life.passive).slice(this.#connects))
      this.#connect(life.from);
  }

  #accept(at: Ms): void {
    const held = this.#connections.find(
      (one) =>
        one.life.passive &&
        !one.accepted &&
        one.inward.some(
          ({ segment, arrivesAt }) =>
            arrivesAt !== undefined && arrivesAt <= at && mayBeAccepted(segment, one),
        ),
    );
    if (held === undefined) return;
    held.accepted = true;
    this.#add(at, { call: 'accept' });
    this.#setOptions(at, held);
  }

  /** Options the log does not show are set as soon as there is a descriptor; on a listener, before. */
  #setOptions(at: Ms, held: Held): void {
    if (this.#options.keepalive) this.#on(at, held, 'keepalive');
    if (this.#options.delaysAcks) this.#on(at, held, 'delay-acks');
  }

  /** Connections with a descriptor that is not closed. */
  #open(at: Ms): readonly Held[] {
    return this.#connections.filter(
      ({ life, accepted, closed }) => accepted && !closed && life.from <= at + LOGGED_BEFORE,
    );
  }

  #send(at: Ms, length: number, call: string): void {
    const open = this.#open(at);
    const shown = open.flatMap((held) => {
      const first = add(held.life.iss, 1 + held.sent);
      const one = held.out.find(
        (out) => out.segment.seq === first && out.segment.length > 0 && leftAt(out, at),
      );
      return one === undefined ? [] : [{ held, at: one.at }];
    })[0];
    const held = shown?.held ?? open[0];
    if (held === undefined) return;
    held.sent += length;
    const name = call.includes('MSG_MORE') ? 'send-more' : call.includes('MSG_OOB') ? 'send-urgent' : 'send';
    this.#on(ms(Math.min(at, shown?.at ?? at)), held, name, length);
  }

  #receive(at: Ms, length: number): void {
    const open = this.#open(at);
    const held = open.find((one) => arrived(one, at) > one.read) ?? open[0];
    if (held !== undefined) held.read += length;
    this.#on(at, held, 'receive', length);
  }

  /** Only one connection can have been meant: it is dead, and its close() says nothing. */
  #learnsOfTheEnd(at: Ms, result: AppCall['result']): void {
    const [only, ...others] = this.#open(at);
    if (only === undefined || others.length > 0) return;
    if (result === 'ECONNABORTED') this.#abort(only, at);
    only.dead ||= typeof result === 'string' && ENDS.has(result);
  }

  /** Somebody else ended it with a RST: `ss -K`. Linux tcp_abort. */
  #abort(held: Held, by: Ms): void {
    const rst = held.out.find(({ at, segment }) => at <= by && (segment.flags & RST_ACK) === RST_ACK);
    if (rst !== undefined && !held.dead) this.#on(rst.at, held, 'abort');
  }

  #shutdown(at: Ms, call: string): void {
    const { held, time } = this.#farewell(at);
    if (/RD/.test(call)) this.#on(at, held, 'shutdown-read');
    if (!/WR/.test(call) || held === undefined) return;
    this.#on(time, held, 'shutdown');
    held.finished = true;
  }

  #close(at: Ms): void {
    const { held, time, reset } = this.#farewell(at);
    if (held === undefined) {
      this.#listens = false;
      return this.#add(at, { call: 'close', connection: 0 });
    }
    const unread = arrived(held, at) - held.read;
    if (unread > 0 && unread <= this.#urgent) this.#receive(time, unread);
    if (unread <= 0 && held.read > 0) this.#on(time, held, 'receive', EVERYTHING);
    const lingers = this.#lingers || (reset ? unread <= 0 : goneAt(held, at));
    if (!held.dead || reset) this.#on(time, held, lingers ? 'abort' : 'close');
    held.closed = true;
    this.#lingers = false;
  }

  #vanish(at: Ms): void {
    const open = this.#open(at);
    const held =
      open.find(({ out }) => out.every((one) => one.at <= at || one.segment.flags & RST)) ?? open[0];
    if (held !== undefined) held.closed = true;
    this.#on(at, held, 'vanish');
  }

  /**
   * The connection whose FIN or RST left at that time; else one whose FIN left before, unasked for: close() only
   * returned now (SO_LINGER); else the oldest one open.
   */
  #farewell(at: Ms): { readonly held: Held | undefined; readonly time: Ms; readonly reset: boolean } {
    const open = this.#open(at);
    for (const held of open) {
      const fin = held.out.find(({ segment }) => segment.flags & FIN);
      if (fin !== undefined && !held.finished && leftAt(fin, at))
        return { held, time: ms(Math.min(at, fin.at)), reset: false };
      const rst = held.out.find(({ segment }) => (segment.flags & RST_ACK) === RST_ACK);
      if (rst !== undefined && leftAt(rst, at) && !held.dead)
        return { held, time: ms(Math.min(at, rst.at)), reset: true };
    }
    const lingering = open.flatMap((held) => {
      const fin = held.out.find(({ segment }) => segment.flags & FIN);
      return held.finished || fin === undefined || fin.at > at ? [] : [{ held, time: fin.at, reset: false }];
    })[0];
    if (lingering !== undefined) return lingering;
    const silent = open.find((held) => closesInSilence(held, at));
    return { held: silent ?? (this.#listens ? undefined : open[0]), time: at, reset: false };
  }
}
