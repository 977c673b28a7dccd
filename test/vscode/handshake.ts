import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MarkdownPlugin } from '../../extension/notes/preview.ts';
import type { TreeNode } from '../../extension/packs/tree-model.ts';
import type { TestApi } from '../../extension/test-api.ts';
import type { QuestionView } from '../../quizzes/engine/view.ts';
import type { Screen } from '../../webview/protocol.ts';

/** Milliseconds of real time to wait for VS Code. */
const PATIENCE = 60_000;

/** What `activate` gives, in tests. */
type Exports = TestApi & MarkdownPlugin;

export function extension(): vscode.Extension<Exports | undefined> {
  const found = vscode.extensions.getExtension<Exports | undefined>('handshake.handshake');
  assert.ok(found, 'handshake.handshake is not installed');
  return found;
}

export async function handshake(): Promise<Exports> {
  const api = await extension().activate();
  assert.ok(api, 'activate gave no test API');
  return api;
}

/** Asks again and again until there is an answer. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`);
}

type ScreenOf<K extends Screen['kind']> = Extract<Screen, { kind: K }>;

/** The screen that a webview was told to show last. */
export function lastScreen(api: TestApi, viewType: string): Screen | undefined {
  return api.messages.filter((sent) => sent.viewType === viewType).at(-1)?.message.screen;
}

/** Waits until the newest screen of that webview is of a kind and fits. */
export function screenOf<K extends Screen['kind']>(
  api: TestApi,
  viewType: string,
  kind: K,
  fits: (screen: ScreenOf<K>) => boolean = () => true,
): Promise<ScreenOf<K>> {
  return until(`a ${kind} screen in ${viewType}`, () => {
    const screen = lastScreen(api, viewType);
    return screen?.kind === kind && fits(screen as ScreenOf<K>) ? (screen as ScreenOf<K>) : undefined;
  });
}

/** Readable, and hardly ever right. */
const UNLIKELY = {
  flags: 'URG',
  number: '7',
  state: 'LISTEN',
  duration: '7 s',
  word: 'EISCONN',
  order: 'hgf',
} as const;

/** Fills in every field with something that can be read and is not the answer, or not all of it. */
export function unlikelyAnswer({ fields }: QuestionView): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.kind === 'choice' ? (field.options.at(-1)?.value ?? '') : UNLIKELY[field.kind],
    ]),
  );
}

export async function children(api: TestApi, node?: TreeNode): Promise<readonly TreeNode[]> {
  return (await api.tree.getChildren(node)) ?? [];
}

/** The workspace's folder; the launcher opens an empty one. */
export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, 'the tests need a folder to write in');
  return first.uri;
}

/** Writes a file into the workspace. */
export async function writeFile(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder(), name);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
