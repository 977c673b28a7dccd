import { fail, ok, type Result } from '../core/result.ts';
import { timelineText } from '../core/timeline/text.ts';
import { type CaptureIndexer, captureIndexer } from '../core/wire/capture-index.ts';
import { connectionRow } from '../core/wire/connection-row.ts';
import { type ConnectionView, connectionReader } from '../core/wire/connection-view.ts';
import type { CaptureIssue } from '../core/wire/issue.ts';
import { takeApart, wholeNumber } from './arguments.ts';
import { feed } from './capture-source.ts';
import { jsonOf, textOf } from './connection-lines.ts';
import { exactLives } from './exact-lives.ts';
import { done, misused, type Outcome, problems } from './outcome.ts';

/** `connections CAPTURE [--json]` and `show CAPTURE [--connection N] [--from N] [--count N]`. */
export async function captureCommand(
  command: 'connections' | 'show',
  argv: readonly string[],
): Promise<Outcome> {
  const parsed = takeApart(
    argv,
    command === 'show'
      ? { connection: { type: 'string' }, from: { type: 'string' }, count: { type: 'string' } }
      : { json: { type: 'boolean' } },
  );
  if (!parsed.ok) return parsed.error;
  const { files, text, flag } = parsed.value;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return misused(`${command} needs one capture file.`);
  const most = 1_000_000_000;
  const wanted = wholeNumber('connection', text('connection'), { or: 1, from: 1, to: most });
  const from = wholeNumber('from', text('from'), { or: 1, from: 1, to: most });
  const count = wholeNumber('count', text('count'), { or: MOST_SHOWN, from: 1, to: MOST_SHOWN });
  if (!wanted.ok) return wanted.error;
  if (!from.ok) return from.error;
  if (!count.ok) return count.error;

  if (command === 'show') return show(file, wanted.value, from.value - 1, count.value);
  const kept = keeper();
  const opened = await readCapture(file, kept.push);
  if (!opened.ok) return opened.error;
  const { indexer, amiss } = opened.value;
  const lives = exactLives(kept.octets(), indexer);
  const line = flag('json') ? jsonOf : textOf;
  const rows = indexer.conversations.map((one) => connectionRow(indexer, one));
  return done(rows.map((row, place) => `${line(row, place, lives?.[place])}\n`).join(''), amiss);
}

/** Segments that are shown at once: each is inferred with its endpoints. */
export const MOST_SHOWN = 10_000;

async function show(file: string, number: number, from: number, count: number): Promise<Outcome> {
  const opened = await openConnection(file, number);
  if (!opened.ok) return opened.error;
  const { view, amiss } = opened.value;
  if (from >= view.count())
    return problems(`${file}: this connection has ${view.count()} segments, none at number ${from + 1}.`);
  const to = Math.min(from + count, view.count());
  const part = to - from === view.count() ? '' : `# segments ${from + 1} to ${to} of ${view.count()}\n`;
  return done(part + timelineText(view.timeline(from, to)), amiss);
}

/** One connection of a capture, by its number from 1, and what is amiss with the file. */
export async function openConnection(
  file: string,
  number: number,
): Promise<Result<{ readonly view: ConnectionView; readonly amiss: string }, Outcome>> {
  const opened = await readCapture(file, () => undefined);
  if (!opened.ok) return opened;
  const { indexer, amiss } = opened.value;
  const chosen = indexer.conversations.at(number - 1);
  if (chosen === undefined) {
    const { length } = indexer.conversations;
    return fail(
      problems(`${file}: there is no connection ${number}, it has ${length}; see handshake connections.`),
    );
  }
  const reader = connectionReader(chosen);
  await feed(file, reader.indexer.push);
  reader.indexer.end();
  const view = reader.view();
  return view === undefined ? fail(problems(`${file}: ${READ_TWICE}`)) : ok({ view, amiss });
}

const READ_TWICE =
  'it is read twice, and the second time it held something else; write it to a file first, if it comes from a pipe.';

interface ReadCapture {
  readonly indexer: CaptureIndexer;
  readonly amiss: string;
}

/** Reads the whole file, connection by connection; an outcome when it has nothing to tell. */
async function readCapture(
  file: string,
  keep: (chunk: Uint8Array) => void,
): Promise<Result<ReadCapture, Outcome>> {
  const indexer = captureIndexer();
  const fed = await feed(file, (chunk) => {
    keep(chunk);
    return indexer.push(chunk);
  });
  if (!fed.ok) return fail(problems(fed.error));
  const read = indexer.end();
  if (!read.ok) return fail(problems(fed.value.issue ?? issueText(file, read.error)));
  const { issue, frames } = read.value;
  const says = fed.value.issue ?? (issue && issueText(file, issue));
  if (indexer.conversations.length > 0) return ok({ indexer, amiss: says === undefined ? '' : `${says}\n` });
  return fail(
    problems(
      ...(says === undefined ? [] : [says]),
      `${file}: there is no TCP segment in it (frames: ${frames}); capture TCP traffic, for example: tcpdump -w FILE.pcap tcp.`,
    ),
  );
}

function issueText(file: string, { offset, message }: CaptureIssue): string {
  return `${file}: byte ${offset}: ${message}`;
}

/** Octets of a small file, for a closer look. */
const MOST_KEPT = 16 << 20;

function keeper(): { push(chunk: Uint8Array): void; octets(): Uint8Array | undefined } {
  let parts: Uint8Array[] | undefined = [];
  let size = 0;
  return {
    push(chunk) {
      size += chunk.length;
      if (size > MOST_KEPT) parts = undefined;
      parts?.push(chunk.slice());
    },
    octets: () => parts && new Uint8Array(Buffer.concat(parts, size)),
  };
}
