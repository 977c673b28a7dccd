import * as vscode from 'vscode';

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
      const show = vscode.l10n.t('Show Log');
      const chosen = await vscode.window.showErrorMessage(
        error instanceof vscode.FileSystemError
          ? vscode.l10n.t('A file could not be read or written: {0}', error.message)
          : vscode.l10n.t('Handshake could not do this because of a mistake of its own. The log says more.'),
        show,
      );
      if (chosen === show) log.show();
    });
  };
}
