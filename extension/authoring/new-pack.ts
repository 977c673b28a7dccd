import * as vscode from 'vscode';
import type { Template } from '../../quizzes/authoring/templates.ts';
import { l10n } from '../l10n.ts';
import type { Settings } from '../settings.ts';

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return vscode.workspace.textDocuments.some((open) => open.uri.path === uri.path);
  }
}

/** An address beside other packs that nothing stands at, and the id that goes with it. */
async function freeName(): Promise<{ readonly uri: vscode.Uri; readonly id: string }> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? 'my-pack' : `my-pack-${number}`;
    const file = `${id}.tcpquiz.yaml`;
    const saved = folder === undefined ? undefined : vscode.Uri.joinPath(folder, file);
    const uri = saved?.with({ scheme: 'untitled' }) ?? vscode.Uri.from({ scheme: 'untitled', path: file });
    if (!(await exists(saved ?? uri))) return { uri, id };
  }
}

/** Lets the author choose a template and opens a new file with it, not saved yet. */
export async function newPack(settings: Settings, wanted?: Template['id']): Promise<void> {
  const { fromTemplate, TEMPLATES } = await import('../../quizzes/authoring/templates.ts');
  const { language } = settings.preferences();
  const items = TEMPLATES.map((template) => ({
    template,
    label: template.name[language],
    detail: template.says[language],
  }));
  const picked =
    items.find(({ template }) => template.id === wanted) ??
    (await vscode.window.showQuickPick(items, { title: l10n.t('Begin with which template?') }));
  if (picked === undefined) return;
  const { uri, id } = await freeName();
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), fromTemplate(picked.template, id));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}
