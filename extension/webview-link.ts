// The only place that posts to a webview and hears from it.

import * as vscode from 'vscode';
import type { TimelineView } from '../quizzes/engine/view.ts';
import {
  type FromWebview,
  type Handlers,
  parseFromWebview,
  type Screen,
  type ToWebview,
} from '../webview/protocol.ts';
import type { Guard } from './guard.ts';
import type { Settings } from './settings.ts';
import type { Strings } from './strings.ts';
import { webviewPage } from './webview-page.ts';

/** What every webview of ours needs, whichever editor holds it. */
export interface WebviewParts {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly guard: Guard;
  readonly settings: Settings;
  readonly strings: Strings;
  /** Tests only: sees every message sent, and may speak as the webview. */
  readonly tap?: WebviewTap;
}

/** Hears what passes between host and webviews. */
export interface WebviewTap {
  sent(viewType: string, message: ToWebview): void;
  /** `receive` acts as if the webview had posted its argument. */
  opened(viewType: string, receive: (raw: unknown) => void): void;
}

/** What a webview shows, and what it needs to be told after a reload to show it again. */
interface Shown {
  readonly screen: Screen;
  readonly resume: unknown;
}

export interface WebviewLink extends vscode.Disposable {
  /** Posts a full snapshot, now and whenever the webview starts anew. */
  show(shown: Shown): void;
}

export type LinkHandlers = Handlers<Exclude<FromWebview, { readonly type: 'ready' }>>;

type Foreign = (message: { readonly type: string }) => void;

/** Handlers for messages that only other screens send: each is logged and dropped. */
export function foreignTo(
  log: vscode.LogOutputChannel,
  screen: string,
): { readonly [T in keyof LinkHandlers]: Foreign } {
  const drop: Foreign = ({ type }) => log.warn(`${screen} cannot do ${type}`);
  return {
    'question/answer': drop,
    'question/reveal': drop,
    'question/hint': drop,
    'question/retry': drop,
    'question/what-if': drop,
    'question/go': drop,
    'rubric/mark': drop,
    'verdict/compare': drop,
    'pack/open': drop,
    'pack/restart': drop,
    'review/start': drop,
    'sitting/pause': drop,
    'sitting/resume': drop,
    'exam/hand-in': drop,
    'capture/choose': drop,
    'capture/drill': drop,
    'capture/pack': drop,
    'capture/rows': drop,
    'capture/part': drop,
    'capture/stop': drop,
    'lab/do': drop,
    'interview/report': drop,
    'preferences/set': drop,
    'link/open': drop,
  };
}

/** What the tabs of our panels carry. */
export function panelIcon(extensionUri: vscode.Uri): {
  readonly light: vscode.Uri;
  readonly dark: vscode.Uri;
} {
  const icon = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
  return { light: icon, dark: icon };
}

function freshNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes));
}

function fillPage(webview: vscode.Webview, { extensionUri, settings }: WebviewParts): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = webviewPage({
    script: address('webview.js'),
    style: address('webview.css'),
    cspSource: webview.cspSource,
    nonce: freshNonce(),
    language: settings.preferences().language,
  });
}

/** Calls the handler of a message; the map is total, so there is one. */
function dispatch<M extends { readonly type: string }>(handlers: Handlers<M>, message: M): void {
  const handler = handlers[message.type as M['type']] as (message: M) => void;
  handler(message);
}

/** What the webview that was told or heard of last shows. */
let used: { readonly shown: () => Shown | undefined } | undefined;

/** The timeline on screen in the panel used last: exactly what its webview was given. */
export function shownTimeline(): TimelineView | undefined {
  const screen = used?.shown()?.screen;
  return screen !== undefined && 'timeline' in screen ? screen.timeline : undefined;
}

/** Fills the page, then passes parsed messages to `handlers` until disposed. */
export function linkWebview(
  viewType: string,
  webview: vscode.Webview,
  parts: WebviewParts,
  handlers: LinkHandlers,
): WebviewLink {
  const { log, guard, settings, strings, tap } = parts;
  let last: Shown | undefined;
  let disposed = false;
  const self = { shown: () => (disposed ? undefined : last) };

  async function post(): Promise<void> {
    const preferences = settings.preferences();
    const words = await strings.in(preferences.language);
    if (last === undefined || disposed) return;
    const message: ToWebview = { type: 'screen/show', ...last, preferences, strings: words, now: Date.now() };
    tap?.sent(viewType, message);
    await webview.postMessage(message);
  }

  const all: Handlers<FromWebview> = { ...handlers, ready: () => guard(post) };
  function receive(raw: unknown): void {
    used = self;
    const message = parseFromWebview(raw);
    if (message === undefined) log.warn('dropped a malformed message of the webview', raw);
    else dispatch(all, message);
  }

  const subscription = webview.onDidReceiveMessage(receive);
  tap?.opened(viewType, receive);
  fillPage(webview, parts);
  return {
    show(shown) {
      last = shown;
      used = self;
      guard(post);
    },
    dispose() {
      disposed = true;
      subscription.dispose();
    },
  };
}
