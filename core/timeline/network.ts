import type { Purpose } from '../tcp/event.ts';
import type { Segment } from '../tcp/segment.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { isKind } from './pattern.ts';
import type { Run } from './run.ts';
import type { Change, Fault } from './scenario.ts';
import { type HostId, peerOf, type Transmission } from './timeline.ts';

/** Between two segments on the same wire, so that order and time agree. */
const SPACING = 1;

interface Departure {
  readonly from: HostId;
  readonly fromPort: number;
  readonly toPort: number;
  readonly segment: Segment;
  readonly purpose: Purpose;
  readonly sentIn: number | undefined;
  readonly forged?: boolean;
}

/**
 * Puts a segment on the wire at `run.now` and lets the network have its way with it.
 *
 * @returns the id of the transmission
 */
export function transmit(run: Run, departure: Departure): number {
  const faults = departure.forged ? [] : faultsFor(run, departure);
  const lost = run.cut || faults.some((fault) => fault.kind === 'lose');
  const id = launch(run, departure, lost ? undefined : arrivalOf(run, departure.from, faults));
  for (const fault of faults) {
    if (fault.kind === 'duplicate' && !lost) {
      const arrivesAt = ms((run.transmissions[id]?.arrivesAt ?? run.now) + fault.after);
      launch(run, { ...departure, sentIn: undefined }, arrivesAt, id);
    }
  }
  return id;
}

/** The faults whose pattern points at this very segment; counts it for all of them. */
function faultsFor(run: Run, departure: Departure): readonly Fault[] {
  const { from, segment, purpose } = departure;
  const hit: Fault[] = [];
  for (const armed of run.faults) {
    const { pattern } = armed.fault;
    if (pattern.from !== from || !isKind(segment, purpose, pattern.kind)) continue;
    if (pattern.port !== undefined && pattern.port !== portAtA(departure)) continue;
    armed.seen += 1;
    if (pattern.which === 'every' || pattern.which === armed.seen) hit.push(armed.fault);
  }
  return hit;
}

function portAtA({ from, fromPort, toPort }: Departure): number {
  return from === 'A' ? fromPort : toPort;
}

function arrivalOf(run: Run, from: HostId, faults: readonly Fault[]): Ms {
  const to = peerOf(from);
  const straight = run.now + run.scenario.delay;
  const late = faults.reduce((sum, fault) => sum + (fault.kind === 'delay' ? fault.by : 0), 0);
  const inOrder = faults.some((fault) => fault.kind === 'delay' && fault.inOrder === true);
  if (late > 0 && !inOrder) return ms(straight + late);
  const held = faults.find((fault) => fault.kind === 'hold');
  if (held !== undefined) {
    const early = (held.left ?? run.now) - run.now;
    return ms(Math.max(straight, held.until - (early > SPACING ? early : 0)));
  }
  const arrivesAt = ms(Math.max(straight + late, run.lastArrival[to] + (run.scenario.spacing ?? SPACING)));
  run.lastArrival[to] = arrivesAt;
  return arrivesAt;
}

function launch(run: Run, departure: Departure, planned: Ms | undefined, copyOf?: number): number {
  const id = run.transmissions.length;
  const changes = (run.scenario.changes ?? []).filter((c) => 'transmission' in c && c.transmission === id);
  const arrivesAt = changes.reduce((at, change) => changedArrival(run, departure.from, at, change), planned);
  const transmission: Transmission = {
    id,
    from: departure.from,
    fromPort: departure.fromPort,
    toPort: departure.toPort,
    segment: departure.segment,
    purpose: departure.purpose,
    sentAt: run.now,
    sentIn: departure.sentIn,
    arrivesAt,
    arrivedIn: undefined,
    lost: arrivesAt === undefined,
    ...(copyOf === undefined ? {} : { copyOf }),
    ...(departure.forged ? { forged: true } : {}),
  };
  run.transmissions.push(transmission);
  if (arrivesAt !== undefined) {
    run.flying.push(id);
    run.flying.sort((a, b) => arrivalTime(run, a) - arrivalTime(run, b));
  }
  for (const change of changes) {
    if (change.kind !== 'duplicate' || arrivesAt === undefined) continue;
    launch(run, { ...departure, sentIn: undefined }, ms(arrivesAt + change.after), id);
  }
  return id;
}

function changedArrival(run: Run, from: HostId, planned: Ms | undefined, change: Change): Ms | undefined {
  switch (change.kind) {
    case 'lose':
      return undefined;
    case 'deliver':
      return planned ?? arrivalOf(run, from, []);
    case 'delay':
      return planned === undefined ? undefined : ms(planned + change.by);
    default:
      return planned;
  }
}

/** When a transmission in flight arrives. */
export function arrivalTime(run: Run, id: number): number {
  return run.transmissions[id]?.arrivesAt ?? Number.POSITIVE_INFINITY;
}
