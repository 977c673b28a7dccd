// The tab of a view of which there is one: opened when first asked for, or taken over from an earlier window.

import * as vscode from 'vscode';
import {
  type LinkHandlers,
  linkWebview,
  panelIcon,
  type Shown,
  type WebviewLink,
  type WebviewParts,
} from './webview-link.ts';

/** What one such view does that others do not. */
export interface View {
  readonly type: string;
  readonly handlers: LinkHandlers;
  /** The tab stands behind another one. */
  readonly hidden?: () => void;
  /** After the tab is gone: nothing can be shown any more. */
  readonly closed?: () => void;
}

export interface OnlyTab {
  isOpen(): boolean;
  /** Brings the tab to the front; a new one opens in `viewColumn`. */
  reveal(viewColumn?: vscode.ViewColumn, preserveFocus?: boolean): void;
  /** Does nothing when there is no tab. */
  show(title: string, shown: Shown): void;
  close(): void;
  /**
   * Takes over the tab that an earlier window left. `restore` gets the state that its webview kept, and returns
   * what fills the tab, or undefined when nothing does: the tab is closed then.
   */
  bringBack(restore: (state: unknown) => Promise<(() => Promise<void>) | undefined>): vscode.Disposable;
}

interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly link: WebviewLink;
}

export function onlyTab({ type, handlers, hidden, closed }: View, parts: WebviewParts): OnlyTab {
  let tab: Tab | undefined;

  function adopt(panel: vscode.WebviewPanel): void {
    const link = linkWebview(type, panel, parts, handlers);
    panel.iconPath = panelIcon(parts.extensionUri);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) hidden?.();
    });
    panel.onDidDispose(() => {
      link.dispose();
      if (tab?.panel !== panel) return;
      tab = undefined; // first: nothing may be shown in it any more
      closed?.();
    });
    tab = { panel, link };
  }

  return {
    isOpen: () => tab !== undefined,
    reveal(viewColumn = vscode.ViewColumn.Active, preserveFocus = false) {
      if (tab !== undefined) return tab.panel.reveal(undefined, preserveFocus);
      adopt(vscode.window.createWebviewPanel(type, 'Handshake', { viewColumn, preserveFocus }));
    },
    show(title, shown) {
      if (tab === undefined) return;
      tab.panel.title = title;
      tab.link.show(shown);
    },
    close: () => tab?.panel.dispose(),
    bringBack: (restore) =>
      vscode.window.registerWebviewPanelSerializer(type, {
        async deserializeWebviewPanel(panel, state: unknown) {
          const fill = tab === undefined ? await restore(state) : undefined;
          // Meanwhile the learner may have opened another one.
          if (fill === undefined || tab !== undefined) return panel.dispose();
          adopt(panel);
          await fill();
        },
      }),
  };
}
