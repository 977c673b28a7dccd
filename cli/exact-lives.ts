import type { TcpState } from '../core/tcp/states.ts';
import { inferTimeline } from '../core/timeline/infer.ts';
import { HOSTS, type HostId, type Timeline } from '../core/timeline/timeline.ts';
import { decodeCapture } from '../core/wire/capture.ts';
import type { CaptureIndexer } from '../core/wire/capture-index.ts';
import { connectionsOf } from '../core/wire/connections.ts';

/** A connection stepped segment by segment through the rules of core/tcp. */
export interface ExactLife {
  readonly finalStates: Readonly<Record<HostId, TcpState>>;
  /** What the capture could not know, by reason, with the number of steps. */
  readonly doubts: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly forged: number;
}

/** Beyond these the states that the segments show have to do: stepping takes some microseconds and a kilobyte each. */
const MOST_SEGMENTS = 50_000;

/** The life of each connection, in the order of the index; undefined when the capture is too large for that. */
export function exactLives(
  octets: Uint8Array | undefined,
  indexer: CaptureIndexer,
): readonly ExactLife[] | undefined {
  if (octets === undefined || indexer.segments() > MOST_SEGMENTS) return undefined;
  const decoded = decodeCapture(octets);
  if (!decoded.ok) return undefined;
  const connections = connectionsOf(decoded.value.packets);
  if (connections.length !== indexer.conversations.length) return undefined;
  return connections.map((connection) => lifeOf(inferTimeline(connection)));
}

function lifeOf(timeline: Timeline): ExactLife {
  const [A, B] = HOSTS.map((host) => lastState(timeline, host));
  return {
    finalStates: { A: A ?? 'CLOSED', B: B ?? 'CLOSED' },
    doubts: countBy(timeline.steps.flatMap(({ doubt }) => doubt ?? [])),
    lost: timeline.transmissions.filter(({ lost }) => lost).length,
    forged: timeline.transmissions.filter(({ forged }) => forged === true).length,
  };
}

function lastState(timeline: Timeline, host: HostId): TcpState {
  const own = timeline.steps.filter((step) => step.host === host);
  // What comes when its socket is gone meets nobody, or the listener: neither is an end of the connection.
  const last = own.findLast(({ socket }) => socket !== `${host}0`) ?? own.at(-1);
  return last?.after.state ?? 'CLOSED';
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
