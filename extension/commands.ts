import * as vscode from 'vscode';
import type { InterviewChoice } from '../quizzes/engine/interview.ts';
import { MODES, type Mode } from '../quizzes/engine/sitting.ts';
import { CAPTURE_VIEW, type Choices, captureInFront } from './captures/capture-view.ts';
import type { Clock } from './clock.ts';
import { l10n } from './l10n.ts';
import type { LabPanel } from './lab/lab-panel.ts';
import { subjectOfText } from './lab/lab-sources.ts';
import { captureSubject } from './lab/lab-text.ts';
import type { Interviews } from './lessons/interviews.ts';
import type { LessonPanel } from './lessons/lesson-panel.ts';
import { linkText } from './lessons/link.ts';
import { pickInterview } from './lessons/pick-interview.ts';
import type { ProgressStore } from './lessons/progress.ts';
import { addPack } from './packs/add-pack.ts';
import type { LibraryFile, PackLibrary } from './packs/pack-library.ts';
import { pickMode, pickPack, pickQuestion, pickScenario } from './packs/pickers.ts';
import { isAdded, removePack } from './packs/remove-pack.ts';
import { packToContinue, type TreeNode } from './packs/tree-model.ts';
import { exportTimeline } from './panels/export-timeline.ts';
import type { PanelInUse } from './panels/panel-in-use.ts';
import type { Format } from './panels/timeline-writers.ts';
import { exportResults } from './results/export-results.ts';
import { sendResults, setLrsCredentials } from './results/send-results.ts';
import type { Settings } from './settings.ts';
import { exportProgress, importProgress } from './study/carry-progress.ts';
import type { MasteryPanel } from './study/mastery-panel.ts';
import type { Reviews } from './study/reviews.ts';
import type { StudyStore } from './study/study-store.ts';

export interface CommandParts {
  readonly library: PackLibrary;
  readonly progress: ProgressStore;
  readonly study: StudyStore;
  readonly reviews: Reviews;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly panelInUse: PanelInUse;
  readonly panel: LessonPanel;
  readonly lab: LabPanel;
  readonly interviews: Interviews;
  readonly mastery: MasteryPanel;
  /** Connections of captures. */
  readonly choices: Choices;
  /** Of this extension. */
  readonly version: string;
  /** Of this extension: publisher and name. */
  readonly extensionId: string;
  /** Where added packs go. */
  readonly ownFolder: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
}

/** Milliseconds that a word in the status bar stays. */
const SHORTLY = 3000;

/** What a command may be called with: by the tree, by an editor or the explorer, or by a keybinding or link. */
type Target = TreeNode | vscode.Uri | string | undefined;

/** The commands of package.json, by their names after "handshake.". */
export type Actions = ReturnType<typeof commandActions>;

function isTarget(file: LibraryFile, target: Exclude<Target, undefined>): boolean {
  if (typeof target === 'string') return file.pack?.id === target;
  if (target instanceof vscode.Uri) return file.address === target.toString();
  if (target.kind === 'pack') return file.address === target.address;
  return target.kind === 'question' && file.pack?.id === target.packId;
}

