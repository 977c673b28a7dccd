import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';
import { openLesson } from '../../quizzes/engine/lesson.ts';
import type { ExamSettings, Pack } from '../../quizzes/engine/pack.ts';
import { isOver, type Mode } from '../../quizzes/engine/sitting.ts';
import { l10n } from '../l10n.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import type { Progress } from '../lessons/progress-model.ts';
import { runKey } from '../lessons/resume.ts';
import type { LibraryFile } from './pack-library.ts';
import { listedQuestions, packTree } from './tree-model.ts';

type PackItem = vscode.QuickPickItem & { readonly file: LibraryFile };

/** Lets the learner choose a pack. */
export async function pickPack(
  files: readonly LibraryFile[],
  progress: Progress,
  language: Language,
): Promise<LibraryFile | undefined> {
  const nodes = packTree(files, progress, language);
  const items = files.map((file, index): PackItem => {
    const node = nodes[index];
    const isUsable = file.pack !== undefined;
    return {
      file,
      label: node?.label ?? file.file,
      description: isUsable ? `${node?.done}/${node?.total}` : l10n.t('cannot be used'),
      ...(node?.summary !== undefined && { detail: node.summary }),
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Which pack?'),
    matchOnDetail: true,
  });
  return picked?.file;
}

export interface PickedQuestion {
  readonly file: LibraryFile;
  readonly questionId: string;
}

type QuestionItem = vscode.QuickPickItem & { readonly choice: PickedQuestion | undefined };

/** Lets the learner choose a question of any pack. */
export async function pickQuestion(
  files: readonly LibraryFile[],
  progress: Progress,
  language: Language,
): Promise<PickedQuestion | undefined> {
  const nodes = packTree(files, progress, language);
  const items = files.flatMap((file, index): QuestionItem[] => {
    const node = nodes[index];
    if (node?.packId === undefined) return [];
    return [
      { label: node.label, kind: vscode.QuickPickItemKind.Separator, choice: undefined },
      ...listedQuestions(node).map(
        ({ label, description, questionId }): QuestionItem => ({
          label,
          description,
          choice: { file, questionId },
        }),
      ),
    ];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Which question?'),
    matchOnDescription: true,
  });
  return picked?.choice;
}

/** Lets the learner choose a scenario of a pack; recordings are shown as what cannot be branched. */
export async function pickScenario(pack: Pack): Promise<string | undefined> {
  const items = Object.entries(pack.scenarios).map(([label, plan]) => ({
    label,
    description: plan.kind === 'capture' ? l10n.t('a recording: cannot be branched') : `${plan.profile.id}`,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('What if… in which scenario?'),
    placeHolder: l10n.t('The lab shows the whole run, with numbers of its own.'),
  });
  return picked?.label;
}

/** The name of a mode. */
export function modeWord(mode: Mode): string {
  const words = {
    practice: l10n.t('Practice'),
    drill: l10n.t('Drill'),
    exam: l10n.t('Exam'),
  } as const satisfies Record<Mode, string>;
  return words[mode];
}

type ModeItem = vscode.QuickPickItem & { readonly mode: Mode };

/** What the pack's author asks of an exam, in words. */
function examDetail(exam: ExamSettings | undefined): string {
  const minutes = exam?.timeLimit === undefined ? undefined : Math.round(exam.timeLimit / 60_000);
  const parts = [
    exam?.feedback === 'at once'
      ? l10n.t('once through, verdicts at once')
      : l10n.t('once through, verdicts at the end'),
    ...(minutes === undefined ? [] : [l10n.t('{0} minutes', minutes)]),
    ...(exam?.pass === undefined ? [] : [l10n.t('{0} % to pass', exam.pass)]),
  ];
  return parts.join(' · ');
}

/** Whether a drill or an exam was begun, and how it stands. */
function standing(pack: Pack, mode: Exclude<Mode, 'practice'>, progress: ProgressStore): string {
  const kept = progress.session(runKey({ packId: pack.id, mode }));
  const session = kept === undefined ? undefined : openLesson(pack, 0, kept).session;
  if (session?.sitting === undefined) return '';
  const isDone = mode === 'exam' ? isOver(session.sitting) : session.index >= pack.questions.length;
  return isDone ? l10n.t('done; look at it, or take it again') : l10n.t('under way');
}

/** Lets the learner choose how to work through a pack. */
export async function pickMode(pack: Pack, progress: ProgressStore): Promise<Mode | undefined> {
  const items: readonly ModeItem[] = [
    {
      mode: 'practice',
      label: modeWord('practice'),
      detail: l10n.t('at your own pace, with hints, verdicts and fresh numbers as often as you like'),
    },
    {
      mode: 'drill',
      label: modeWord('drill'),
      description: standing(pack, 'drill', progress),
      detail: l10n.t('against the clock: each question has its time, the verdict comes at once'),
    },
    {
      mode: 'exam',
      label: modeWord('exam'),
      description: standing(pack, 'exam', progress),
      detail: examDetail(pack.exam),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('How?') });
  return picked?.mode;
}
