import * as vscode from 'vscode';
import type { Actions } from '../commands.ts';
import type { Guard } from '../guard.ts';
import { l10n } from '../l10n.ts';
import type { LessonPanel } from './lesson-panel.ts';
import { type LinkProblem, type LinkTarget, parseLink } from './link.ts';

function problemText(problem: LinkProblem): string {
  switch (problem.code) {
    case 'unknown-path':
      return l10n.t(
        'This link to Handshake leads nowhere: {0}. Known are /drill, /review and /mastery.',
        problem.found,
      );
    case 'no-pack':
      return l10n.t('This link to Handshake names no pack. It needs ?pack= with the id of one.');
    case 'bad-id':
      return l10n.t('This link to Handshake names something that cannot be an id: {0}', problem.found);
    case 'bad-seed':
      return l10n.t('This link to Handshake has a seed that is no number of 32 bits: {0}', problem.found);
    case 'seed-without-question':
      return l10n.t('This link to Handshake has a seed but names no question. Add &question= with its id.');
  }
}

/** Follows links to this extension. */
export function registerLinks(actions: Actions, panel: LessonPanel, guard: Guard): vscode.Disposable {
  async function follow(target: LinkTarget): Promise<void> {
    if (target.kind === 'review') return actions.review();
    if (target.kind === 'mastery') return actions.showMastery();
    const { pack, question, seed } = target;
    if (seed !== undefined && question !== undefined) {
      return panel.open({ version: 1, kind: 'link', packId: pack, questionId: question, seed });
    }
    await panel.open({ version: 1, kind: 'pack', packId: pack, address: '' }, question);
  }
  return vscode.window.registerUriHandler({
    handleUri({ path, query }) {
      const target = parseLink(path, query);
      if (target.ok) guard(() => follow(target.value));
      else void vscode.window.showWarningMessage(problemText(target.error));
    },
  });
}
