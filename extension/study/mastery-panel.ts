import * as vscode from 'vscode';
import { l10n } from '../l10n.ts';
import type { LessonPanel } from '../lessons/lesson-panel.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import { onlyTab } from '../panels/only-tab.ts';
import type { LinkHandlers, WebviewParts } from '../panels/webview-link.ts';
import { prepareStudy } from './prepare-study.ts';
import type { StudyStore } from './study-store.ts';

const MASTERY_VIEW = 'handshake.mastery';

/** The one panel that shows what the learner knows. */
export interface MasteryPanel extends vscode.Disposable {
  open(): Promise<void>;
}

/** Registers the panel and brings back the one of an earlier window. */
export function registerMasteryPanel(
  parts: WebviewParts,
  library: PackLibrary,
  study: StudyStore,
  lessons: LessonPanel,
): MasteryPanel {
  const { guard, settings, clock } = parts;

  async function show(): Promise<void> {
    if (!tab.isOpen()) return;
    const { masteryScreen } = await import('../../quizzes/engine/mastery.ts');
    const [known, packs] = [await study.now(), await library.packs()];
    await prepareStudy(known, packs);
    const { language } = settings.preferences();
    const screen = masteryScreen(known, packs, clock.today(), settings.dailyGoal(), language);
    tab.show(l10n.t('What You Know'), { screen, resume: { version: 1, kind: 'mastery' } });
  }

  const handlers: LinkHandlers = {
    'pack/open': ({ packId }) => guard(() => lessons.open({ version: 1, kind: 'pack', packId, address: '' })),
    'review/start': () => guard(() => lessons.open({ version: 1, kind: 'review' })),
  };

  const tab = onlyTab({ type: MASTERY_VIEW, handlers }, parts);
  const redraw = () => guard(show);
  const subscriptions = [
    study.onDidChange(redraw),
    library.onDidChange(redraw),
    settings.onDidChange(redraw),
    tab.bringBack(async () => show),
  ];
  return {
    async open() {
      tab.reveal();
      await show();
    },
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}
