import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { l10n } from '../l10n.ts';
import { type DownloadProblem, download, readAddress } from './download.ts';
import { findIdLine } from './pack-file.ts';
import { readerBeside } from './pack-library.ts';

/** Where added packs are kept: the user's own, in every workspace. */
export function ownPackFolder(globalStorage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(globalStorage, 'packs');
}

/** A pack to add: its text, and how to read the captures it names. */
interface Source {
  readonly name: string;
  readonly text: string;
  readonly readFile: (name: string) => Promise<Uint8Array | undefined>;
}

/**
 * Adds a pack to the user's own ones, from a file or from an address; asks for what it is not told, and before
 * anything is fetched or replaced.
 *
 * @returns the added file; undefined when nothing was added, which was said
 */
export async function addPack(
  from: vscode.Uri | string | undefined,
  folder: vscode.Uri,
  language: Language,
): Promise<vscode.Uri | undefined> {
  const chosen = from ?? (await askWhere());
  if (chosen === undefined) return undefined;
  const source = typeof chosen === 'string' ? await fetched(chosen) : await readSource(chosen);
  return source && keep(source, folder, language);
}

async function askWhere(): Promise<vscode.Uri | string | undefined> {
  const file = l10n.t('From a File…');
  const url = l10n.t('From a URL…');
  const how = await vscode.window.showQuickPick([file, url], { title: l10n.t('Add a Pack') });
  if (how === url) {
    return vscode.window.showInputBox({
      title: l10n.t('Add a Pack'),
      prompt: l10n.t('The https address of a .tcpquiz.yaml file'),
      ignoreFocusOut: true,
      validateInput: (text) => {
        const read = readAddress(text);
        return read.ok || text === '' ? undefined : problemText(read.error);
      },
    });
  }
  if (how === undefined) return undefined;
  const files = await vscode.window.showOpenDialog({
    title: l10n.t('Add a Pack'),
    filters: { [l10n.t('Quiz packs')]: ['yaml'] },
  });
  return files?.[0];
}

async function readSource(uri: vscode.Uri): Promise<Source | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { name: uri.path.split('/').pop() ?? uri.path, text, readFile: readerBeside(uri) };
  } catch {
    return refuse(l10n.t('{0} cannot be read.', uri.toString()));
  }
}

async function fetched(address: string): Promise<Source | undefined> {
  const url = readAddress(address);
  if (!url.ok) return refuse(problemText(url.error));
  const yes = l10n.t('Download');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Download a quiz pack from {0}?', url.value.host),
    {
      modal: true,
      detail: l10n.t(
        '{0}\n\nA pack is text and is never run. Its server sees that you ask for it.',
        url.value.href,
      ),
    },
    yes,
  );
  if (answer !== yes) return undefined;
  const text = await download(url.value, fetch);
  if (!text.ok) return refuse(problemText(text.error));
  return { name: url.value.href, text: text.value, readFile: async () => undefined };
}

function problemText(problem: DownloadProblem): string {
  switch (problem.code) {
    case 'no-url':
      return l10n.t('This is no address; write it in full, beginning with https://.');
    case 'no-https':
      return l10n.t('Packs are fetched over https only.');
    case 'left-https':
      return l10n.t('The server leads to an address that is not https, so nothing was fetched.');
    case 'too-big':
      return l10n.t('There is more than 2 MB at this address: that is no pack.');
    case 'no-text':
      return l10n.t('What is at this address is no text; give the address of the .tcpquiz.yaml file itself.');
    case 'status':
      return l10n.t('The server answered {0}; check the address.', problem.status);
    case 'failed':
      return l10n.t('Nothing could be fetched: {0}', problem.found);
  }
}

function refuse(message: string): undefined {
  void vscode.window.showErrorMessage(message);
  return undefined;
}

async function keep(source: Source, folder: vscode.Uri, language: Language): Promise<vscode.Uri | undefined> {
  const { loadPack } = await import('../../quizzes/format/load-pack.ts');
  const { name, text, readFile } = source;
  const { pack, issues } = await loadPack(text, { file: name, readFile });
  if (pack === undefined || pack.questions.length === 0) {
    const [first] = issues;
    const { line } = first?.start ?? findIdLine(text).start;
    const why = first?.message[language] ?? l10n.t('it has no question');
    return refuse(l10n.t('{0} is no pack that can be used. Line {1}: {2}', name, line, why));
  }
  const place = vscode.Uri.joinPath(folder, pack.id);
  const target = vscode.Uri.joinPath(place, `${pack.id}.tcpquiz.yaml`);
  if ((await isThere(target)) && !(await mayReplace(pack, language))) return undefined;
  await vscode.workspace.fs.createDirectory(place);
  for (const file of filesOf(pack)) {
    const bytes = await readFile(file);
    if (bytes !== undefined) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(place, file), bytes);
  }
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const left = issues.filter(({ severity }) => severity === 'error').length;
  void vscode.window.showInformationMessage(
    left === 0
      ? l10n.t('“{0}” was added to your packs.', pack.title[language])
      : l10n.t(
          '“{0}” was added to your packs; {1} of its problems are in the Problems view.',
          pack.title[language],
          left,
        ),
  );
  return target;
}

async function mayReplace(pack: Pack, language: Language): Promise<boolean> {
  const replace = l10n.t('Replace');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('“{0}” is among your packs already. Replace it?', pack.title[language]),
    { modal: true },
    replace,
  );
  return answer === replace;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** The captures and packetdrill scripts beside a pack. */
function filesOf({ scenarios }: Pack): readonly string[] {
  const files = Object.values(scenarios).flatMap((plan) => (plan.kind === 'script' ? [] : (plan.file ?? [])));
  return [...new Set(files)];
}
