import { SYN } from '../../../core/tcp/segment.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Fault, Scenario } from '../../../core/timeline/scenario.ts';
import { and, call, forge, scenario } from './scenes.ts';

/** A figure of RFC 9293 as a scenario of ours. */
export interface FigureScene {
  readonly scene: Scenario;
  /** Segments of a handshake that the figure takes for granted. */
  readonly before: number;
  /** Whether the exchange is over with the figure's last line. */
  readonly whole: boolean;
  /** Numbers the figure only names. */
  readonly letters?: Readonly<Record<string, number>>;
}

const OPEN = [call('B', 'listen'), call('A', 'connect')];
const REBOOT = [call('A', 'crash'), call('A', 'reboot')];

function slow(from: 'A' | 'B', kind: 'SYN' | 'SYN-ACK' | 'FIN' | 'ACK', which: number, by: number): Fault {
  return { kind: 'delay', pattern: { from, kind, which }, by: ms(by) };
}

/** ISS of ends that have sent up to 100 and 300 once they are connected. */
const SENT = [99, 299] as const;

/** Figures 6 to 13 of RFC 9293 §3.5 and §3.6, by number. */
export const FIGURES: Readonly<Record<number, FigureScene>> = {
  6: { scene: scenario([...OPEN, call('A', 'send', 10)]), before: 0, whole: false },
  7: {
    scene: scenario([call('A', 'connect'), and(call('B', 'connect'))], {
      faults: [slow('A', 'SYN', 1, 40), slow('A', 'SYN-ACK', 1, 60)],
    }),
    before: 0,
    whole: true,
  },
  8: {
    scene: scenario(
      [call('B', 'listen'), forge('A', SYN, { host: 'A', of: 'iss', plus: -10 }), and(call('A', 'connect'))],
      { faults: [slow('A', 'SYN', 1, 100)], iss: [100, [300, 400]] },
    ),
    before: 0,
    whole: true,
  },
  9: {
    scene: scenario([...OPEN, ...REBOOT, call('A', 'connect')], {
      profile: 'rfc9293',
      iss: [[99, 400], 299],
    }),
    before: 3,
    whole: false,
  },
  10: {
    scene: scenario([...OPEN, ...REBOOT, call('B', 'send', 10)], { iss: SENT }),
    before: 3,
    whole: true,
  },
  11: {
    scene: scenario([
      call('A', 'listen'),
      call('B', 'listen'),
      forge('A', SYN, { host: 'A', of: 'iss', plus: -10 }),
    ]),
    before: 0,
    whole: true,
    letters: { X: 300, Z: 90 },
  },
  12: {
    scene: scenario([...OPEN, call('A', 'close'), call('B', 'close')], { iss: SENT }),
    before: 3,
    whole: true,
  },
  13: {
    scene: scenario([...OPEN, call('A', 'close'), and(call('B', 'close'))], {
      iss: SENT,
      faults: [slow('A', 'FIN', 1, 20), slow('A', 'ACK', 2, 40)],
    }),
    before: 3,
    whole: true,
  },
};
