import * as vscode from 'vscode';
import { regrade } from '../../quizzes/engine/regrade.ts';
import { l10n } from '../l10n.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import type { LibraryFile } from '../packs/pack-library.ts';
import { type RunResults, runResults } from './run-results.ts';

/** Where to offer to save: in the first folder of the workspace, if there is one. */
function offered(name: string): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, name);
}

/** The results file, or a table where the name of the file asks for one. */
async function written({ pack, results }: RunResults, target: vscode.Uri): Promise<string> {
  if (!target.path.toLowerCase().endsWith('.csv')) return `${JSON.stringify(results, undefined, 2)}\n`;
  const { toResultsCsv } = await import('../../quizzes/exchange/results-csv.ts');
  return toResultsCsv([{ results, graded: regrade(results, pack) }]);
}

/**
 * Writes what the learner answered in a pack to a file of their choice: one that can be graded again, or a table.
 * Nothing is sent anywhere.
 *
 * @param version - of this extension
 */
export async function exportResults(
  file: LibraryFile,
  progress: ProgressStore,
  version: string,
): Promise<void> {
  const title = l10n.t('Export Results');
  const made = await runResults(file, progress, version, title);
  if (made === undefined) return;
  const uriOffered = offered(`${made.pack.id}-results.json`);
  const target = await vscode.window.showSaveDialog({
    title,
    ...(uriOffered && { defaultUri: uriOffered }),
    filters: { [l10n.t('Results, to hand in')]: ['json'], [l10n.t('Table')]: ['csv'] },
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await written(made, target)));
  void vscode.window.showInformationMessage(
    l10n.t('Results of {0} answered questions were saved.', made.results.answers.length),
  );
}
