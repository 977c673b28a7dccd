import * as vscode from 'vscode';
import type { Result } from '../core/result.ts';
import type { Language } from '../core/text.ts';
import { inferTimeline } from '../core/timeline/infer.ts';
import type { Timeline } from '../core/timeline/timeline.ts';
import { type Capture, decodeCapture } from '../core/wire/capture.ts';
import { type Connection, connectionsOf } from '../core/wire/connections.ts';
import type { CaptureIssue } from '../core/wire/pcap.ts';
import {
  brokenGzipText,
  captureIssueText,
  noTcpText,
  tooLargeText,
  tooLargeUnpackedText,
} from './capture-texts.ts';
import { gunzip, isGzip } from './gunzip.ts';

/** A capture file as it was read; what could not be read is an issue, and the rest is there. */
export interface OpenCapture {
  /** Where it is, as text. */
  readonly address: string;
  /** Its bare name. */
  readonly name: string;
  readonly connections: readonly Connection[];
  /** Computed when first asked for; undefined when there is no such connection. */
  timeline(connection: number): Timeline | undefined;
  /** One sentence for each thing amiss: file, place, remedy. */
  problems(language: Language): readonly string[];
}

/** The whole file is held in memory, unpacked, and each of its segments as an object. */
const MAX_OCTETS = 100_000_000;

/** Reads captures; the one read last is kept while its file stays the same. */
export interface Captures {
  open(uri: vscode.Uri): Promise<OpenCapture>;
}

function problemsOf(
  name: string,
  decoded: Result<Capture, CaptureIssue>,
  unpacking: 'whole' | 'broken',
  language: Language,
): readonly string[] {
  // What is amiss behind broken packing comes from there: one message.
  if (unpacking === 'broken') return [brokenGzipText(name, decoded.ok ? decoded.value.frames : 0, language)];
  if (!decoded.ok) return [captureIssueText(name, decoded.error, language)];
  const { issue, packets, frames } = decoded.value;
  return [
    ...(issue === undefined ? [] : [captureIssueText(name, issue, language)]),
    ...(packets.length === 0 && issue === undefined ? [noTcpText(name, frames, language)] : []),
  ];
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

function openBytes(uri: vscode.Uri, bytes: Uint8Array, unpacking: 'whole' | 'broken'): OpenCapture {
  const name = nameOf(uri);
  const decoded = decodeCapture(bytes);
  const connections = decoded.ok ? connectionsOf(decoded.value.packets) : [];
  const timelines = new Map<number, Timeline>();
  return {
    address: uri.toString(),
    name,
    connections,
    timeline(index) {
      const connection = connections[index];
      if (connection === undefined) return undefined;
      const timeline = timelines.get(index) ?? inferTimeline(connection);
      timelines.set(index, timeline);
      return timeline;
    },
    problems: (language) => problemsOf(name, decoded, unpacking, language),
  };
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
