import * as vscode from 'vscode';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { sliced } from '../slices.ts';
import { type Find, isPack, packsOfExtensions, packsOfFolder, userFolders } from './find-packs.ts';
import { findIdLine, type PackFile, withoutDoubles } from './pack-file.ts';
import { SHIPPED_PACKS } from './shipped-packs.ts';

const PACK_PATTERN = '**/*.tcpquiz.yaml';
/** A pack file and where it came from. */
export interface LibraryFile extends PackFile {
  readonly uri: vscode.Uri;
}

/**
 * All packs: those shipped, of other extensions, of the user's folders, of the workspace. Read when first asked for,
 * and again when files change.
 */
export interface PackLibrary extends vscode.Disposable {
  files(): Promise<readonly LibraryFile[]>;
  /** All but those shipped; does not read the shipped ones when there are no others. */
  ofOthers(): Promise<readonly LibraryFile[]>;
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

/** Watches files that packs name. A capture may grow all the time: only its coming and going is told. */
export function watchNamedFiles(tell: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{pkt,pcap,pcapng,cap}');
  watcher.onDidCreate(tell);
  watcher.onDidDelete(tell);
  watcher.onDidChange(({ path }) => {
    if (path.endsWith('.pkt')) tell();
  });
  return watcher;
}

async function readPack(
  uri: vscode.Uri,
  origin: LibraryFile['origin'],
  file: string,
): Promise<LibraryFile | undefined> {
  const bytes = await readIfThere(uri);
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  // Half of the bundle's work at load time (YAML, schema, Markdown): only once a pack is read.
  const { loadInPieces } = await import('../../quizzes/authoring/load-in-pieces.ts');
  const pause = sliced(() => false);
  const loaded = await loadInPieces(text, { file, readFile: readerBeside(uri), pause });
  return { uri, origin, file, address: uri.toString(), idAt: findIdLine(text), ...loaded };
}

async function shippedPacks(extensionUri: vscode.Uri): Promise<readonly LibraryFile[]> {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'packs');
  const files = await Promise.all(
    SHIPPED_PACKS.map((name) => {
      const file = `${name}.tcpquiz.yaml`;
      return readPack(vscode.Uri.joinPath(folder, file), 'shipped', file);
    }),
  );
  return files.filter((file) => file !== undefined);
}

async function readFinds(
  finds: readonly Find[],
  origin: 'extension' | 'folder',
): Promise<readonly LibraryFile[]> {
  const files = await Promise.all(
    finds.map(async (find): Promise<LibraryFile | undefined> => {
      const { uri, file } = find;
      if (find.kind === 'pack') return readPack(uri, origin, file);
      const { start, end } = find.issue;
      return {
        uri,
        origin,
        file,
        address: uri.toString(),
        pack: undefined,
        issues: [find.issue],
        idAt: { start, end },
      };
    }),
  );
  return files.filter((file) => file !== undefined);
}

/** Of the folders the user names, and of the one to which packs are added. */
async function folderPacks(ownFolder: vscode.Uri): Promise<readonly LibraryFile[]> {
  const named = userFolders();
  const finds = await Promise.all([
    packsOfFolder(ownFolder, true),
    ...named.map(async (folder) => ('kind' in folder ? [folder] : packsOfFolder(folder, false))),
  ]);
  return readFinds(finds.flat(), 'folder');
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
  const files = await Promise.all(
    uris.map((uri) => readPack(uri, 'workspace', vscode.workspace.asRelativePath(uri))),
  );
  return files.filter((file) => file !== undefined);
}

/** @param ownFolder - where packs are that the user has added; it need not exist */
export function openPackLibrary(
  extensionUri: vscode.Uri,
  ownFolder: vscode.Uri,
  log: vscode.LogOutputChannel,
): PackLibrary {
  const changed = new vscode.EventEmitter<void>();
  const included: vscode.Uri[] = [];
  let shipped: Promise<readonly LibraryFile[]> | undefined;
  let extensions: Promise<readonly LibraryFile[]> | undefined;
  let folders: Promise<readonly LibraryFile[]> | undefined;
  let workspace: Promise<readonly LibraryFile[]> | undefined;

  async function othersAlone(): Promise<readonly LibraryFile[]> {
    extensions ??= packsOfExtensions().then((finds) => readFinds(finds, 'extension'));
    folders ??= folderPacks(ownFolder);
    workspace ??= workspacePacks(extensionUri, included);
    const all = await Promise.all([extensions, folders, workspace]);
    // A folder of the user's may lie in the workspace: then its packs are there already.
    return [...new Map(all.flat().map((file) => [file.address, file])).values()];
  }

  async function files(): Promise<readonly LibraryFile[]> {
    shipped ??= shippedPacks(extensionUri).then((read) => {
      for (const { file, issues } of read) {
        for (const issue of issues)
          log.error(`shipped pack ${file}:${issue.start.line}: ${issue.message.en}`);
      }
      return read;
    });
    return withoutDoubles([...(await shipped), ...(await othersAlone())]);
  }

  function forgetWorkspace(): void {
    workspace = undefined;
    changed.fire();
  }

  function forgetFolders(): void {
    folders = undefined;
    changed.fire();
  }

  /** Watches what lies outside the workspace, too. */
  function watchFolders(): vscode.Disposable {
    const named = userFolders().flatMap((folder) => ('kind' in folder ? [] : [folder]));
    const watchers = [ownFolder, ...named].map((folder) => {
      const each = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, PACK_PATTERN));
      each.onDidChange(forgetFolders);
      each.onDidCreate(forgetFolders);
      each.onDidDelete(forgetFolders);
      return each;
    });
    return vscode.Disposable.from(...watchers);
  }

  let folderWatchers = watchFolders();
  const watcher = vscode.workspace.createFileSystemWatcher(PACK_PATTERN);
  const subscriptions = [
    changed,
    watcher,
    watcher.onDidChange(forgetWorkspace),
    watcher.onDidCreate(forgetWorkspace),
    watcher.onDidDelete(forgetWorkspace),
    watchNamedFiles(forgetWorkspace),
    vscode.workspace.onDidChangeWorkspaceFolders(forgetWorkspace),
    vscode.extensions.onDidChange(() => {
      extensions = undefined;
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('handshake.packFolders')) return;
      folderWatchers.dispose();
      folderWatchers = watchFolders();
      forgetFolders();
    }),
    new vscode.Disposable(() => folderWatchers.dispose()),
    // Not every file system of a virtual workspace can be watched.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (isPack(uri)) forgetWorkspace();
    }),
  ];
  return {
    files,
    async ofOthers() {
      if ((await othersAlone()).length === 0) return [];
      return (await files()).filter(({ origin }) => origin !== 'shipped');
    },
    packs: async () => (await files()).flatMap(({ pack }) => (pack === undefined ? [] : [pack])),
    async include(uri) {
      if ((await files()).some(({ address }) => address === uri.toString())) return;
      included.push(uri);
      forgetWorkspace();
    },
    async refresh() {
      shipped = undefined;
      extensions = undefined;
      folders = undefined;
      workspace = undefined;
      await files();
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}
