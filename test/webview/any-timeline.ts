import fc from 'fast-check';
import type { HostId } from '../../core/timeline/timeline.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { ViewBuilder } from './view-builder.ts';

interface Act {
  readonly host: HostId;
  readonly wait: number;
  readonly transit: number;
  readonly flags: string;
  readonly length: number;
  readonly fate: 'arrives' | 'lost' | 'flies';
  readonly replies: boolean;
  readonly app: boolean;
  readonly hidden: boolean;
}

const act: fc.Arbitrary<Act> = fc.record({
  host: fc.constantFrom('A', 'B'),
  wait: fc.constantFrom(0, 0, 3, 20, 60, 400, 60_000),
  transit: fc.constantFrom(0, 20, 25, 25, 30, 200),
  flags: fc.constantFrom('SYN', 'SYN ACK', 'ACK', 'PSH ACK', 'FIN ACK', 'RST'),
  length: fc.constantFrom(0, 0, 100, 1460),
  fate: fc.constantFrom('arrives', 'arrives', 'arrives', 'lost', 'flies'),
  replies: fc.boolean(),
  app: fc.boolean(),
  hidden: fc.constantFrom(false, false, false, true),
});

/** Sends, losses, replies and silences in any order: not TCP, but everything that has to be drawn. */
export function anyTimeline(): fc.Arbitrary<TimelineView> {
  return fc
    .tuple(fc.array(act, { maxLength: 14 }), fc.constantFrom(undefined, 'A', 'B'))
    .map(([acts, asked]) => {
      const builder = new ViewBuilder({ A: 4_294_967_200, B: 1000 }, { A: 'CLOSED', B: 'LISTEN' });
      const arrivals: { readonly at: number; readonly id: number; readonly act: Act }[] = [];
      let now = 0;
      const deliver = (until: number) => {
        arrivals.sort((a, b) => a.at - b.at);
        while (arrivals[0] !== undefined && arrivals[0].at <= until) {
          const [next] = arrivals.splice(0, 1);
          if (next === undefined) return;
          const host = ViewBuilder.peer(next.act.host);
          builder.arrival(next.id, {
            at: next.at,
            host,
            ...(next.act.hidden ? { path: 'hidden' as const } : {}),
            app: next.act.app ? ['read() returns 1460 and a long word or two'] : [],
            sends: next.act.replies ? [{ flags: 'ACK' }] : [],
          });
          if (next.act.replies) {
            arrivals.push({
              at: next.at + 25,
              id: builder.lastFrom(host),
              act: { ...next.act, host, replies: false },
            });
            arrivals.sort((a, b) => a.at - b.at);
          }
        }
      };
      for (const each of acts) {
        now += each.wait;
        deliver(now);
        builder.call('send()', {
          at: now,
          host: each.host,
          sends: [{ flags: each.flags, length: each.length, lost: each.fate === 'lost' }],
        });
        if (each.fate === 'arrives')
          arrivals.push({ at: now + each.transit, id: builder.lastFrom(each.host), act: each });
      }
      deliver(Number.POSITIVE_INFINITY);
      return builder.view('any', { asked, more: asked !== undefined });
    });
}
