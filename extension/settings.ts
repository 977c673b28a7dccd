import * as vscode from 'vscode';
import type { Language } from '../core/text.ts';
import type { Preferences } from '../webview/protocol.ts';
import { readPace, readPreferences, settingChanges } from './preferences.ts';

const SECTION = 'handshake';

/** The user's settings, read when asked for. */
export interface Settings extends vscode.Disposable {
  preferences(): Preferences;
  /** Writes what differs into the user's settings. */
  set(wanted: Preferences): Promise<void>;
  opensOnStartup(): boolean;
  /** Whether what is due is shown outside of our own views. */
  showsDue(): boolean;
  /** Answers a day. */
  dailyGoal(): number;
  /** By how much drills stretch the time of each question. */
  drillPace(): number;
  /** Fires when language or numbers may have changed. */
  readonly onDidChange: vscode.Event<void>;
}

const USUAL_GOAL = 10;

function goalOf(value: unknown): number {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : USUAL_GOAL;
}

/** The language of lessons, and of all that the extension itself says. */
export function languageInUse(): Language {
  return readPreferences(section().get('language'), undefined, vscode.env.language).language;
}

const section = () => vscode.workspace.getConfiguration(SECTION);

export function openSettings(): Settings {
  const changed = new vscode.EventEmitter<void>();
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION)) changed.fire();
  });
  const preferences = () =>
    readPreferences(section().get('language'), section().get('numbers'), vscode.env.language);
  return {
    preferences,
    async set(wanted) {
      for (const { key, value } of settingChanges(preferences(), wanted)) {
        await section().update(key, value, vscode.ConfigurationTarget.Global);
      }
    },
    showsDue: () => section().get('showDue') !== false,
    dailyGoal: () => goalOf(section().get('dailyGoal')),
    drillPace: () => readPace(section().get('drillPace')),
    opensOnStartup: () => section().get('openOnStartup') === true,
    onDidChange: changed.event,
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}
