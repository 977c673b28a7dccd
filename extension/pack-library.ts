import * as vscode from 'vscode';
import type { Pack } from '../quizzes/engine/pack.ts';
import { sliced } from './authoring/slices.ts';
import { findIdLine, type PackFile, withoutDoubles } from './pack-file.ts';
import { SHIPPED_PACKS } from './shipped-packs.ts';

const PACK_PATTERN = '**/*.tcpquiz.yaml';
const PACK_NAME = /\.tcpquiz\.yaml$/;

/** Whether a file is a pack by its name. */
export function isPack(uri: vscode.Uri): boolean {
  return PACK_NAME.test(uri.path);
}

/** A pack file and where it came from. */
export interface LibraryFile extends PackFile {
  readonly uri: vscode.Uri;
}

/** All packs: those shipped, then those of the workspace. Read when first asked for, and again when files change. */
export interface PackLibrary extends vscode.Disposable {
  files(): Promise<readonly LibraryFile[]>;
  /** Those of the workspace; does not read the shipped ones when there are none. */
  ofWorkspace(): Promise<readonly LibraryFile[]>;
  /** The usable ones, in order. */
  packs(): Promise<readonly Pack[]>;
  /** Adds a pack file that is not in the workspace's folders. */
  include(uri: vscode.Uri): Promise<void>;
  /** Reads everything again. */
  refresh(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

async function readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

/** Reads a file that a pack names, from the pack's own folder. */
export function readerBeside(pack: vscode.Uri): (name: string) => Promise<Uint8Array | undefined> {
  return (name) => readIfThere(vscode.Uri.joinPath(pack, '..', name));
}

async function readPack(uri: vscode.Uri, origin: LibraryFile['origin']): Promise<LibraryFile | undefined> {
  const bytes = await readIfThere(uri);
  if (bytes === undefined) return undefined;
  const file =
    origin === 'shipped' ? (uri.path.split('/').pop() ?? uri.path) : vscode.workspace.asRelativePath(uri);
  const text = new TextDecoder().decode(bytes);
  // Half of the bundle's work at load time (YAML, schema, Markdown): only once a pack is read.
  const { loadInPieces } = await import('../quizzes/authoring/load-in-pieces.ts');
  const pause = sliced(() => false);
  const loaded = await loadInPieces(text, { file, readFile: readerBeside(uri), pause });
  return { uri, origin, file, address: uri.toString(), idAt: findIdLine(text), ...loaded };
}

async function shippedPacks(extensionUri: vscode.Uri): Promise<readonly LibraryFile[]> {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'packs');
  const uris = SHIPPED_PACKS.map((name) => vscode.Uri.joinPath(folder, `${name}.tcpquiz.yaml`));
  const files = await Promise.all(uris.map((uri) => readPack(uri, 'shipped')));
  return files.filter((file) => file !== undefined);
}

async function workspacePacks(
  extensionUri: vscode.Uri,
  included: readonly vscode.Uri[],
): Promise<readonly LibraryFile[]> {
  const inFolders = await vscode.workspace.findFiles(PACK_PATTERN, '**/node_modules/**');
  const found = new Map([...inFolders, ...included].map((uri) => [uri.toString(), uri])).values();
  const ownCopies = `${vscode.Uri.joinPath(extensionUri, 'dist').toString()}/`;
  const uris = [...found]
    .filter((uri) => !uri.toString().startsWith(ownCopies))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = await Promise.all(uris.map((uri) => readPack(uri, 'workspace')));
  return files.filter((file) => file !== undefined);
}

export function openPackLibrary(extensionUri: vscode.Uri, log: vscode.LogOutputChannel): PackLibrary {
  const changed = new vscode.EventEmitter<void>();
  const included: vscode.Uri[] = [];
  let shipped: Promise<readonly LibraryFile[]> | undefined;
  let workspace: Promise<readonly LibraryFile[]> | undefined;

  function ofWorkspaceAlone(): Promise<readonly LibraryFile[]> {
    workspace ??= workspacePacks(extensionUri, included);
    return workspace;
  }

  async function files(): Promise<readonly LibraryFile[]> {
    shipped ??= shippedPacks(extensionUri).then((read) => {
      for (const { file, issues } of read) {
        for (const issue of issues)
          log.error(`shipped pack ${file}:${issue.start.line}: ${issue.message.en}`);
      }
      return read;
    });
    return withoutDoubles([...(await shipped), ...(await ofWorkspaceAlone())]);
  }

  function forgetWorkspace(): void {
    workspace = undefined;
    changed.fire();
  }

  const watcher = vscode.workspace.createFileSystemWatcher(PACK_PATTERN);
  const subscriptions = [
    changed,
    watcher,
    watcher.onDidChange(forgetWorkspace),
    watcher.onDidCreate(forgetWorkspace),
    watcher.onDidDelete(forgetWorkspace),
    vscode.workspace.onDidChangeWorkspaceFolders(forgetWorkspace),
    // Not every file system of a virtual workspace can be watched.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (isPack(uri)) forgetWorkspace();
    }),
  ];
  return {
    files,
    async ofWorkspace() {
      if ((await ofWorkspaceAlone()).length === 0) return [];
      return (await files()).filter(({ origin }) => origin === 'workspace');
    },
    packs: async () => (await files()).flatMap(({ pack }) => (pack === undefined ? [] : [pack])),
    async include(uri) {
      if ((await files()).some(({ address }) => address === uri.toString())) return;
      included.push(uri);
      forgetWorkspace();
    },
    async refresh() {
      shipped = undefined;
      workspace = undefined;
      await files();
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}
