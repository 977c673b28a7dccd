import { unreachable } from '../result.ts';
import { readingFreesAck } from './acknowledge.ts';
import { restartAfterIdle } from './congestion-window.ts';
import type { ErrorCode, UserCall } from './event.ts';
import { sendAbort, sendAck, sendNew } from './output.ts';
import { readingOpensWindow } from './receive-window.ts';
import { SYN } from './segment.ts';
import { flush } from './send-queue.ts';
import { add } from './seq.ts';
import { markUrgent } from './urgent.ts';
import { arm, cite, keepsAlive, move, prepare, tell, type Work } from './work.ts';

/** The calls of RFC 9293 §3.10.1 to §3.10.5. */
export function handleCall(w: Work, call: UserCall): void {
  switch (call.kind) {
    case 'open':
      return open(w, call);
    case 'send':
      return send(w, call);
    case 'receive':
      return receive(w, call.length);
    case 'reading':
      w.e.reads = call.on;
      if (call.on) receive(w);
      else cite(w, 'receive/left-in-buffer');
      return;
    case 'close-at-eof':
      cite(w, 'close/at-end-of-file');
      w.e.closesAtEof = true;
      return;
    case 'shutdown':
      return close(w);
    case 'close':
      return letGo(w);
    case 'shutdown-read':
      cite(w, 'close/reading-says-nothing');
      w.e.readShut = true;
      return;
    case 'shutdown-both':
      cite(w, 'close/reading-says-nothing');
      w.e.readShut = true;
      return close(w);
    case 'linger-zero':
      cite(w, 'close/lingers-not');
      w.e.lingersNot = true;
      return;
    case 'abort':
      return abort(w);
    case 'delay-acks':
      cite(w, 'ack/application-lets-wait');
      w.e.dialogue = true;
      return;
    case 'keepalive':
      w.e.keepalive = true;
      cite(w, 'keepalive/off-by-default');
      if (keepsAlive(w)) arm(w, 'keepalive', w.profile.keepaliveIdle);
      return;
    default:
      return unreachable(call);
  }
}

function open(w: Work, call: Extract<UserCall, { kind: 'open' }>): void {
  if (!move(w, call.mode === 'active' ? 'open-active' : 'open-passive')) {
    cite(w, 'open/already-exists');
    tell(w, { kind: 'error', code: 'EISCONN' });
    return;
  }
  prepare(w, call.mode, call.iss);
  if (call.mode === 'active') {
    cite(w, 'open/chooses-iss');
    sendNew(w, SYN, call.data ?? 0);
  }
}

function send(w: Work, call: Send): void {
  const { e } = w;
  switch (e.state) {
    case 'CLOSED':
      noConnection(w, 'send', e.pending ?? (e.role === 'none' ? 'ENOTCONN' : 'EPIPE'));
      e.pending = undefined;
      return;
    case 'LISTEN':
      cite(w, 'send/peer-unknown');
      tell(w, { kind: 'error', code: 'ENOTCONN' });
      return;
    case 'SYN-SENT':
    case 'SYN-RECEIVED':
      if (e.closing) {
        cite(w, 'send/after-close');
        tell(w, { kind: 'error', code: 'EPIPE' });
      } else {
        cite(w, 'send/waits-for-handshake');
        queue(w, call);
      }
      return;
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
      if (e.state === 'CLOSE-WAIT') cite(w, 'close/half-closed-may-send');
      queue(w, call);
      flush(w);
      return;
    default:
      cite(w, 'send/after-close');
      tell(w, { kind: 'error', code: 'EPIPE' });
  }
}

type Send = Extract<UserCall, { kind: 'send' }>;

/** Behind what waits already; without `more` a write ends here. */
function queue(w: Work, { length, more = false, urgent = false }: Send): void {
  const { e, profile } = w;
  restartAfterIdle(w);
  e.unsent += length;
  e.corked = more;
  if (urgent && length > 0) markUrgent(w);
  if (profile.segmentsPerBurst > 0 && !more) e.pushes = [...e.pushes, add(e.sndNxt, e.unsent)];
}

