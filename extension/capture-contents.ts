// What a capture file holds once its octets are there, and how much of it is shown. Knows no editor.

import type { Language } from '../core/text.ts';
import { inferTimeline } from '../core/timeline/infer.ts';
import type { Timeline } from '../core/timeline/timeline.ts';
import { decodeCapture } from '../core/wire/capture.ts';
import { type Connection, connectionsOf } from '../core/wire/connections.ts';
import {
  brokenGzipText,
  captureIssueText,
  manyConnectionsText,
  noTcpText,
  tooLongText,
} from './capture-texts.ts';

/** A capture file as it was read; what could not be read is an issue, and the rest is there. */
export interface CaptureContents {
  /** The first ones, up to {@link MOST_CONNECTIONS}. */
  readonly connections: readonly Connection[];
  /** Of its first {@link MOST_SEGMENTS}; computed when first asked for; undefined when there is no such connection. */
  timeline(connection: number): Timeline | undefined;
  /** One sentence for each thing amiss with the file, or with the drawing of that connection. */
  problems(language: Language, connection?: number): readonly string[];
}

/** Segments of one connection that are inferred and drawn: more can neither be read nor posted at once. */
export const MOST_SEGMENTS = 2000;
/** Connections that are listed. */
export const MOST_CONNECTIONS = 1000;

/**
 * Reads a capture in a few pieces.
 *
 * @param unpacking - `broken`: what is amiss with the octets comes from their packing
 * @param pause - awaited between the pieces
 */
export async function readContents(
  name: string,
  octets: Uint8Array,
  unpacking: 'whole' | 'broken',
  pause: () => Promise<void> | undefined,
): Promise<CaptureContents> {
  const decoded = decodeCapture(octets);
  await pause();
  const found = decoded.ok ? connectionsOf(decoded.value.packets) : [];
  await pause();
  const connections = found.slice(0, MOST_CONNECTIONS);
  const timelines = new Map<number, Timeline>();

  function ofFile(language: Language): readonly string[] {
    // What is amiss behind broken packing comes from there: one message.
    if (unpacking === 'broken')
      return [brokenGzipText(name, decoded.ok ? decoded.value.frames : 0, language)];
    if (!decoded.ok) return [captureIssueText(name, decoded.error, language)];
    const { issue, packets, frames } = decoded.value;
    return [
      ...(issue === undefined ? [] : [captureIssueText(name, issue, language)]),
      ...(packets.length === 0 && issue === undefined ? [noTcpText(name, frames, language)] : []),
    ];
  }

  return {
    connections,
    timeline(index) {
      const connection = connections[index];
      if (connection === undefined) return undefined;
      const timeline = timelines.get(index) ?? inferTimeline(beginningOf(connection));
      timelines.set(index, timeline);
      return timeline;
    },
    problems(language, index) {
      const segments = connections[index ?? -1]?.sightings.length ?? 0;
      return [
        ...ofFile(language),
        ...(found.length > connections.length
          ? [manyConnectionsText(name, found.length, connections.length, language)]
          : []),
        ...(segments > MOST_SEGMENTS ? [tooLongText(name, segments, MOST_SEGMENTS, language)] : []),
      ];
    },
  };
}

/** A prefix is what the tap would have seen, had it been taken away then: as good a capture as the whole. */
function beginningOf(connection: Connection): Connection {
  return { ...connection, sightings: connection.sightings.slice(0, MOST_SEGMENTS) };
}
