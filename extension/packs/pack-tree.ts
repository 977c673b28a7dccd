import * as vscode from 'vscode';
import type { Mark } from '../../quizzes/engine/view.ts';
import { l10n } from '../l10n.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import type { Settings } from '../settings.ts';
import type { PackLibrary } from './pack-library.ts';
import { isAdded } from './remove-pack.ts';
import {
  type DueCounts,
  type PackNode,
  packTree,
  type QuestionNode,
  type SectionNode,
  type TreeNode,
} from './tree-model.ts';

const MARK_ICONS = {
  right: ['pass-filled', 'testing.iconPassed'],
  self: ['pass', 'testing.iconPassed'],
  wrong: ['error', 'testing.iconFailed'],
  open: ['circle-large-outline', undefined],
  given: ['circle-large-outline', undefined],
} as const satisfies Record<Mark, readonly [icon: string, colour: string | undefined]>;

function icon([name, colour]: readonly [string, string | undefined]): vscode.ThemeIcon {
  return colour === undefined
    ? new vscode.ThemeIcon(name)
    : new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}

function markInWords(mark: Mark): string {
  const words = {
    right: l10n.t('answered rightly'),
    self: l10n.t('marked by yourself'),
    wrong: l10n.t('answered wrongly'),
    open: l10n.t('not answered yet'),
    given: l10n.t('answered'),
  } as const satisfies Record<Mark, string>;
  return words[mark];
}

function brokenItem(node: PackNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.None);
  item.description = l10n.t('cannot be used');
  item.iconPath = icon(['error', 'list.errorForeground']);
  return item;
}

function packIcon({ done, total, problems }: PackNode): vscode.ThemeIcon {
  if (problems.length > 0) return icon(['warning', 'list.warningForeground']);
  if (total > 0 && done === total) return icon(MARK_ICONS.right);
  return icon([done > 0 ? 'circle-large-filled' : 'circle-large-outline', undefined]);
}

/** What menus go by: `pack`, `pack.started`, `pack.started.due`, each perhaps with `.added` behind it. */
function packContext({ packId, done, due }: PackNode, added: boolean): string {
  const kind = packId === undefined ? 'broken' : `pack${done > 0 ? '.started' : ''}${due > 0 ? '.due' : ''}`;
  return added ? `${kind}.added` : kind;
}

function packItem(node: PackNode, problems: readonly string[], added: boolean): vscode.TreeItem {
  const item =
    node.packId === undefined
      ? brokenItem(node)
      : new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed);
  if (node.packId !== undefined) {
    const done = `${node.done}/${node.total}`;
    item.description = node.due === 0 ? done : `${done} · ${l10n.t('{0} due', node.due)}`;
    item.iconPath = packIcon(node);
  }
  const due = node.due === 0 ? [] : [l10n.t('Rules answered here that are due for review: {0}', node.due)];
  const origin = node.origin === '' ? [] : [node.origin];
  const lines = [node.summary ?? node.label, ...due, ...origin, ...problems];
  item.id = node.address;
  item.tooltip = lines.join('\n\n');
  item.contextValue = packContext(node, added);
  item.accessibilityInformation = {
    label:
      node.packId === undefined
        ? l10n.t('{0}, cannot be used: {1}', node.label, problems[0] ?? '')
        : node.due === 0
          ? l10n.t('{0}, {1} of {2} done', node.label, node.done, node.total)
          : l10n.t('{0}, {1} of {2} done, {3} due for review', node.label, node.done, node.total, node.due),
  };
  if (node.packId === undefined) {
    item.command = { command: 'handshake.startDrill', title: '', arguments: [node] };
  }
  return item;
}

function sectionItem(node: SectionNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = node.id;
  item.description = `${node.done}/${node.total}`;
  item.contextValue = 'section';
  item.accessibilityInformation = {
    label: l10n.t('{0}, {1} of {2} done', node.label, node.done, node.total),
  };
  return item;
}

function questionItem(node: QuestionNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.None);
  const mark = markInWords(node.mark);
  item.id = `${node.packId}/${node.questionId}`;
  item.iconPath = icon(MARK_ICONS[node.mark]);
  item.tooltip = `${node.label} (${mark})`;
  item.contextValue = 'question';
  item.accessibilityInformation = { label: `${node.label}, ${mark}` };
  item.command = { command: 'handshake.openQuestion', title: '', arguments: [node] };
  return item;
}

export interface PackTree extends vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  /** Shows what is due in each pack. */
  showDue(due: DueCounts): void;
}

/** Lists packs, sections and questions with what is done. */
export function createPackTree(
  library: PackLibrary,
  progress: ProgressStore,
  settings: Settings,
  ownFolder: vscode.Uri,
): PackTree {
  const changed = new vscode.EventEmitter<undefined>();
  const refresh = () => changed.fire(undefined);
  const subscriptions = [
    changed,
    library.onDidChange(refresh),
    progress.onDidChange(refresh),
    settings.onDidChange(refresh),
  ];
  const language = () => settings.preferences().language;
  let due: DueCounts = new Map();
  return {
    showDue(counts) {
      const isSame = counts.size === due.size && [...counts].every(([id, count]) => due.get(id) === count);
      due = counts;
      if (!isSame) refresh();
    },
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node === undefined) {
        const nodes = packTree(await library.files(), progress.now(), language(), due);
        // Until now an empty view means nothing; from here on it means that there is no pack.
        void vscode.commands.executeCommand('setContext', 'handshake.packsRead', true);
        return [...nodes];
      }
      return node.kind === 'question' ? [] : [...node.children];
    },
    getTreeItem(node) {
      if (node.kind === 'question') return questionItem(node);
      if (node.kind === 'section') return sectionItem(node);
      const problems = node.problems.map(
        ({ file, start, message }) => `${file}:${start.line}: ${message[language()]}`,
      );
      return packItem(node, problems, isAdded(node.address, ownFolder));
    },
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}

/** The view of the container's first use holds nothing but its welcome text. */
export const WELCOME_TREE: vscode.TreeDataProvider<never> = {
  getChildren: () => [],
  getTreeItem: (item) => item,
};
