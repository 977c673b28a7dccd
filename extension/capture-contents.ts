// What a capture file holds as it is read, and any connection of it. Knows no editor.

import type { Result } from '../core/result.ts';
import type { Language } from '../core/text.ts';
import { type CaptureIndexer, captureIndexer } from '../core/wire/capture-index.ts';
import { type ConnectionRow, connectionRow } from '../core/wire/connection-row.ts';
import { type ConnectionView, connectionReader } from '../core/wire/connection-view.ts';
import type { FramesRead } from '../core/wire/frames.ts';
import type { CaptureIssue } from '../core/wire/issue.ts';
import { brokenGzipText, captureIssueText, noTcpText, stoppedText } from './capture-texts.ts';

/**
 * Reads the file from its beginning.
 *
 * @param push - takes unpacked octets; false when no more are wanted
 * @param pause - awaited between the pieces, told how much of the file is read; false stops
 */
export type ReadFile = (
  push: (chunk: Uint8Array) => boolean,
  pause: (taken: number) => Promise<boolean>,
) => Promise<'whole' | 'broken'>;

/** A capture while and after it is read; what could not be read is an issue, and the rest is there. */
export interface CaptureContents {
  /** Connections so far. */
  count(): number;
  row(place: number): ConnectionRow | undefined;
  /** Octets of the file read so far; undefined once reading is over. */
  reading(): number | undefined;
  /** Reads the connection's segments out of the file; undefined when there is no such connection. */
  view(connection: number): Promise<ConnectionView | undefined>;
  /** One sentence for each thing amiss with the file. */
  problems(language: Language): readonly string[];
  /** Stops reading, if it still goes on; what was read stays. */
  cancel(): void;
  /** Whether reading was stopped before the end. */
  stopped(): boolean;
  /** Resolves once reading is over. */
  readonly done: Promise<void>;
}

/** Begins to read a capture. `changed` is called now and then while more of it is known, and at the end. */
export function readContents(
  name: string,
  read: ReadFile,
  pause: () => Promise<void> | undefined,
  changed: () => void = () => undefined,
): CaptureContents {
  const indexer = captureIndexer();
  let taken: number | undefined = 0;
  let stopped = false;
  let packing: 'whole' | 'broken' = 'whole';
  let result: Result<FramesRead, CaptureIssue> | undefined;
  let last: { readonly connection: number; readonly view: Promise<ConnectionView | undefined> } | undefined;

  async function readAll(): Promise<void> {
    packing = await read(indexer.push, async (octets) => {
      taken = octets;
      changed();
      await pause();
      return !stopped;
    });
    result = indexer.end();
    taken = undefined;
    changed();
  }

  const done = readAll();
  return {
    done,
    count: () => indexer.conversations.length,
    row: (place) => rowOf(indexer, place),
    reading: () => taken,
    cancel() {
      if (taken !== undefined) stopped = true;
    },
    stopped: () => stopped,
    view(connection) {
      if (last?.connection === connection) return last.view;
      const asked = { connection, view: openView(indexer, connection, read, pause) };
      last = asked;
      asked.view.catch(() => {
        if (last === asked) last = undefined; // the next one may try again
      });
      return asked.view;
    },
    problems(language) {
      const halted = stopped ? [stoppedText(name, indexer.octets(), language)] : [];
      if (result === undefined) return halted;
      // What is amiss behind broken packing comes from there: one message.
      const frames = result.ok ? result.value.frames : 0;
      if (packing === 'broken') return [brokenGzipText(name, frames, language)];
      if (stopped) return halted;
      if (!result.ok) return [captureIssueText(name, result.error, language)];
      const { issue } = result.value;
      if (issue !== undefined) return [captureIssueText(name, issue, language)];
      return indexer.conversations.length === 0 ? [noTcpText(name, frames, language)] : [];
    },
  };
}

function rowOf(indexer: CaptureIndexer, place: number): ConnectionRow | undefined {
  const conversation = indexer.conversations.at(place);
  return conversation === undefined ? undefined : connectionRow(indexer, conversation);
}

/** Reads the file once more, for the segments of one connection. */
async function openView(
  indexer: CaptureIndexer,
  connection: number,
  read: ReadFile,
  pause: () => Promise<void> | undefined,
): Promise<ConnectionView | undefined> {
  const wanted = indexer.conversations.at(connection);
  if (wanted === undefined) return undefined;
  const reader = connectionReader(wanted);
  await read(reader.indexer.push, async () => {
    await pause();
    return true;
  });
  reader.indexer.end();
  return reader.view();
}
