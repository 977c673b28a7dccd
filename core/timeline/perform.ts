import { newestConnection } from '../host/host.ts';
import { segment } from '../tcp/segment.ts';
import { add, type Seq } from '../tcp/seq.ts';
import { call } from './call.ts';
import { transmit } from './network.ts';
import type { Run } from './run.ts';
import type { Deed, NumberRef } from './scenario.ts';
import { peerOf } from './timeline.ts';

/** Does what one line of a script says. */
export function perform(run: Run, what: Deed): void {
  switch (what.kind) {
    case 'cut':
    case 'heal':
      run.cut = what.kind === 'cut';
      return;
    case 'forge':
      forge(run, what);
      return;
    default:
      call(run, what);
  }
}

function forge(run: Run, what: Extract<Deed, { kind: 'forge' }>): void {
  const { hosts } = run.scenario;
  transmit(run, {
    from: what.from,
    fromPort: what.ports?.local ?? hosts[what.from].port,
    toPort: what.ports?.remote ?? hosts[peerOf(what.from)].port,
    segment: segment({
      flags: what.flags,
      seq: resolve(run, what.seq),
      ...(what.ack === undefined ? {} : { ack: resolve(run, what.ack) }),
      length: what.length,
      ...(what.urgent === undefined ? {} : { urgent: what.urgent }),
      window: what.window ?? run.scenario.profile.receiveBuffer,
      ...(what.options === undefined ? {} : { options: what.options }),
    }),
    purpose: 'fresh',
    sentIn: undefined,
    ...(run.scenario.scripted === what.from ? {} : { forged: true }),
  });
}

/** The number a reference names at this moment; before any connection, the ISS the host would choose next. */
function resolve(run: Run, ref: NumberRef | Seq): Seq {
  if (typeof ref === 'number') return ref;
  const endpoint = newestConnection(run.hosts[ref.host])?.endpoint;
  const iss = run.scenario.iss[ref.host][0];
  if (iss === undefined) throw new Error(`scenario without an ISS for host ${ref.host}`);
  if (endpoint === undefined) return add(iss, ref.plus);
  const fields = { iss: 'iss', 'snd.nxt': 'sndNxt', 'snd.una': 'sndUna', 'rcv.nxt': 'rcvNxt' } as const;
  return add(endpoint[fields[ref.of]], ref.plus);
}
