import * as vscode from 'vscode';
import type { Language } from '../core/text.ts';
import { sliced } from './authoring/slices.ts';
import { type CaptureContents, readContents } from './capture-contents.ts';
import { tooLargeText, tooLargeUnpackedText } from './capture-texts.ts';
import { gunzip, isGzip } from './gunzip.ts';

/** What a capture file holds, and which one it is. */
export interface OpenCapture extends CaptureContents {
  /** Where it is, as text. */
  readonly address: string;
  /** Its bare name. */
  readonly name: string;
}

/** The whole file is held in memory, unpacked, and each of its segments as an object. */
const MAX_OCTETS = 100_000_000;

/** Reads captures; the one read last is kept while its file stays the same. */
export interface Captures {
  open(uri: vscode.Uri): Promise<OpenCapture>;
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').pop() ?? uri.path;
}

function leftUnread(uri: vscode.Uri, problem: (name: string, language: Language) => string): OpenCapture {
  const name = nameOf(uri);
  return {
    address: uri.toString(),
    name,
    connections: [],
    timeline: () => undefined,
    problems: (language) => [problem(name, language)],
  };
}

async function openFile(uri: vscode.Uri, size: number): Promise<OpenCapture> {
  if (size > MAX_OCTETS)
    return leftUnread(uri, (name, language) => tooLargeText(name, size, MAX_OCTETS, language));
  const bytes = await vscode.workspace.fs.readFile(uri);
  if (!isGzip(bytes)) return openBytes(uri, bytes, 'whole');
  const { octets, end } = await gunzip(bytes, MAX_OCTETS);
  if (end === 'too-large')
    return leftUnread(uri, (name, language) => tooLargeUnpackedText(name, MAX_OCTETS, language));
  return openBytes(uri, octets, end);
}

async function openBytes(
  uri: vscode.Uri,
  bytes: Uint8Array,
  unpacking: 'whole' | 'broken',
): Promise<OpenCapture> {
  const name = nameOf(uri);
  const contents = await readContents(
    name,
    bytes,
    unpacking,
    sliced(() => false),
  );
  return { address: uri.toString(), name, ...contents };
}

export function openCaptures(): Captures {
  let last: { readonly stamp: string; readonly capture: OpenCapture } | undefined;
  return {
    async open(uri) {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = `${uri.toString()} ${mtime} ${size}`;
      if (last?.stamp !== stamp) {
        last = { stamp, capture: await openFile(uri, size) };
      }
      return last.capture;
    },
  };
}
