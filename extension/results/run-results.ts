import * as vscode from 'vscode';
import { openLesson } from '../../quizzes/engine/lesson.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { type Results, resultsOf } from '../../quizzes/engine/results.ts';
import type { SessionState } from '../../quizzes/engine/session.ts';
import { isOver, MODES, type Mode } from '../../quizzes/engine/sitting.ts';
import { l10n } from '../l10n.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import { runKey } from '../lessons/resume.ts';
import { type LibraryFile, readerBeside } from '../packs/pack-library.ts';
import { modeWord } from '../packs/pickers.ts';

/** What a learner hands in, and the pack it is of. */
export interface RunResults {
  readonly pack: Pack;
  readonly results: Results;
}

interface AnsweredRun {
  readonly mode: Mode;
  readonly session: SessionState;
  readonly answers: number;
}

/** The runs of a pack with anything to hand in; an exam counts when it is over. */
function answeredRuns(pack: Pack, progress: ProgressStore): readonly AnsweredRun[] {
  return MODES.flatMap((mode): AnsweredRun[] => {
    const key = runKey({ packId: pack.id, ...(mode !== 'practice' && { mode }) });
    const saved = progress.session(key);
    if (saved === undefined) return [];
    const { session } = openLesson(pack, 0, saved);
    if (mode === 'exam' && !isOver(session.sitting)) return [];
    const answers = Object.values(session.questions).filter(({ answered }) => answered !== undefined).length;
    return answers === 0 ? [] : [{ mode, session, answers }];
  });
}

async function pickRun(runs: readonly AnsweredRun[], title: string): Promise<AnsweredRun | undefined> {
  if (runs.length < 2) return runs[0];
  const items = runs.map((run) => ({
    label: modeWord(run.mode),
    description: l10n.t('{0} answers', run.answers),
    run,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.run;
}

/**
 * Makes the results of one run of a pack; asks which run and what name.
 *
 * @param version - of this extension
 * @returns undefined when there is nothing to hand in, which is said, or the learner would rather not
 */
export async function runResults(
  { uri, pack }: LibraryFile,
  progress: ProgressStore,
  version: string,
  title: string,
): Promise<RunResults | undefined> {
  const runs = pack === undefined ? [] : answeredRuns(pack, progress);
  if (pack === undefined || runs.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t(
        'Nothing in this pack has been answered yet, or its exam is not handed in, so there are no results.',
      ),
    );
    return undefined;
  }
  const run = await pickRun(runs, title);
  if (run === undefined) return undefined;
  const learner = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Your name, as your instructor knows you. Leave it empty to hand in without a name.'),
    ignoreFocusOut: true,
  });
  if (learner === undefined) return undefined;
  const { packHash } = await import('../../quizzes/format/pack-hash.ts');
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const results = resultsOf(pack, run.session, {
    packHash: await packHash(text, readerBeside(uri)),
    core: version,
    mode: run.mode,
    learner: learner.trim(),
    exportedAt: new Date().toISOString(),
  });
  return { pack, results };
}
