// The only place that posts to a webview and hears from it.

import * as vscode from 'vscode';
import {
  type FromWebview,
  type Handlers,
  parseFromWebview,
  type Screen,
  type ShowScreen,
  type ToWebview,
} from '../../webview/protocol.ts';
import type { Guard } from '../guard.ts';
import type { Settings } from '../settings.ts';
import type { DrawPng, NotDrawn, Panel, PanelInUse } from './panel-in-use.ts';
import type { Strings } from './strings.ts';
import { webviewPage } from './webview-page.ts';

/** What every webview of ours needs, whichever editor holds it. */
export interface WebviewParts {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly guard: Guard;
  readonly settings: Settings;
  readonly strings: Strings;
  readonly panelInUse: PanelInUse;
  /** Tests only: sees every message sent, and may speak as the webview. */
  readonly tap?: WebviewTap;
}

/** Hears what passes between host and webviews: pictures to draw are of what was shown already, and left out. */
export interface WebviewTap {
  sent(viewType: string, message: ShowScreen): void;
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

export type LinkHandlers = Handlers<
  Exclude<FromWebview, { readonly type: 'ready' } | { readonly type: 'picture/drawn' }>
>;

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
    'capture/what-if': drop,
    'capture/pack': drop,
    'capture/rows': drop,
    'capture/part': drop,
    'capture/stop': drop,
    'lab/do': drop,
    'script/go': drop,
    'interview/report': drop,
    'interview/review': drop,
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

/** Milliseconds after which a webview that does not answer is taken for hidden. */
const DRAWING = 20_000;

/** Asks a webview for pictures, and gives each answer to who asked. */
function pictureDesk(webview: vscode.Webview): {
  readonly draw: DrawPng;
  readonly drawn: (request: number, octets: Uint8Array | undefined) => void;
} {
  const waiting = new Map<number, (result: Uint8Array | NotDrawn) => void>();
  let asked = 0;
  return {
    async draw(svg, scale) {
      const request = ++asked;
      const message: ToWebview = { type: 'picture/draw', request, svg, scale };
      const answer = new Promise<Uint8Array | NotDrawn>((resolve) => {
        waiting.set(request, resolve);
        setTimeout(() => resolve('hidden'), DRAWING);
      });
      const heard = await webview.postMessage(message);
      const result = heard ? await answer : 'hidden';
      waiting.delete(request);
      return result;
    },
    drawn: (request, octets) => waiting.get(request)?.(octets ?? 'too-large'),
  };
}

/** Fills the page, then passes parsed messages to `handlers` until disposed. */
export function linkWebview(
  viewType: string,
  panel: vscode.WebviewPanel,
  parts: WebviewParts,
  handlers: LinkHandlers,
): WebviewLink {
  const { webview } = panel;
  const { log, guard, settings, strings, panelInUse, tap } = parts;
  let last: Shown | undefined;
  let disposed = false;
  const pictures = pictureDesk(webview);
  const self: Panel = { screen: () => last?.screen, drawPng: pictures.draw };

  async function post(): Promise<void> {
    const preferences = settings.preferences();
    const words = await strings.in(preferences.language);
    if (last === undefined || disposed) return;
    const message: ShowScreen = {
      type: 'screen/show',
      ...last,
      preferences,
      strings: words,
      now: Date.now(),
    };
    tap?.sent(viewType, message);
    await webview.postMessage(message);
  }

  const all: Handlers<FromWebview> = {
    ...handlers,
    ready: () => guard(post),
    'picture/drawn': ({ request, octets }) => pictures.drawn(request, octets),
  };
  function receive(raw: unknown): void {
    panelInUse.use(self);
    const message = parseFromWebview(raw);
    if (message === undefined) log.warn('dropped a malformed message of the webview', raw);
    else dispatch(all, message);
  }

  function look(): void {
    if (panel.active) panelInUse.use(self);
  }

  const subscriptions = [webview.onDidReceiveMessage(receive), panel.onDidChangeViewState(look)];
  look();
  tap?.opened(viewType, receive);
  fillPage(webview, parts);
  return {
    show(shown) {
      last = shown;
      guard(post);
    },
    dispose() {
      disposed = true;
      panelInUse.closed(self);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}
