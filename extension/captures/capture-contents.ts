// What a capture file holds as it is read, and any connection of it. Knows no editor.

import type { Result } from '../../core/result.ts';
import type { Language } from '../../core/text.ts';
import { type CaptureIndexer, captureIndexer } from '../../core/wire/capture-index.ts';
import { type ConnectionRow, connectionRow, openerOf } from '../../core/wire/connection-row.ts';
import { type ConnectionView, connectionReader } from '../../core/wire/connection-view.ts';
import type { Conversation } from '../../core/wire/conversation.ts';
import type { FramesRead } from '../../core/wire/frames.ts';
import type { CaptureIssue } from '../../core/wire/issue.ts';
import { brokenGzipText, captureIssueText, noTcpText, stoppedText, tooLargeText } from './capture-texts.ts';
import type { FileEnd } from './octet-source.ts';

/**
 * Reads the file from its beginning.
 *
 * @param push - takes unpacked octets; false when no more are wanted
 * @param pause - awaited between the pieces, told how much of the file is read; false stops
 */
export type ReadFile = (
  push: (chunk: Uint8Array) => boolean,
  pause: (taken: number) => Promise<boolean>,
) => Promise<FileEnd>;

/** A capture while and after it is read; what could not be read is an issue, and the rest is there. */
export interface CaptureContents {
  /** Connections so far. */
  count(): number;
  row(place: number): ConnectionRow | undefined;
  /** Octets of the file read so far; undefined once reading is over. */
  reading(): number | undefined;
  /**
   * Reads the connection's segments out of the file; undefined when there is no such connection.
   *
   * @param upTo - resolves once so many segments are read, while reading goes on; default: all
   */
  view(connection: number, upTo?: number): Promise<ConnectionView | undefined>;
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
  let fileEnd: FileEnd = 'whole';
  let result: Result<FramesRead, CaptureIssue> | undefined;
  let last: { readonly connection: number; readonly opening: Opening } | undefined;

  async function readAll(): Promise<void> {
    fileEnd = await read(indexer.push, async (octets) => {
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
    async view(connection, upTo = Number.POSITIVE_INFINITY) {
      if (last?.connection !== connection) {
        last?.opening.stop();
        last = undefined;
        const wanted = indexer.conversations.at(connection);
        if (wanted === undefined) return undefined;
        last = { connection, opening: openView(indexer, wanted, read, pause) };
      }
      const asked = last;
      try {
        return await asked.opening.view(upTo);
      } catch (error) {
        if (last === asked) last = undefined; // the next one may try again
        throw error;
      }
    },
    problems(language) {
      const halted = stopped ? [stoppedText(name, indexer.octets(), language)] : [];
      if (result === undefined) return halted;
      if (typeof fileEnd === 'object') return [tooLargeText(name, fileEnd, language)];
      // What is amiss behind broken packing comes from there: one message.
      const frames = result.ok ? result.value.frames : 0;
      if (fileEnd === 'broken') return [brokenGzipText(name, frames, language)];
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

/** The file being read once more, for the segments of one connection. */
interface Opening {
  /** Resolves once so many segments are read, or all. */
  view(upTo: number): Promise<ConnectionView | undefined>;
  /** Another connection is looked at: unless someone waits for more of this one, it need not be read on. */
  stop(): void;
}

function openView(
  indexer: CaptureIndexer,
  wanted: Conversation,
  read: ReadFile,
  pause: () => Promise<void> | undefined,
): Opening {
  const known = { row: connectionRow(indexer, wanted), opener: openerOf(wanted) };
  const reader = connectionReader({ flow: wanted.flow, turn: wanted.turn }, known);
  let waiting: { readonly upTo: number; readonly reached: () => void }[] = [];
  let stopped = false;
  const tell = () => {
    const reached = waiting.filter(({ upTo }) => reader.segments() >= upTo);
    waiting = waiting.filter((one) => !reached.includes(one));
    for (const one of reached) one.reached();
  };
  const whole = read(reader.indexer.push, async () => {
    tell();
    await pause();
    return !stopped;
  }).then(() => void reader.indexer.end());
  whole.catch(() => undefined); // who waits hears of it
  return {
    async view(upTo) {
      if (reader.segments() < upTo) {
        const reached = new Promise<void>((resolve) => {
          waiting.push({ upTo, reached: resolve });
        });
        await Promise.race([whole, reached]);
      }
      return reader.view();
    },
    stop: () => {
      stopped = waiting.length === 0;
    },
  };
}
