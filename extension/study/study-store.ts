import * as vscode from 'vscode';
import {
  mergeStudies,
  NO_STUDY,
  parseStudy,
  type Review,
  readStudy,
  type Study,
  withReview,
} from '../../quizzes/engine/study.ts';
import type { Clock } from '../clock.ts';

/** Where the summary that follows the learner to other machines is kept. */
export const STUDY_SUMMARY = 'study';

/** The study as it is kept: every answer given, and all that follows from it. */
export interface StudyStore extends vscode.Disposable {
  now(): Promise<Study>;
  /** Keeps one more answer; once it returns, a crash does not lose it. */
  add(review: Review): Promise<void>;
  /** Takes in another machine's study. */
  merge(other: Study): Promise<void>;
  /** Forgets every answer so far, on other machines too. */
  forget(at: number): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

/** Milliseconds after which no window is still writing a file. */
const LONG_DEAD = 60_000;

/** Removes what a window that was killed while it wrote has left behind. */
async function sweep(folder: vscode.Uri, clock: Clock): Promise<void> {
  const all = await vscode.workspace.fs.readDirectory(folder).then(
    (entries) => entries,
    () => [],
  );
  for (const [name] of all.filter(([each]) => /^study\..+\.tmp$/.test(each))) {
    const left = vscode.Uri.joinPath(folder, name);
    try {
      const { mtime } = await vscode.workspace.fs.stat(left);
      if (clock.now() - mtime > LONG_DEAD) await vscode.workspace.fs.delete(left);
    } catch {
      // Another window swept it, or has just finished writing it.
    }
  }
}

/** undefined when there is no such file; throws when there is one that cannot be read. */
async function readIfThere(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/**
 * Opens the study of this machine. Windows share its file: each merges what the others wrote before it writes,
 * and a file is only ever replaced as a whole.
 *
 * @param folder - the extension's own, in VS Code's storage
 */
export function openStudy(
  folder: vscode.Uri,
  state: vscode.ExtensionContext['globalState'],
  clock: Clock,
  log: vscode.LogOutputChannel,
): StudyStore {
  const changed = new vscode.EventEmitter<void>();
  const file = vscode.Uri.joinPath(folder, 'study.json');
  let memory: Study = NO_STUDY;
  let working: Promise<void> | undefined;
  let swept = false;
  const changes: ((study: Study) => Study)[] = [];
  let coming: Promise<void> | undefined;

  /** What the file holds; one that cannot be read is put aside, never written over. */
  async function onDisk(): Promise<Study> {
    const text = await readIfThere(file);
    if (text === undefined) return NO_STUDY;
    const read = readStudy(text);
    if (read.ok) return read.value;
    const aside = vscode.Uri.joinPath(folder, `study.${clock.now()}.unreadable.json`);
    log.error(
      `${file.toString()} cannot be read (${read.error.code}) and was put aside as ${aside.toString()}`,
    );
    await vscode.workspace.fs.rename(file, aside);
    return NO_STUDY;
  }

  async function takeIn(): Promise<void> {
    memory = mergeStudies(memory, mergeStudies(parseStudy(state.get(STUDY_SUMMARY)), await onDisk()));
  }

  async function write(): Promise<void> {
    await takeIn();
    const { compacted, summaryOf } = await import('../../quizzes/engine/schedule.ts');
    memory = compacted(memory);
    await vscode.workspace.fs.createDirectory(folder);
    const fresh = vscode.Uri.joinPath(folder, `study.${crypto.randomUUID()}.tmp`);
    await vscode.workspace.fs.writeFile(fresh, new TextEncoder().encode(JSON.stringify(memory)));
    await vscode.workspace.fs.rename(fresh, file, { overwrite: true });
    if (!swept) await sweep(folder, clock);
    swept = true;
    await state.update(STUDY_SUMMARY, summaryOf(memory));
    changed.fire();
  }

  /** One after the other: a write that failed does not keep the next one from being tried. */
  function queue(work: () => Promise<void>): Promise<void> {
    const next = (working ?? takeIn()).catch(() => undefined).then(work);
    working = next;
    return next;
  }

  /** What came while another write was under way is written at once. */
  function put(change: (study: Study) => Study): Promise<void> {
    changes.push(change);
    coming ??= queue(async () => {
      coming = undefined;
      for (const each of changes.splice(0)) memory = each(memory);
      await write();
    });
    return coming;
  }

  return {
    async now() {
      await queue(async () => undefined);
      return memory;
    },
    add: (review) => put((study) => withReview(study, review)),
    merge: (other) => put((study) => mergeStudies(study, other)),
    forget: (at) => put((study) => mergeStudies(study, { ...NO_STUDY, since: at })),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
