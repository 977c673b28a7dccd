import { signal } from '@preact/signals';
import { loadState, post, saveState } from './host.ts';
import { drawPng } from './png.ts';
import { type Preferences, parseToWebview, type Screen } from './protocol.ts';
import { type Change, change, FRESH_VIEW, restore, type ViewState } from './state.ts';
import { setStrings } from './text.ts';

/** What the host last sent; undefined until then. */
export const screen = signal<Screen | undefined>(undefined);

export const preferences = signal<Preferences>({ language: 'en', numbers: 'symbolic' });

/** By how much the host's clock is ahead of this one's, in milliseconds. */
let ahead = 0;

/** What the host's clock says now, in milliseconds since the epoch. */
export function hostNow(): number {
  return Date.now() + ahead;
}

/** What this webview keeps by itself. */
export const saved = signal(restore(loadState()));

/** Changes what is kept, and keeps it. */
export function update(step: Change): void {
  saved.value = change(saved.value, step);
  saveState(saved.value);
}

/** How a timeline was last looked at. */
export function viewState(key: string): ViewState {
  return saved.value.views[key] ?? FRESH_VIEW;
}

/** Asks for other preferences; they come back with the next screen. */
export function prefer(wish: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...wish };
  post({ type: 'preferences/set', preferences: preferences.value });
}

/** Follows the host for as long as the page lives. */
export function listen(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseToWebview(event.data);
    if (message === undefined) return;
    if (message.type === 'picture/draw') {
      const { request, svg, scale } = message;
      void drawPng(svg, scale).then((octets) => post({ type: 'picture/drawn', request, octets }));
      return;
    }
    ahead = message.now - Date.now();
    setStrings(message.strings);
    preferences.value = message.preferences;
    document.documentElement.lang = message.preferences.language;
    update({ kind: 'resume', resume: message.resume });
    screen.value = message.screen;
  });
  post({ type: 'ready' });
}
