import * as vscode from 'vscode';
import type { Mark } from '../../quizzes/engine/view.ts';
import { STUDY_SUMMARY } from '../study/study-store.ts';
import { isNewcomer, type Progress, parseProgress, withMarks, withoutPack } from './progress-model.ts';

const PROGRESS = 'progress';
const SESSION = 'session/';
/** The run that is an interview: on the host, for it holds the seed. */
export const INTERVIEW_RUN = 'interview';

/** What a learner has done and where each run stands; kept by VS Code across restarts. */
export interface ProgressStore extends vscode.Disposable {
  now(): Progress;
  /** A run as it was kept last; undefined when there is none. */
  session(key: string): unknown;
  /** Keeps a run, as JSON. */
  keepSession(key: string, session: unknown): Promise<void>;
  /** Keeps a pack's run under `key`, and how its questions went. */
  keepPack(
    packId: string,
    session: unknown,
    marks: readonly (readonly [questionId: string, mark: Mark])[],
    key?: string,
  ): Promise<void>;
  /** Forgets a pack's run of practice and its marks. */
  forget(packId: string): Promise<void>;
  forgetEverything(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

/** Opens the store; marks and the study's summary follow the learner by Settings Sync, runs in flight do not. */
export function openProgress(state: vscode.ExtensionContext['globalState']): ProgressStore {
  state.setKeysForSync([PROGRESS, STUDY_SUMMARY]);
  const changed = new vscode.EventEmitter<void>();
  const now = () => parseProgress(state.get(PROGRESS));

  // Two keys, because both are unset until the extension is active: neither may then stand for the other.
  async function tellMenus(progress: Progress): Promise<void> {
    const none = isNewcomer(progress);
    await vscode.commands.executeCommand('setContext', 'handshake.newcomer', none);
    await vscode.commands.executeCommand('setContext', 'handshake.hasProgress', !none);
    await tellInterview();
  }

  async function tellInterview(): Promise<void> {
    const has = state.get(SESSION + INTERVIEW_RUN) !== undefined;
    await vscode.commands.executeCommand('setContext', 'handshake.hasInterview', has);
  }

  async function put(progress: Progress): Promise<void> {
    await state.update(PROGRESS, progress);
    await tellMenus(progress);
    changed.fire();
  }

  void tellMenus(now());
  async function keepSession(key: string, session: unknown): Promise<void> {
    const kept = state.update(SESSION + key, session);
    if (key === INTERVIEW_RUN) await tellInterview();
    await kept;
  }

  // Whatever changes together is changed before anything is awaited: what comes in between would be lost.
  return {
    now,
    session: (key) => state.get(SESSION + key),
    keepSession,
    async keepPack(packId, session, marks, key = packId) {
      await Promise.all([keepSession(key, session), put(withMarks(now(), packId, marks))]);
    },
    async forget(packId) {
      await Promise.all([keepSession(packId, undefined), put(withoutPack(now(), packId))]);
    },
    async forgetEverything() {
      const sessions = state.keys().filter((key) => key.startsWith(SESSION));
      await Promise.all([
        ...sessions.map((key) => state.update(key, undefined)),
        put(parseProgress(undefined)),
      ]);
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
