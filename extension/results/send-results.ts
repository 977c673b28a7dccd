import * as vscode from 'vscode';
import { isRecord } from '../../core/record.ts';
import { regrade } from '../../quizzes/engine/regrade.ts';
import { l10n } from '../l10n.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import type { LibraryFile } from '../packs/pack-library.ts';
import { type LrsCredentials, type LrsProblem, postStatements, statementsUrl } from './lrs.ts';
import { runResults } from './run-results.ts';

const SECRET = 'lrs';

async function credentials(secrets: vscode.SecretStorage): Promise<LrsCredentials | undefined> {
  const kept = await secrets.get(SECRET);
  try {
    const value: unknown = kept === undefined ? undefined : JSON.parse(kept);
    if (!isRecord(value) || typeof value['key'] !== 'string' || typeof value['secret'] !== 'string') {
      return undefined;
    }
    return { key: value['key'], secret: value['secret'] };
  } catch {
    return undefined;
  }
}

/** Asks for the key and secret of the record store and keeps them in VS Code's secret storage; an empty key forgets them. */
export async function setLrsCredentials(secrets: vscode.SecretStorage): Promise<LrsCredentials | undefined> {
  const title = l10n.t('Record Store (LRS)');
  const key = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Key or user name. Leave it empty to forget what is kept.'),
    ignoreFocusOut: true,
  });
  if (key === undefined) return undefined;
  if (key.trim() === '') {
    await secrets.delete(SECRET);
    void vscode.window.showInformationMessage(l10n.t('Key and secret were forgotten.'));
    return undefined;
  }
  const secret = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Secret or password'),
    password: true,
    ignoreFocusOut: true,
  });
  if (secret === undefined) return undefined;
  const kept = { key: key.trim(), secret };
  await secrets.store(SECRET, JSON.stringify(kept));
  return kept;
}

function problemText(problem: LrsProblem): string {
  switch (problem.code) {
    case 'no-endpoint':
      return l10n.t('No record store is set. Write its address into the setting handshake.lrsEndpoint.');
    case 'no-url':
      return l10n.t('handshake.lrsEndpoint is no address; write it in full, beginning with https://.');
    case 'no-https':
      return l10n.t('handshake.lrsEndpoint must begin with https://, because a password goes along.');
    case 'denied':
      return l10n.t('The record store does not accept key and secret. Set them anew.');
    case 'status':
      return l10n.t('The record store answered {0}: {1}', problem.status, problem.found);
    case 'failed':
      return l10n.t('The record store could not be reached: {0}', problem.found);
  }
}

async function complain(problem: LrsProblem, secrets: vscode.SecretStorage): Promise<void> {
  const settings = l10n.t('Open Settings');
  const again = l10n.t('Set Key and Secret…');
  const remedy = {
    'no-endpoint': settings,
    'no-url': settings,
    'no-https': settings,
    'denied': again,
  } as const;
  const offer = problem.code in remedy ? [remedy[problem.code as keyof typeof remedy]] : [];
  const chosen = await vscode.window.showErrorMessage(problemText(problem), ...offer);
  if (chosen === settings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'handshake.lrsEndpoint');
  }
  if (chosen === again) await setLrsCredentials(secrets);
}

/**
 * Sends what the learner answered in a pack to the record store that the user has set, after asking.
 *
 * @param version - of this extension
 */
export async function sendResults(
  file: LibraryFile,
  progress: ProgressStore,
  version: string,
  secrets: vscode.SecretStorage,
): Promise<void> {
  const setting: unknown = vscode.workspace.getConfiguration('handshake').get('lrsEndpoint');
  const url = statementsUrl(typeof setting === 'string' ? setting : '');
  if (!url.ok) return complain(url.error, secrets);
  const made = await runResults(file, progress, version, l10n.t('Send Results to a Record Store'));
  if (made === undefined) return;
  const known = (await credentials(secrets)) ?? (await setLrsCredentials(secrets));
  if (known === undefined) return;
  const { toXapi } = await import('../../quizzes/exchange/xapi.ts');
  const { pack, results } = made;
  const statements = toXapi({ results, graded: regrade(results, pack) }, pack);
  const send = l10n.t('Send');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Send {0} statements to {1}?', statements.length, url.value.host),
    { modal: true, detail: l10n.t('They say what you answered, when, and the name you gave.') },
    send,
  );
  if (answer !== send) return;
  const posted = await postStatements(url.value, known, statements, fetch);
  if (!posted.ok) return complain(posted.error, secrets);
  void vscode.window.showInformationMessage(
    l10n.t('{0} statements were sent to {1}.', statements.length, url.value.host),
  );
}
