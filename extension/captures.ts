import * as vscode from 'vscode';
import type { Result } from '../core/result.ts';
import type { Language } from '../core/text.ts';
import { inferTimeline } from '../core/timeline/infer.ts';
import type { Timeline } from '../core/timeline/timeline.ts';
import { type Capture, decodeCapture } from '../core/wire/capture.ts';
import { type Connection, connectionsOf } from '../core/wire/connections.ts';
import type { CaptureIssue } from '../core/wire/pcap.ts';
import { captureIssueText, noTcpText, tooLargeText } from './capture-texts.ts';

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

/** The whole file is held in memory, and each of its segments as an object. */
const MAX_OCTETS = 100_000_000;

/** Reads captures; the one read last is kept while its file stays the same. */
export interface Captures {
  open(uri: vscode.Uri): Promise<OpenCapture>;
}

function problemsOf(
  name: string,
  decoded: Result<Capture, CaptureIssue>,
  language: Language,
): readonly string[] {
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

function leftUnread(uri: vscode.Uri, size: number): OpenCapture {
  const name = nameOf(uri);
  return {
    address: uri.toString(),
    name,
    connections: [],
    timeline: () => undefined,
    problems: (language) => [tooLargeText(name, size, MAX_OCTETS, language)],
  };
}

function openBytes(uri: vscode.Uri, bytes: Uint8Array): OpenCapture {
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
    problems: (language) => problemsOf(name, decoded, language),
  };
}

export function openCaptures(): Captures {
  let last: { readonly stamp: string; readonly capture: OpenCapture } | undefined;
  return {
    async open(uri) {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = `${uri.toString()} ${mtime} ${size}`;
      if (last?.stamp !== stamp) {
        const capture =
          size > MAX_OCTETS ? leftUnread(uri, size) : openBytes(uri, await vscode.workspace.fs.readFile(uri));
        last = { stamp, capture };
      }
      return last.capture;
    },
  };
}
