import * as vscode from 'vscode';
import type { LabPanel } from '../lab/lab-panel.ts';
import { captureSubject } from '../lab/lab-text.ts';
import type { LessonPanel } from '../lessons/lesson-panel.ts';
import type { CaptureResume } from '../lessons/resume.ts';
import { linkWebview, type SubjectHandlers, type WebviewParts } from '../panels/webview-link.ts';
import { makePack } from './capture-pack.ts';
import { captureScreen, PART } from './capture-screen.ts';
import { FIRST_ROWS } from './capture-table.ts';
import { CAPTURE_VIEW, type Choices, OTHER_CAPTURE_VIEW } from './capture-view.ts';
import type { Captures, OpenCapture } from './captures.ts';

/** Milliseconds that a file may take to be read before it is shown as far as it is read. */
const AT_ONCE = 300;
/** Milliseconds between two readings of a file that is being written. */
const FOLLOW_EVERY = 1000;

interface CaptureDocument extends vscode.CustomDocument {
  capture: OpenCapture;
}

/** Calls `changed` whenever the file was written again, where its file system can tell. */
function watchFile(uri: vscode.Uri, changed: () => void): readonly vscode.Disposable[] {
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(folder.path.length).replace(/^\//, '');
  // A glob cannot take these signs literally: any sign may stand in their place, and the address decides.
  const pattern = name.replace(/[[\]{}*?]/g, '?');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
  const hear = (written: vscode.Uri) => {
    if (written.toString() === uri.toString()) changed();
  };
  return [watcher, watcher.onDidChange(hear), watcher.onDidCreate(hear)];
}

/** Connects one editor to its capture until it is closed. */
function resolveEditor(
  document: CaptureDocument,
  editor: vscode.WebviewPanel,
  parts: WebviewParts,
  captures: Captures,
  choices: Choices,
  panel: LessonPanel,
  lab: LabPanel,
): void {
  const { guard } = parts;
  let table = FIRST_ROWS;
  let from = 0;
  let drawn = 0;

  async function draw(): Promise<void> {
    const { capture } = document;
    const connection = Math.min(choices.of(capture.address), Math.max(0, capture.count() - 1));
    const resume: CaptureResume = { version: 1, kind: 'capture', address: capture.address, connection };
    const turn = ++drawn;
    const view = capture.reading() === undefined ? await capture.view(connection, from + PART) : undefined;
    if (turn !== drawn) return; // something newer is on its way
    const look = { connection, from, table };
    link.show({ screen: captureScreen(capture, view, look, parts.settings.preferences().language), resume });
  }
  const show = () => guard(draw);
  const handlers: SubjectHandlers<'capture'> = {
    'capture/choose': ({ connection }) => {
      if (connection >= document.capture.count()) return;
      choices.set(document.capture.address, connection);
      from = 0;
      show();
    },
    'capture/rows': ({ wish }) => {
      table = wish;
      show();
    },
    'capture/part': ({ from: first }) => {
      from = first;
      show();
    },
    'capture/stop': () => document.capture.cancel(),
    'capture/pack': ({ connection }) =>
      guard(async () => {
        const view = await document.capture.view(connection);
        if (view !== undefined) await makePack(document.capture, connection, view);
      }),
    'capture/drill': ({ connection }) =>
      guard(() => panel.open({ version: 1, kind: 'capture', address: document.capture.address, connection })),
    'capture/what-if': ({ connection }) => {
      if (connection >= document.capture.count()) return;
      guard(() => lab.open(captureSubject(document.capture.address, connection)));
    },
  };
  const link = linkWebview(CAPTURE_VIEW, editor, parts, handlers);
  let closed = false;
  let following: ReturnType<typeof setTimeout> | undefined;
  /** A capture that is being written changes all the time: it is read anew once in a while. */
  function followFile(): void {
    following ??= setTimeout(() => {
      following = undefined;
      guard(async () => {
        const capture = await captures.open(document.uri);
        if (closed) return;
        document.capture = capture;
        hear();
        await draw();
      });
    }, FOLLOW_EVERY);
  }
  let reading: vscode.Disposable | undefined;
  function hear(): void {
    reading?.dispose();
    const { capture } = document;
    reading = capture.onDidRead(show);
    guard(() => capture.done);
  }
  hear();
  const subscriptions = [
    link,
    { dispose: () => reading?.dispose() },
    { dispose: () => clearTimeout(following) },
    parts.settings.onDidChange(show),
    ...watchFile(document.uri, followFile),
  ];
  editor.onDidDispose(() => {
    closed = true;
    vscode.Disposable.from(...subscriptions).dispose();
  });
  show();
}

/** Shows capture files: their connections, each drawn, each ready to be asked about. */
export function registerCaptureEditor(
  parts: WebviewParts,
  captures: Captures,
  choices: Choices,
  panel: LessonPanel,
  lab: LabPanel,
): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider<CaptureDocument> = {
    async openCustomDocument(uri) {
      const capture = await captures.open(uri);
      // A small file is read in no time: showing it half read would only flicker.
      await Promise.race([capture.done, new Promise((resolve) => setTimeout(resolve, AT_ONCE))]);
      const document: CaptureDocument = { uri, capture, dispose: () => captures.letGo(document.capture) };
      return document;
    },
    resolveCustomEditor: (document, editor) =>
      resolveEditor(document, editor, parts, captures, choices, panel, lab),
  };
  const register = (viewType: string) =>
    vscode.window.registerCustomEditorProvider(viewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    });
  return vscode.Disposable.from(register(CAPTURE_VIEW), register(OTHER_CAPTURE_VIEW));
}
