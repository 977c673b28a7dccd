import * as vscode from 'vscode';

/** Runs work whose failure nobody awaits: a bug is logged and said once, and everything else goes on. */
export type Guard = (work: () => Promise<void>) => void;

export function makeGuard(log: vscode.LogOutputChannel): Guard {
  return (work) => {
    work().catch(async (error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      const show = vscode.l10n.t('Show Log');
      const chosen = await vscode.window.showErrorMessage(
        vscode.l10n.t('Handshake could not do this because of a mistake of its own. The log says more.'),
        show,
      );
      if (chosen === show) log.show();
    });
  };
}
