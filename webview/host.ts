import type { FromWebview } from './protocol.ts';

/** What VS Code gives a webview. */
interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Sends one message to the extension. */
export function post(message: FromWebview): void {
  api.postMessage(message);
}

/** What was kept when the panel was hidden or the window reloaded; whatever shape it has. */
export function loadState(): unknown {
  return api.getState();
}

/** Keeps a plain value for as long as the panel lives, hidden or not. */
export function saveState(state: unknown): void {
  api.setState(state);
}