function receive(w: Work, most = Number.POSITIVE_INFINITY): void {
  const { e, profile } = w;
  if (e.unread === 0) {
    if (e.pending !== undefined) pendingError(w, e.pending);
    else if (e.peerFin) endOfFile(w);
    else if (e.readShut || (e.state === 'CLOSED' && e.role !== 'none')) nothingMore(w);
    else if (e.state === 'CLOSED') noConnection(w, 'receive');
    else {
      cite(w, 'receive/waits');
      if (!e.reads) e.awaits = most;
    }
    return;
  }
  cite(w, 'receive/delivers');
  const offered = e.rcvWnd;
  const length = Math.min(e.unread, most);
  tell(w, { kind: 'data', length });
  e.unread -= length;
  if (e.peerFin && e.unread === 0) endOfFile(w);
  const worthwhile = Math.min(profile.receiveBuffer / 2, profile.mss);
  const opens =
    profile.receiveSpace === undefined
      ? reopenWindow(w, worthwhile) && offered < worthwhile
      : readingOpensWindow(w);
  if (opens) {
    cite(w, 'window/reopens');
    sendAck(w);
  } else readingFreesAck(w);
}

/** The right edge moves by a worthwhile step or not at all: no silly windows. RFC 9293 §3.8.6.2.2 (MUST-39). */
function reopenWindow({ e, profile }: Work, worthwhile: number): boolean {
  if (profile.receiveBuffer - e.unread - e.rcvWnd < worthwhile) return false;
  e.rcvWnd = profile.receiveBuffer - e.unread;
  return true;
}

function endOfFile(w: Work): void {
  cite(w, 'receive/end-of-file');
  w.e.eofTold = true;
  tell(w, { kind: 'eof' });
}

/** What ended the connection is told once. Linux sock_error. */
function pendingError(w: Work, code: ErrorCode): void {
  cite(w, 'receive/no-connection');
  tell(w, { kind: 'error', code });
  w.e.pending = undefined;
}

/** read() has told everything, or shutdown(SHUT_RD) came before: 0, without a FIN. Linux tcp_recvmsg, RCV_SHUTDOWN. */
function nothingMore(w: Work): void {
  cite(w, 'receive/nothing-more');
  tell(w, { kind: 'eof' });
}

function noConnection(
  w: Work,
  call: 'send' | 'receive' | 'close' | 'abort',
  code: ErrorCode = 'ENOTCONN',
): void {
  cite(w, `${call}/no-connection`);
  tell(w, { kind: 'error', code });
}

/** RFC 9293 §3.10.4: no more to send. */
function close(w: Work): void {
  const { e } = w;
  if (e.state === 'CLOSED') return noConnection(w, 'close');
  if (e.closing || e.state === 'TIME-WAIT') return cite(w, 'close/already-closing');
  if (e.state === 'SYN-RECEIVED' && e.unsent > 0) {
    cite(w, 'close/waits-for-handshake');
    e.closing = true;
    return;
  }
  if (!w.profile.laws.finWaitsForData) e.unsent = 0;
  if (e.unsent > 0 && e.state !== 'SYN-SENT') cite(w, 'close/fin-after-data');
  e.closing = e.state !== 'LISTEN' && e.state !== 'SYN-SENT';
  if (move(w, 'close') && e.closing) flush(w);
}

/** close() on a socket: as above, but in a half-duplex close nobody is left to read. RFC 9293 §3.6.1 (MAY-1). */
export function letGo(w: Work): void {
  const { e, profile } = w;
  e.orphaned = profile.halfDuplexClose;
  if (e.lingersNot && e.state !== 'LISTEN' && e.state !== 'CLOSED') {
    cite(w, 'close/linger-zero-resets');
    abort(w);
    return;
  }
  if (e.orphaned && e.unread > 0) {
    cite(w, 'close/unread-data-resets');
    abort(w);
    return;
  }
  close(w);
}

/** RFC 9293 §3.10.5. */
function abort(w: Work): void {
  const says = w.e.state;
  if (
    says === 'SYN-RECEIVED' ||
    says === 'ESTABLISHED' ||
    says.startsWith('FIN-WAIT') ||
    says === 'CLOSE-WAIT'
  ) {
    cite(w, 'reset/for-abort');
    sendAbort(w);
  }
  if (!move(w, 'abort')) noConnection(w, 'abort');
}
