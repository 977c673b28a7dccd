import type * as vscode from 'vscode';
import type { ShowScreen } from '../webview/protocol.ts';
import type { ProgressStore } from './lessons/progress.ts';
import type { PackTree } from './packs/pack-tree.ts';
import type { WebviewTap } from './panels/webview-link.ts';
import type { StudyStore } from './study/study-store.ts';

/** What `activate` gives to tests, and only to tests: all that webviews are told, and a voice to answer with. */
export interface TestApi extends Recorder {
  readonly tree: PackTree;
  readonly progress: ProgressStore;
  readonly study: StudyStore;
  /** Where study.json is. */
  readonly storage: vscode.Uri;
}

interface SentMessage {
  readonly viewType: string;
  readonly message: ShowScreen;
}

export interface Recorder {
  /** Every message sent to a webview, oldest first. */
  readonly messages: readonly SentMessage[];
  /** Acts as if the newest webview of that kind had posted `raw`. */
  post(viewType: string, raw: unknown): void;
  readonly tap: WebviewTap;
}

/** Records what webviews are told. */
export function startRecorder(): Recorder {
  const messages: SentMessage[] = [];
  const receivers = new Map<string, (raw: unknown) => void>();
  return {
    messages,
    post: (viewType, raw) => receivers.get(viewType)?.(raw),
    tap: {
      sent: (viewType, message) => messages.push({ viewType, message }),
      opened: (viewType, receive) => receivers.set(viewType, receive),
    },
  };
}
