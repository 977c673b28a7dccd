import * as vscode from 'vscode';
import { l10n } from './l10n.ts';

/**
 * Runs work whose failure nobody awaits: it is logged and said once, and everything else goes on. A file that cannot be
 * read or written is named; anything else is a bug.
 */
export type Guard = (work: () => Promise<void>) => void;

/** A guard that logs there. */
export function makeGuard(log: vscode.LogOutputChannel): Guard {
  return (work) => {
    work().catch(async (error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      const show = l10n.t('Show Log');
      const chosen = await vscode.window.showErrorMessage(
        error instanceof vscode.FileSystemError
          ? l10n.t('A file could not be read or written: {0}', error.message)
          : l10n.t('Handshake could not do this because of a mistake of its own. The log says more.'),
        show,
      );
      if (chosen === show) log.show();
    });
  };
}
