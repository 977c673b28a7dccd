import type { RuleView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { ViewBuilder } from './view-builder.ts';

const RFC = 'https://www.rfc-editor.org/rfc/rfc9293.html#section-';

export function rule(id: string, section: string, text: string): RuleView {
  return { id, text, source: `RFC 9293 §${section}`, href: `${RFC}${section}` };
}

const SYN_COUNTS = rule(
  'syn-consumes',
  '3.4',
  'SYN takes one sequence number, so the first octet of data is numbered ISS+1.',
);
const FIN_COUNTS = rule(
  'fin-consumes',
  '3.4',
  'FIN takes one sequence number, as SYN does: it is acknowledged with seq+1.',
);
const ACK_FIN = rule(
  'ESTABLISHED/recv-fin',
  '3.10.7.4',
  'The peer’s FIN is acknowledged at once and the state is CLOSE-WAIT.',
);

const X = 3_735_928_559;
const Y = 1_094_795_585;

function opened(): ViewBuilder {
  return new ViewBuilder({ A: X, B: Y }, { A: 'CLOSED', B: 'LISTEN' })
    .call('connect()', {
      at: 0,
      host: 'A',
      path: ['CLOSED', 'SYN-SENT'],
      sends: [{ flags: 'SYN', options: ['MSS 1460', 'window scale 7'] }],
      rules: [SYN_COUNTS],
    })
    .arrival(0, {
      at: 25,
      host: 'B',
      path: ['LISTEN', 'SYN-RECEIVED'],
      sends: [{ flags: 'SYN ACK', options: ['MSS 1460'] }],
      rules: [SYN_COUNTS],
    })
    .arrival(1, {
      at: 50,
      host: 'A',
      path: ['SYN-SENT', 'ESTABLISHED'],
      app: ['connect() returns'],
      sends: [{ flags: 'ACK' }],
    })
    .arrival(2, { at: 75, host: 'B', path: ['SYN-RECEIVED', 'ESTABLISHED'], app: ['accept() returns'] });
}

function withData(): ViewBuilder {
  return opened()
    .call('send(300)', { at: 90, host: 'A', sends: [{ flags: 'PSH ACK', length: 300 }] })
    .arrival(3, { at: 115, host: 'B', app: ['read() returns 300'], sends: [{ flags: 'ACK' }] })
    .arrival(4, { at: 140, host: 'A' });
}

function closing(): ViewBuilder {
  return withData().call('close()', {
    at: 200,
    host: 'A',
    path: ['ESTABLISHED', 'FIN-WAIT-1'],
    sends: [{ flags: 'FIN ACK' }],
    rules: [FIN_COUNTS],
  });
}

const SYMBOLS = [
  { name: 'x', host: 'A', value: X },
  { name: 'y', host: 'B', value: Y },
  { name: 'u', host: 'A', value: X + 301 },
  { name: 'w', host: 'B', value: undefined },
] as const;

/** Up to the FIN's arrival; what B does then is asked. */
export function closeAsked(): TimelineView {
  return closing()
    .arrival(5, { at: 225, host: 'B', path: 'hidden', app: ['read() returns 0 (EOF)'] })
    .view('close#1', { symbols: SYMBOLS, more: true, asked: 'B' });
}

/** The same after the answer. */
export function closeAnswered(): TimelineView {
  return closing()
    .arrival(5, {
      at: 225,
      host: 'B',
      path: ['ESTABLISHED', 'CLOSE-WAIT'],
      app: ['read() returns 0 (EOF)'],
      sends: [{ flags: 'ACK' }],
      rules: [FIN_COUNTS, ACK_FIN],
    })
    .arrival(6, { at: 250, host: 'A', path: ['FIN-WAIT-1', 'FIN-WAIT-2'] })
    .view('close#1', { symbols: SYMBOLS, more: true });
}

/** What a host that thinks that FIN takes no number would do. */
export function closeMisunderstood(): TimelineView {
  return closing()
    .arrival(5, {
      at: 225,
      host: 'B',
      path: ['ESTABLISHED', 'CLOSE-WAIT'],
      app: ['read() returns 0 (EOF)'],
      sends: [{ flags: 'ACK', ack: X + 301 }],
    })
    .arrival(6, { at: 250, host: 'A' })
    .timer('retransmission timer fires', {
      at: 1200,
      host: 'A',
      sends: [{ flags: 'FIN ACK', seq: X + 301, purpose: 'retransmission' }],
      timers: [
        {
          name: 'retransmission',
          change: 'restarted',
          after: 2000,
          text: 'retransmission timer restarts: 2 s',
        },
      ],
    })
    .view('close#1/wrong', { symbols: SYMBOLS });
}

/** A whole life with the last ACK lost: the FIN again, TIME-WAIT again. */
export function lastAckLost(): TimelineView {
  const timeWait = (change: 'started' | 'restarted') =>
    [
      {
        name: 'time-wait',
        change,
        after: 60_000,
        text: change === 'started' ? '2MSL timer starts: 60 s' : '2MSL timer restarts: 60 s',
      },
    ] as const;
  return closing()
    .arrival(5, {
      at: 225,
      host: 'B',
      path: ['ESTABLISHED', 'CLOSE-WAIT'],
      app: ['read() returns 0 (EOF)'],
      sends: [{ flags: 'ACK' }],
      rules: [FIN_COUNTS, ACK_FIN],
    })
    .arrival(6, { at: 250, host: 'A', path: ['FIN-WAIT-1', 'FIN-WAIT-2'] })
    .call('close()', { at: 300, host: 'B', path: ['CLOSE-WAIT', 'LAST-ACK'], sends: [{ flags: 'FIN ACK' }] })
    .arrival(7, {
      at: 325,
      host: 'A',
      path: ['FIN-WAIT-2', 'TIME-WAIT'],
      timers: timeWait('started'),
      sends: [{ flags: 'ACK', lost: true }],
    })
    .timer('retransmission timer fires', {
      at: 1300,
      host: 'B',
      sends: [{ flags: 'FIN ACK', seq: Y + 1, purpose: 'retransmission' }],
      timers: [
        {
          name: 'retransmission',
          change: 'restarted',
          after: 2000,
          text: 'retransmission timer restarts: 2 s',
        },
      ],
    })
    .arrival(9, { at: 1325, host: 'A', timers: timeWait('restarted'), sends: [{ flags: 'ACK' }] })
    .arrival(10, { at: 1350, host: 'B', path: ['LAST-ACK', 'CLOSED'], app: ['close() is done'] })
    .timer('2MSL timer fires', { at: 61_325, host: 'A', path: ['TIME-WAIT', 'CLOSED'] })
    .view('last-ack-lost#1', { symbols: [...SYMBOLS.slice(0, 3), { name: 'w', host: 'B', value: Y + 1 }] });
}

/** Both close at once; the FINs cross. Then a forged RST, a duplicate and a keepalive probe for good measure. */
export function crossing(): TimelineView {
  return opened()
    .call('close()', {
      at: 100,
      host: 'A',
      path: ['ESTABLISHED', 'FIN-WAIT-1'],
      sends: [{ flags: 'FIN ACK' }],
    })
    .call('close()', {
      at: 100,
      host: 'B',
      path: ['ESTABLISHED', 'FIN-WAIT-1'],
      sends: [{ flags: 'FIN ACK' }],
    })
    .arrival(3, { at: 125, host: 'B', path: ['FIN-WAIT-1', 'CLOSING'], sends: [{ flags: 'ACK' }] })
    .arrival(4, { at: 125, host: 'A', path: ['FIN-WAIT-1', 'CLOSING'], sends: [{ flags: 'ACK' }] })
    .forged('B', 128, { flags: 'RST', seq: Y + 77_000 })
    .arrival(5, {
      at: 150,
      host: 'A',
      path: ['CLOSING', 'TIME-WAIT'],
      timers: [{ name: 'time-wait', change: 'started', after: 60_000, text: '2MSL timer starts: 60 s' }],
    })
    .arrival(6, {
      at: 150,
      host: 'B',
      path: ['CLOSING', 'TIME-WAIT'],
      timers: [{ name: 'time-wait', change: 'started', after: 60_000, text: '2MSL timer starts: 60 s' }],
    })
    .arrival(7, { at: 160, host: 'A' })
    .timer('2MSL timer fires', { at: 60_150, host: 'A', path: ['TIME-WAIT', 'CLOSED'] })
    .timer('2MSL timer fires', { at: 60_150, host: 'B', path: ['TIME-WAIT', 'CLOSED'] })
    .view('crossing#1');
}

/** A busy download: bursts from B under way while acknowledgments cross them. */
export function download(rounds: number): TimelineView {
  const builder = opened();
  let at = 100;
  for (let round = 0; round < rounds; round += 1) {
    builder.call('send(2920)', {
      at,
      host: 'B',
      sends: [
        { flags: 'ACK', length: 1460 },
        { flags: 'PSH ACK', length: 1460 },
      ],
    });
    const first = builder.lastFrom('B') - 1;
    builder.call('send(1460)', {
      at: at + 10,
      host: 'B',
      sends: [{ flags: 'PSH ACK', length: 1460, lost: round % 7 === 3 }],
    });
    builder.arrival(first, { at: at + 25, host: 'A', sends: [{ flags: 'ACK' }] });
    const ack = builder.lastFrom('A');
    builder.arrival(first + 1, { at: at + 25, host: 'A' });
    if (round % 7 !== 3) builder.arrival(first + 2, { at: at + 35, host: 'A', app: ['read() returns 1460'] });
    builder.arrival(ack, { at: at + 50, host: 'B' });
    at += round % 5 === 4 ? 900 : 60;
  }
  return builder.view(`download#${rounds}`);
}
