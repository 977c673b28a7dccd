import * as vscode from 'vscode';
import type { Clock } from '../clock.ts';
import type { LessonPanel } from '../lessons/lesson-panel.ts';
import { openLink } from '../lessons/open-link.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import {
  foreignTo,
  type LinkHandlers,
  linkWebview,
  panelIcon,
  type WebviewLink,
  type WebviewParts,
} from '../panels/webview-link.ts';
import { prepareStudy } from './prepare-study.ts';
import type { StudyStore } from './study-store.ts';

const MASTERY_VIEW = 'handshake.mastery';

/** The one panel that shows what the learner knows. */
export interface MasteryPanel extends vscode.Disposable {
  open(): Promise<void>;
}

interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly link: WebviewLink;
}

/** Registers the panel and brings back the one of an earlier window. */
export function registerMasteryPanel(
  parts: WebviewParts,
  library: PackLibrary,
  study: StudyStore,
  lessons: LessonPanel,
  clock: Clock,
): MasteryPanel {
  const { guard, settings, log } = parts;
  let tab: Tab | undefined;

  async function show(): Promise<void> {
    if (tab === undefined) return;
    const { masteryScreen } = await import('../../quizzes/engine/mastery.ts');
    const [known, packs] = [await study.now(), await library.packs()];
    await prepareStudy(known, packs);
    const { language } = settings.preferences();
    const screen = masteryScreen(known, packs, clock.today(), settings.dailyGoal(), language);
    tab?.link.show({ screen, resume: { version: 1, kind: 'mastery' } });
  }

  const handlers: LinkHandlers = {
    ...foreignTo(log, 'mastery view'),
    'pack/open': ({ packId }) => guard(() => lessons.open({ version: 1, kind: 'pack', packId, address: '' })),
    'review/start': () => guard(() => lessons.open({ version: 1, kind: 'review' })),
    'preferences/set': ({ preferences }) => guard(() => settings.set(preferences)),
    'link/open': ({ href }) => guard(() => openLink(href)),
  };

  function adopt(panel: vscode.WebviewPanel): void {
    const link = linkWebview(MASTERY_VIEW, panel, parts, handlers);
    panel.iconPath = panelIcon(parts.extensionUri);
    panel.onDidDispose(() => {
      link.dispose();
      if (tab?.panel === panel) tab = undefined;
    });
    tab = { panel, link };
  }

  const redraw = () => guard(show);
  const subscriptions = [
    study.onDidChange(redraw),
    library.onDidChange(redraw),
    settings.onDidChange(redraw),
    vscode.window.registerWebviewPanelSerializer(MASTERY_VIEW, {
      async deserializeWebviewPanel(panel) {
        if (tab !== undefined) return panel.dispose();
        adopt(panel);
        await show();
      },
    }),
  ];
  return {
    async open() {
      if (tab !== undefined) tab.panel.reveal();
      else {
        const title = vscode.l10n.t('What You Know');
        adopt(vscode.window.createWebviewPanel(MASTERY_VIEW, title, vscode.ViewColumn.Active));
      }
      await show();
    },
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}
