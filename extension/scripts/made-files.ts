// Files that were made and not saved: what a text or a script tells, as a capture or a document in memory.

import * as vscode from 'vscode';

const SCHEME = 'handshake-made';

/** Keeps files until the window closes. */
export interface MadeFiles extends vscode.Disposable {
  /** The address of a file of that name, as far as a file may be called so, with these octets. */
  keep(name: string, octets: Uint8Array): vscode.Uri;
}

/** The files opened last; a capture that was closed long ago need not be held. */
const MOST = 32;

export function registerMadeFiles(): MadeFiles {
  const files = new Map<string, { readonly octets: Uint8Array; readonly made: number }>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let number = 0;
  const denied = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const find = (uri: vscode.Uri) => {
    const found = files.get(uri.path);
    if (found === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return found;
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat(uri) {
      const { octets, made } = find(uri);
      return { type: vscode.FileType.File, ctime: made, mtime: made, size: octets.length };
    },
    readFile: (uri) => find(uri).octets,
    readDirectory: () => [],
    createDirectory: denied,
    writeFile: denied,
    delete: denied,
    rename: denied,
  };
  const registration = vscode.workspace.registerFileSystemProvider(SCHEME, provider, {
    isReadonly: true,
    isCaseSensitive: true,
  });
  return {
    keep(name, octets) {
      number += 1;
      const uri = vscode.Uri.from({
        scheme: SCHEME,
        path: `/${number}/${name.replace(/[\\/:*?"<>|]/g, '_')}`,
      });
      files.set(uri.path, { octets, made: number });
      const [oldest] = files.keys();
      if (files.size > MOST && oldest !== undefined) files.delete(oldest);
      return uri;
    },
    dispose: () => vscode.Disposable.from(registration, changed).dispose(),
  };
}
