// The panel of a script: run anew whenever its text changes.

import * as vscode from 'vscode';
import { isRecord } from '../../core/record.ts';
import { l10n } from '../l10n.ts';
import { linkWebview, panelIcon, type SubjectHandlers, type WebviewParts } from '../panels/webview-link.ts';
import { openScriptTexts } from './script-texts.ts';

const SCRIPT_VIEW = 'handshake.script';
/** How long a writer pauses before a script is run anew, in milliseconds. */
const PAUSE = 250;

/** Panels of scripts, one for each file. */
export interface ScriptPanels extends vscode.Disposable {
  open(uri: vscode.Uri): Promise<void>;
}

interface Tab {
  readonly panel: vscode.WebviewPanel;
  show(): void;
}

export function registerScriptPanels(parts: WebviewParts): ScriptPanels {
  const { guard, settings } = parts;
  const read = openScriptTexts();
  const tabs = new Map<string, Tab>();

  function adopt(uri: vscode.Uri, panel: vscode.WebviewPanel): void {
    const address = uri.toString();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const draw = async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      const reading = await read(document);
      const { scriptScreen } = await import('./script-screen.ts');
      const name = uri.path.split('/').pop() ?? uri.path;
      const screen = scriptScreen(
        name,
        address,
        document.getText(),
        reading,
        settings.preferences().language,
      );
      link.show({ screen, resume: { version: 1, kind: 'script', address } });
    };
    const show = () => guard(draw);
    const handlers: SubjectHandlers<'script'> = {
      'script/go': ({ line }) =>
        guard(async () => {
          const at = new vscode.Position(Math.max(0, line - 1), 0);
          const open = vscode.window.visibleTextEditors.find(
            ({ document }) => document.uri.toString() === address,
          );
          await vscode.window.showTextDocument(uri, {
            viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
            preserveFocus: true,
            selection: new vscode.Range(at, at),
          });
        }),
    };
    const link = linkWebview(SCRIPT_VIEW, panel, parts, handlers);
    panel.iconPath = panelIcon(parts.extensionUri);
    const subscriptions = vscode.Disposable.from(
      link,
      settings.onDidChange(show),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() !== address) return;
        clearTimeout(waiting);
        waiting = setTimeout(show, PAUSE);
      }),
    );
    tabs.set(address, { panel, show });
    panel.onDidDispose(() => {
      clearTimeout(waiting);
      tabs.delete(address);
      subscriptions.dispose();
    });
    show();
  }

  const serializer = vscode.window.registerWebviewPanelSerializer(SCRIPT_VIEW, {
    async deserializeWebviewPanel(panel, state) {
      const resume = isRecord(state) && isRecord(state['resume']) ? state['resume'] : {};
      const address = resume['address'];
      if (typeof address !== 'string' || tabs.has(address)) return panel.dispose();
      adopt(vscode.Uri.parse(address), panel);
    },
  });

  return {
    async open(uri) {
      const tab = tabs.get(uri.toString());
      if (tab !== undefined) {
        tab.panel.reveal();
        return tab.show();
      }
      const title = l10n.t('Run of {0}', uri.path.split('/').pop() ?? uri.path);
      adopt(uri, vscode.window.createWebviewPanel(SCRIPT_VIEW, title, vscode.ViewColumn.Beside));
    },
    dispose: () => serializer.dispose(),
  };
}
