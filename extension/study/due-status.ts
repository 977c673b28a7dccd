import * as vscode from 'vscode';
import type { DueSkill } from '../../quizzes/engine/schedule.ts';
import type { Clock } from '../clock.ts';
import type { Guard } from '../guard.ts';
import { l10n } from '../l10n.ts';
import type { PackTree } from '../packs/pack-tree.ts';
import type { TreeNode } from '../packs/tree-model.ts';
import type { Settings } from '../settings.ts';
import type { Reviews } from './reviews.ts';
import type { StudyStore } from './study-store.ts';

interface Standing {
  readonly due: number;
  readonly answered: number;
  readonly streak: number;
  readonly isEmpty: boolean;
}

/** Says quietly what is due: in the status bar, and on the view of packs. Nothing pops up. */
export function registerDueStatus(
  view: vscode.TreeView<TreeNode>,
  tree: PackTree,
  study: StudyStore,
  reviews: Reviews,
  settings: Settings,
  clock: Clock,
  guard: Guard,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('handshake.due', vscode.StatusBarAlignment.Right, 50);
  item.command = 'handshake.showMastery';

  function show({ due, answered, streak, isEmpty }: Standing): void {
    void vscode.commands.executeCommand('setContext', 'handshake.due', due);
    item.name = l10n.t('Handshake: Reviews Due');
    const isShown = settings.showsDue() && !isEmpty;
    const dueText = due === 1 ? l10n.t('1 rule due for review') : l10n.t('{0} rules due for review', due);
    view.badge = isShown && due > 0 ? { value: due, tooltip: dueText } : undefined;
    if (!isShown) return item.hide();
    item.text = `$(mortar-board) ${due}${streak > 1 ? ` $(flame) ${streak}` : ''}`;
    item.tooltip = [
      dueText,
      l10n.t('Answers today: {0} of {1}', answered, settings.dailyGoal()),
      ...(streak > 1 ? [l10n.t('Days in a row: {0}', streak)] : []),
    ].join('\n');
    item.accessibilityInformation = { label: `Handshake: ${item.tooltip}` };
    item.show();
  }

  async function standing(due: readonly DueSkill[]): Promise<Standing> {
    const [{ dueByPack, streakOf }, { dayCounts }] = await Promise.all([
      import('../../quizzes/engine/schedule.ts'),
      import('../../quizzes/engine/study.ts'),
    ]);
    const known = await study.now();
    const counts = dayCounts(known);
    const today = clock.today();
    const byPack = settings.showsDue() ? dueByPack(known, due) : [];
    tree.showDue(new Map([...byPack].map(([pack, skills]) => [pack, skills.length])));
    return {
      due: due.length,
      answered: counts.get(today)?.answered ?? 0,
      streak: streakOf(known, today),
      isEmpty: counts.size === 0,
    };
  }

  /** Without the packs, which are not read at startup for this: what a misconception spoils is not counted yet. */
  async function first(): Promise<void> {
    const { dueSkills } = await import('../../quizzes/engine/schedule.ts');
    show(await standing(dueSkills(await study.now(), clock.today(), () => [])));
  }

  const redraw = () => guard(async () => show(await standing(await reviews.due())));
  let day = clock.today();
  const subscriptions = [
    item,
    study.onDidChange(redraw),
    settings.onDidChange(redraw),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused || day === clock.today()) return;
      day = clock.today();
      redraw();
    }),
  ];
  guard(first);
  return vscode.Disposable.from(...subscriptions);
}
