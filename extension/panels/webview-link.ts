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
import type { Clock } from '../clock.ts';
import type { Guard } from '../guard.ts';
import type { Settings } from '../settings.ts';
import { openLink } from './open-link.ts';
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
  readonly clock: Clock;
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
export interface Shown {
  readonly screen: Screen;
  readonly resume: unknown;
}

export interface WebviewLink extends vscode.Disposable {
  /** Posts a full snapshot, now and whenever the webview starts anew. */
  show(shown: Shown): void;
}

/** What every webview of ours may say, whatever it shows. */
type Common = Extract<
  FromWebview,
  { readonly type: 'ready' | 'picture/drawn' | 'preferences/set' | 'link/open' }
>;

/** What a panel does for what its own screens say; it does nothing for the rest. */
export type LinkHandlers = Partial<Handlers<Exclude<FromWebview, Common>>>;

/** What only one panel can be told. */
type Subject = 'capture' | 'lab' | 'script';
type About<S extends Subject> = { readonly type: `${S}/${string}` };

/** All that the panel of a subject has to handle. */
export type SubjectHandlers<S extends Subject> = Handlers<Extract<FromWebview, About<S>>>;

/** All that lessons have to handle: whatever no other panel has to, so that a new message without a handler does not compile. */
export type LessonHandlers = Handlers<Exclude<FromWebview, Common | About<Subject>>>;

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
  const { log, guard, settings, strings, panelInUse, clock, tap } = parts;
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
      now: clock.now(),
    };
    tap?.sent(viewType, message);
    await webview.postMessage(message);
  }

  const all: LinkHandlers & Handlers<Common> = {
    ...handlers,
    ready: () => guard(post),
    'picture/drawn': ({ request, octets }) => pictures.drawn(request, octets),
    'preferences/set': ({ preferences }) => guard(() => settings.set(preferences)),
    'link/open': ({ href }) => guard(() => openLink(href)),
  };
  function receive(raw: unknown): void {
    panelInUse.use(self);
    const message = parseFromWebview(raw);
    if (message === undefined) return log.warn('dropped a malformed message of the webview', raw);
    const handler = all[message.type] as ((message: FromWebview) => void) | undefined;
    if (handler === undefined) log.warn(`${viewType} cannot do ${message.type}`);
    else handler(message);
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
