import * as vscode from 'vscode';
import type { Analysis, Checker } from '../../quizzes/authoring/check.ts';
import type { Guard } from '../guard.ts';
import { isPack } from '../packs/find-packs.ts';
import { readerBeside, watchNamedFiles } from '../packs/pack-library.ts';
import { Stopped, sliced } from '../slices.ts';

/** Providers are registered by the name of the file: whether another extension knows YAML makes no difference. */
export const PACK_SELECTOR: vscode.DocumentSelector = { pattern: '**/*.tcpquiz.yaml' };

/** Packs that are open in an editor, each understood again whenever it rests for a moment. */
export interface PackTexts extends vscode.Disposable {
  /** As it was understood last, perhaps in an earlier version; undefined before the first time and once it is closed. */
  analysisOf(uri: vscode.Uri): Analysis | undefined;
  /** The analysis of the text as it stands now; waits for it. Undefined when the document is closed meanwhile. */
  current(document: vscode.TextDocument): Promise<Analysis | undefined>;
  /** Decides the numbers of previews and hovers. */
  seedOf(uri: vscode.Uri): number;
  newSeed(uri: vscode.Uri): void;
  /** A pack was understood anew, has another seed, or is closed. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

interface Open {
  readonly document: vscode.TextDocument;
  checker: Checker | undefined;
  analysis: Analysis | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts checks; a check that is not the newest stops. */
  turn: number;
}

/** Milliseconds without a keystroke before a check begins. */
const REST = 150;

export function openPackTexts(guard: Guard): PackTexts {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = new Map<string, Open>();
  const seeds = new Map<string, number>();

  async function check(one: Open): Promise<void> {
    const turn = ++one.turn;
    const { document } = one;
    if (one.checker === undefined) {
      const { openChecker } = await import('../../quizzes/authoring/check.ts');
      one.checker = openChecker();
    }
    const show = (analysis: Analysis) => {
      if (one.turn !== turn) return; // of a text that is gone
      one.analysis = analysis;
      changed.fire(document.uri);
    };
    try {
      const analysis = await one.checker.check(document.getText(), {
        file: vscode.workspace.asRelativePath(document.uri),
        readFile: readerBeside(document.uri),
        pause: sliced(() => one.turn !== turn),
        early: show,
      });
      show(analysis);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }

  function schedule(one: Open, rest: number): void {
    // What is running is about a text that is gone.
    one.turn += 1;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => guard(() => check(one)), rest);
  }

  function opened(document: vscode.TextDocument): Open | undefined {
    if (!isPack(document.uri) || document.isClosed) return undefined;
    const key = document.uri.toString();
    const known = open.get(key);
    if (known?.document === document) return known;
    const one: Open = {
      document,
      checker: undefined,
      analysis: undefined,
      timer: undefined,
      turn: 0,
    };
    open.set(key, one);
    schedule(one, 0);
    return one;
  }

  function closed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const one = open.get(key);
    if (one?.document !== document) return;
    one.turn += 1;
    clearTimeout(one.timer);
    open.delete(key);
    changed.fire(document.uri);
  }

  /** A script or a capture beside a pack has come, gone, or changed. */
  function checkAll(): void {
    for (const one of open.values()) schedule(one, REST);
  }

  for (const document of vscode.workspace.textDocuments) opened(document);
  const subscriptions = [
    changed,
    watchNamedFiles(checkAll),
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.workspace.onDidCloseTextDocument(closed),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const one = opened(document);
      if (one !== undefined && contentChanges.length > 0) schedule(one, REST);
    }),
  ];
  return {
    analysisOf: (uri) => open.get(uri.toString())?.analysis,
    async current(document) {
      const one = opened(document);
      while (one !== undefined && open.get(document.uri.toString()) === one) {
        if (one.analysis?.text === document.getText()) return one.analysis;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return undefined;
    },
    seedOf: (uri) => seeds.get(uri.toString()) ?? 1,
    newSeed(uri) {
      seeds.set(uri.toString(), (seeds.get(uri.toString()) ?? 1) + 1);
      changed.fire(uri);
    },
    onDidChange: changed.event,
    dispose() {
      for (const { document } of [...open.values()]) closed(document);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}
