import * as vscode from 'vscode';
import type { Language } from '../core/text.ts';
import type { Pack } from '../quizzes/engine/pack.ts';
import type { LibraryFile } from './pack-library.ts';
import type { Progress } from './progress-model.ts';
import { packTree } from './tree-model.ts';

type PackItem = vscode.QuickPickItem & { readonly file: LibraryFile };

/** Lets the learner choose a pack. */
export async function pickPack(
  files: readonly LibraryFile[],
  progress: Progress,
  language: Language,
): Promise<LibraryFile | undefined> {
  const nodes = packTree(files, progress, language);
  const items = files.map((file, index): PackItem => {
    const node = nodes[index];
    const isUsable = file.pack !== undefined;
    return {
      file,
      label: node?.label ?? file.file,
      description: isUsable ? `${node?.done}/${node?.total}` : vscode.l10n.t('cannot be used'),
      ...(node?.summary !== undefined && { detail: node.summary }),
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Which pack?'),
    matchOnDetail: true,
  });
  return picked?.file;
}

export interface PickedQuestion {
  readonly file: LibraryFile;
  readonly questionId: string;
}

type QuestionItem = vscode.QuickPickItem & { readonly choice: PickedQuestion | undefined };

/** Lets the learner choose a question of any pack. */
export async function pickQuestion(
  files: readonly LibraryFile[],
  progress: Progress,
  language: Language,
): Promise<PickedQuestion | undefined> {
  const nodes = packTree(files, progress, language);
  const items = files.flatMap((file, index): QuestionItem[] => {
    const node = nodes[index];
    if (node?.packId === undefined) return [];
    const questions = node.children.flatMap((child) => (child.kind === 'section' ? child.children : [child]));
    return [
      { label: node.label, kind: vscode.QuickPickItemKind.Separator, choice: undefined },
      ...questions.map(
        ({ label, questionId, mark }): QuestionItem => ({
          label: `${mark === 'open' ? '$(circle-large-outline)' : '$(pass)'} ${label}`,
          choice: { file, questionId },
        }),
      ),
    ];
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which question?') });
  return picked?.choice;
}

/** Lets the learner choose a scenario of a pack; recordings are shown as what cannot be branched. */
export async function pickScenario(pack: Pack): Promise<string | undefined> {
  const items = Object.entries(pack.scenarios).map(([label, plan]) => ({
    label,
    description:
      plan.kind === 'capture' ? vscode.l10n.t('a recording: cannot be branched') : `${plan.profile.id}`,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('What if… in which scenario?'),
    placeHolder: vscode.l10n.t('The lab shows the whole run, with numbers of its own.'),
  });
  return picked?.label;
}