export function commandActions(parts: CommandParts) {
  const {
    library,
    progress,
    study,
    reviews,
    settings,
    clock,
    panel,
    mastery,
    lab,
    interviews,
    choices,
    version,
    extensionId,
  } = parts;

  /** The pack file a command is about; asks when the command does not say. */
  async function fileOf(target: Target): Promise<LibraryFile | undefined> {
    if (target instanceof vscode.Uri) await library.include(target);
    const files = await library.files();
    if (target === undefined) return pickPack(files, progress.now(), settings.preferences().language);
    const found = files.find((file) => isTarget(file, target));
    if (found === undefined) {
      void vscode.window.showWarningMessage(
        l10n.t('There is no such pack. Choose one from the Handshake view.'),
      );
    }
    return found;
  }

  async function openFile(
    file: LibraryFile | undefined,
    questionId?: string,
    mode: Mode = 'practice',
  ): Promise<void> {
    if (file === undefined) return;
    const { pack, address } = file;
    const resume = { version: 1, kind: 'pack', packId: pack?.id ?? '', address } as const;
    await panel.open(mode === 'practice' ? resume : { ...resume, mode }, questionId);
  }

  /** What a keybinding or link said; practice when it named a pack alone; otherwise the learner says. */
  async function modeFor(file: LibraryFile, target: Target, wish: unknown): Promise<Mode | undefined> {
    const wished = MODES.find((known) => known === wish);
    if (wished !== undefined || typeof target === 'string' || file.pack === undefined) {
      return wished ?? 'practice';
    }
    return pickMode(file.pack, progress);
  }

  const actions = {
    async startDrill(target?: Target, mode?: unknown): Promise<void> {
      const file = await fileOf(target);
      const chosen = file && (await modeFor(file, target, mode));
      if (chosen !== undefined) await openFile(file, undefined, chosen);
    },
    async continue(): Promise<void> {
      const pack = packToContinue(await library.packs(), progress.now());
      await actions.startDrill(pack?.id);
    },
    async openQuestion(target?: Target, questionId?: string): Promise<void> {
      if (target !== undefined) {
        const chosen = typeof target === 'object' && 'questionId' in target ? target.questionId : questionId;
        return openFile(await fileOf(target), chosen);
      }
      const files = await library.files();
      const picked = await pickQuestion(files, progress.now(), settings.preferences().language);
      if (picked !== undefined) await openFile(picked.file, picked.questionId);
    },
    /** Asks what is due today, from whichever packs; or what is due of one pack, by its own questions. */
    async review(target?: TreeNode): Promise<void> {
      if (target?.kind === 'pack' && target.packId !== undefined) await reviews.planPack(target.packId);
      await panel.open({ version: 1, kind: 'review' });
    },
    showMastery: () => mastery.open(),
    exportProgress: (to?: vscode.Uri) => exportProgress(study, to),
    importProgress: (from?: vscode.Uri) => importProgress(study, from),
    /** Copies where to find the question on screen, on these numbers. */
    async copyLink(): Promise<void> {
      const linked = panel.linked();
      if (linked === undefined) {
        void vscode.window.showInformationMessage(
          l10n.t('There is no question to link to: open one from a pack first.'),
        );
        return;
      }
      await vscode.env.clipboard.writeText(linkText(vscode.env.uriScheme, extensionId, linked));
      vscode.window.setStatusBarMessage(l10n.t('The link was copied.'), SHORTLY);
    },
    async openCapture(target?: vscode.Uri): Promise<void> {
      const chosen =
        target ??
        (
          await vscode.window.showOpenDialog({
            title: l10n.t('Open a capture'),
            filters: {
              [l10n.t('Captures')]: ['pcap', 'pcapng', 'cap', 'gz'],
              [l10n.t('All files')]: ['*'],
            },
          })
        )?.[0];
      if (chosen !== undefined) await vscode.commands.executeCommand('vscode.openWith', chosen, CAPTURE_VIEW);
    },
    /** On a scenario of a pack; on the script or the Markdown block in front, or that `target` and line say. */
    async openLab(target?: Target, scenario?: string | number): Promise<void> {
      const line = typeof scenario === 'number' ? scenario : undefined;
      const isText = target === undefined || target instanceof vscode.Uri;
      const told = isText ? await subjectOfText(target, line) : undefined;
      if (told !== undefined) return lab.open(told);
      const capture = target === undefined ? captureInFront()?.toString() : undefined;
      if (capture !== undefined) return lab.open(captureSubject(capture, choices.of(capture)));
      const pack = (await fileOf(target))?.pack;
      if (pack === undefined) return;
      const chosen = typeof scenario === 'string' ? scenario : await pickScenario(pack);
      if (chosen === undefined) return;
      await lab.open({ packId: pack.id, scenario: chosen, seed: clock.seed(), begin: undefined });
    },
    async startInterview(chosen?: Partial<InterviewChoice>): Promise<void> {
      const preferences = settings.preferences();
      const picked = await pickInterview(chosen, preferences.language);
      if (picked === undefined) return;
      const { language, ...choice } = picked;
      await settings.set({ ...preferences, language });
      await interviews.begin({ ...choice, seed: chosen?.seed ?? clock.seed(), at: clock.now() });
      await panel.open({ version: 1, kind: 'interview' });
    },
    interviewReport: () => panel.openReport(),
    async restartPack(target?: Target): Promise<void> {
      const file = await fileOf(target);
      if (file?.pack === undefined) return openFile(file);
      await progress.forget(file.pack.id);
      await openFile(file);
    },
    async exportResults(target?: Target): Promise<void> {
      const file = await fileOf(target);
      if (file !== undefined) await exportResults(file, progress, version);
    },
    async sendResults(target?: Target): Promise<void> {
      const file = await fileOf(target);
      if (file !== undefined) await sendResults(file, progress, version, parts.secrets);
    },
    async setLrsCredentials(): Promise<void> {
      await setLrsCredentials(parts.secrets);
    },
    async addPack(from?: vscode.Uri | string): Promise<void> {
      const { language } = settings.preferences();
      if ((await addPack(from, parts.ownFolder, language)) !== undefined) await library.refresh();
    },
    async removePack(target?: Target): Promise<void> {
      const { language } = settings.preferences();
      const own = (await library.files()).filter(({ address }) => isAdded(address, parts.ownFolder));
      if (target === undefined && own.length === 0) {
        void vscode.window.showInformationMessage(l10n.t('There are no packs that you have added.'));
        return;
      }
      const file =
        target === undefined ? await pickPack(own, progress.now(), language) : await fileOf(target);
      if (await removePack(file, parts.ownFolder, language)) await library.refresh();
    },
    async resetProgress(): Promise<void> {
      const reset = l10n.t('Reset Progress');
      const answer = await vscode.window.showWarningMessage(
        l10n.t('Forget every answer in every pack?'),
        { modal: true, detail: l10n.t('This cannot be undone.') },
        reset,
      );
      if (answer !== reset) return;
      await Promise.all([progress.forgetEverything(), study.forget(clock.now())]);
      await panel.startOver();
    },
    exportTimeline: (format?: Format, target?: vscode.Uri) =>
      exportTimeline(settings, parts.panelInUse, format, target),
    refresh: () => library.refresh(),
  } as const;
  return actions;
}

/** Registers the commands; a failure that is a bug is logged and said by VS Code itself. */
export function registerCommands(actions: Actions): vscode.Disposable {
  const registered = Object.entries(actions).map(([name, action]) =>
    vscode.commands.registerCommand(`handshake.${name}`, action),
  );
  return vscode.Disposable.from(...registered);
}
