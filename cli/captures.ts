import { timelineText } from '../core/timeline/text.ts';
import { type CaptureIndexer, captureIndexer } from '../core/wire/capture-index.ts';
import { connectionRow } from '../core/wire/connection-row.ts';
import { connectionReader } from '../core/wire/connection-view.ts';
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

  const kept = keeper();
  const opened = await readCapture(file, kept.push);
  if (!opened.ok) return opened.error;
  const { indexer, amiss } = opened;
  if (command === 'connections') {
    const lives = exactLives(kept.octets(), indexer);
    const line = flag('json') ? jsonOf : textOf;
    const rows = indexer.conversations.map((one) => connectionRow(indexer, one));
    return done(rows.map((row, place) => `${line(row, place, lives?.[place])}\n`).join(''), amiss);
  }
  const chosen = indexer.conversations.at(wanted.value - 1);
  if (chosen === undefined) {
    return problems(
      `${file}: there is no connection ${wanted.value}, it has ${indexer.conversations.length}; see handshake connections.`,
    );
  }
  return show(file, chosen, from.value - 1, count.value, amiss);
}

/** Segments that are shown at once: each is inferred with its endpoints. */
const MOST_SHOWN = 10_000;

async function show(
  file: string,
  wanted: { readonly flow: number; readonly turn: number },
  from: number,
  count: number,
  amiss: string,
): Promise<Outcome> {
  const reader = connectionReader(wanted);
  await feed(file, reader.indexer.push);
  reader.indexer.end();
  const view = reader.view();
  if (view === undefined || from >= view.count())
    return problems(
      `${file}: this connection has ${view?.count() ?? 0} segments, none at number ${from + 1}.`,
    );
  const to = Math.min(from + count, view.count());
  const part = to - from === view.count() ? '' : `# segments ${from + 1} to ${to} of ${view.count()}\n`;
  return done(part + timelineText(view.timeline(from, to)), amiss);
}

type Read =
  | { readonly ok: true; readonly indexer: CaptureIndexer; readonly amiss: string }
  | { readonly ok: false; readonly error: Outcome };

/** Reads the whole file, connection by connection; an outcome when it has nothing to tell. */
async function readCapture(file: string, keep: (chunk: Uint8Array) => void): Promise<Read> {
  const indexer = captureIndexer();
  const fed = await feed(file, (chunk) => {
    keep(chunk);
    return indexer.push(chunk);
  });
  if (!fed.ok) return { ok: false, error: problems(fed.error) };
  const read = indexer.end();
  if (!read.ok) return { ok: false, error: problems(fed.value.issue ?? issueText(file, read.error)) };
  const { issue, frames } = read.value;
  const says = fed.value.issue ?? (issue && issueText(file, issue));
  if (indexer.conversations.length > 0)
    return { ok: true, indexer, amiss: says === undefined ? '' : `${says}\n` };
  return {
    ok: false,
    error: problems(
      ...(says === undefined ? [] : [says]),
      `${file}: there is no TCP segment among its ${frames} frames; capture TCP traffic, for example: tcpdump -w FILE.pcap tcp.`,
    ),
  };
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
