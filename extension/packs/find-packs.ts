import * as vscode from 'vscode';
import type { Bilingual } from '../../core/text.ts';
import type { FileIssue } from './pack-file.ts';
import { contributedPacks, contributionMissing, folderMissing, folderWishes } from './pack-sources.ts';

const PACK_NAME = /\.tcpquiz\.yaml$/;
/** How deep a user's folder is searched, and how many packs are taken from it. */
const DEEPEST = 4;
const MOST = 200;

/** Whether a file is a pack by its name. */
export function isPack(uri: vscode.Uri): boolean {
  return PACK_NAME.test(uri.path);
}

/** A pack file to read, or a place where there is none and why. */
export type Find =
  | { readonly kind: 'pack'; readonly uri: vscode.Uri; readonly file: string }
  | { readonly kind: 'trouble'; readonly uri: vscode.Uri; readonly file: string; readonly issue: FileIssue };

function trouble(uri: vscode.Uri, file: string, code: string, message: Bilingual): Find {
  const start = { offset: 0, line: 1, column: 1 };
  return { kind: 'trouble', uri, file, issue: { code, severity: 'error', file, start, end: start, message } };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    // Not every file system that serves an extension can tell about a file: reading always works.
    await vscode.workspace.fs.readFile(uri);
    return true;
  } catch {
    return false;
  }
}

async function contributedBy({ id, extensionUri, packageJSON }: vscode.Extension<unknown>): Promise<Find[]> {
  const manifest = vscode.Uri.joinPath(extensionUri, 'package.json');
  const name = `${id}/package.json`;
  return Promise.all(
    contributedPacks(packageJSON).map(async (entry): Promise<Find> => {
      if ('says' in entry) return trouble(manifest, name, 'bad-contribution', entry.says);
      const uri = vscode.Uri.joinPath(extensionUri, entry.path);
      return (await exists(uri))
        ? { kind: 'pack', uri, file: `${id}/${entry.path}` }
        : trouble(manifest, name, 'bad-contribution', contributionMissing(entry.path));
    }),
  );
}

/** What the other extensions contribute, by the names of the extensions. */
export async function packsOfExtensions(): Promise<readonly Find[]> {
  const sorted = [...vscode.extensions.all].sort((one, other) => (one.id < other.id ? -1 : 1));
  return (await Promise.all(sorted.map(contributedBy))).flat();
}

/** The folders of `handshake.packFolders`. */
export function userFolders(): readonly (vscode.Uri | Find)[] {
  const setting: unknown = vscode.workspace.getConfiguration('handshake').get('packFolders');
  return folderWishes(setting).map((wish) => {
    if (wish.kind === 'bad') {
      return trouble(vscode.Uri.file(`/${wish.text}`), wish.text, 'bad-pack-folder', wish.says);
    }
    return wish.kind === 'uri' ? vscode.Uri.parse(wish.text) : vscode.Uri.file(wish.text);
  });
}

async function inFolder(folder: vscode.Uri, under: string, depth: number): Promise<Find[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const found: Find[] = [];
  for (const [name, type] of [...entries].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const uri = vscode.Uri.joinPath(folder, name);
    // A link that leads back up would be searched for ever.
    if (type === vscode.FileType.Directory && depth < DEEPEST && name !== 'node_modules') {
      found.push(...(await inFolder(uri, `${under}/${name}`, depth + 1).catch(() => [])));
    } else if ((type & vscode.FileType.File) !== 0 && isPack(uri)) {
      found.push({ kind: 'pack', uri, file: `${under}/${name}` });
    }
    if (found.length >= MOST) break;
  }
  return found;
}

/** The packs of a folder; a folder that cannot be read is said once. `own` may be missing: nobody named it. */
export async function packsOfFolder(folder: vscode.Uri, own: boolean): Promise<readonly Find[]> {
  const name = folder.path.split('/').filter(Boolean).at(-1) ?? folder.path;
  try {
    return await inFolder(folder, name, 0);
  } catch {
    const text = folder.scheme === 'file' ? folder.fsPath : folder.toString();
    return own ? [] : [trouble(folder, text, 'missing-pack-folder', folderMissing(text))];
  }
}
