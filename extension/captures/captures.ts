import * as vscode from 'vscode';
import { sliced } from '../slices.ts';
import { type CaptureContents, readContents } from './capture-contents.ts';
import { type ReadOctets, readUnpacked } from './octet-source.ts';

/** What a capture file holds, and which one it is. */
export interface OpenCapture extends CaptureContents {
  /** Where it is, as text. */
  readonly address: string;
  /** Its bare name. */
  readonly name: string;
  /** Octets of the file. */
  readonly size: number;
  /** Fires now and then while the capture is read, and at the end. */
  readonly onDidRead: vscode.Event<void>;
}

/** Reads captures; the one read last is kept while its file stays the same. */
export interface Captures {
  /** Resolves once reading has begun; `done` of the capture once it is over. */
  open(uri: vscode.Uri): Promise<OpenCapture>;
  /** Nobody looks at it any more: reading ends, and what was not read whole is read anew when it is next asked for. */
  letGo(capture: OpenCapture): void;
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').pop() ?? uri.path;
}

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 250;

function openFile(uri: vscode.Uri, size: number, read: ReadOctets): OpenCapture {
  const emitter = new vscode.EventEmitter<void>();
  const name = nameOf(uri);
  const pause = sliced(() => false);
  let reported = performance.now();
  const contents = readContents(
    name,
    (push, rest) => readUnpacked(read, uri, push, rest),
    pause,
    () => {
      if (contents.reading() !== undefined && performance.now() - reported < REPORT_EVERY) return;
      reported = performance.now();
      emitter.fire();
    },
  );
  return { address: uri.toString(), name, size, onDidRead: emitter.event, ...contents };
}

export function openCaptures(read: ReadOctets): Captures {
  let last: { readonly stamp: string; readonly capture: OpenCapture } | undefined;
  return {
    async open(uri) {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = `${uri.toString()} ${mtime} ${size}`;
      if (last?.stamp !== stamp) {
        // A file that grows is read anew: what an earlier version of it held is no longer asked for.
        if (last?.capture.address === uri.toString()) last.capture.cancel();
        const opened = { stamp, capture: openFile(uri, size, read) };
        last = opened;
        opened.capture.done.catch(() => {
          if (last === opened) last = undefined; // the next one may try again
        });
      }
      return last.capture;
    },
    letGo(capture) {
      capture.cancel();
      if (capture.stopped() && last?.capture === capture) last = undefined;
    },
  };
}
