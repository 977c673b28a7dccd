import * as vscode from 'vscode';
import type { Preview } from '../../quizzes/authoring/preview.ts';
import type { LessonAction } from '../../quizzes/engine/lesson-action.ts';
import type { ProblemScreen } from '../../webview/protocol.ts';
import type { Guard } from '../guard.ts';
import { openLink } from '../lessons/open-link.ts';
import { SCREEN_TEXTS } from '../panels/screen-texts.ts';
import {
  foreignTo,
  type LinkHandlers,
  linkWebview,
  panelIcon,
  type WebviewLink,
  type WebviewParts,
} from '../panels/webview-link.ts';
import type { PackTexts } from './pack-texts.ts';

const PREVIEW_VIEW = 'handshake.preview';

/** Loaded when the first preview opens. */
const previews = () => import('../../quizzes/authoring/preview.ts');

/** The one panel that shows a question beside its text. */
export interface PreviewPanel extends vscode.Disposable {
  /** Shows a question and leaves the keyboard with the text, or goes there to try it. */
  show(document: vscode.TextDocument, questionId: string, how: 'beside' | 'try'): Promise<void>;
}

interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly link: WebviewLink;
}

/** Which question of which text; `preview` is the last version of it that could be shown. */
interface Subject {
  readonly uri: vscode.Uri;
  readonly questionId: string;
  readonly preview: Preview | undefined;
}

export function createPreviewPanel(parts: WebviewParts, texts: PackTexts, guard: Guard): PreviewPanel {
  let tab: Tab | undefined;
  let subject: Subject | undefined;

  async function show(): Promise<void> {
    const { previewScreen } = await previews();
    if (tab === undefined || subject === undefined) return;
    const { language } = parts.settings.preferences();
    const nothing: ProblemScreen = {
      kind: 'problem',
      title: SCREEN_TEXTS.previewNothing[language],
      problems: [SCREEN_TEXTS.previewMend[language]],
      followsFile: true,
    };
    const { preview, questionId } = subject;
    tab.panel.title = vscode.l10n.t('Preview: {0}', questionId);
    tab.link.show({
      screen: preview === undefined ? nothing : previewScreen(preview, language),
      resume: undefined,
    });
  }

  /** After the text was understood anew, has another seed, or is closed. */
  async function follow(uri: vscode.Uri): Promise<void> {
    const { openPreview, renewPreview } = await previews();
    if (subject?.uri.toString() !== uri.toString() || tab === undefined) return;
    const pack = texts.analysisOf(uri)?.pack;
    const seed = texts.seedOf(uri);
    const { preview, questionId } = subject;
    if (preview !== undefined && preview.seed === seed) {
      subject = { ...subject, preview: renewPreview(preview, pack) };
    } else if (pack !== undefined) {
      subject = { ...subject, preview: openPreview(pack, questionId, seed) ?? preview };
    }
    await show();
  }

  function doing(action: LessonAction): void {
    guard(async () => {
      const { actInPreview, previewedQuestion } = await previews();
      if (subject?.preview === undefined) return;
      const preview = actInPreview(subject.preview, action);
      const questionId = previewedQuestion(preview)?.id ?? subject.questionId;
      subject = { ...subject, preview, questionId };
      await show();
    });
  }

  const handlers: LinkHandlers = {
    ...foreignTo(parts.log, 'a preview'),
    'question/answer': ({ questionId, fields }) => doing({ type: 'answer', questionId, fields }),
    'question/reveal': ({ questionId }) => doing({ type: 'reveal', questionId }),
    'question/hint': ({ questionId }) => doing({ type: 'hint', questionId }),
    'question/retry': ({ questionId }) => doing({ type: 'retry', questionId }),
    'question/go': ({ index }) => doing({ type: 'go', index }),
    'rubric/mark': ({ questionId, met }) => doing({ type: 'mark', questionId, met }),
    'verdict/compare': ({ misconception }) => doing({ type: 'compare', misconception }),
    'pack/restart': () => doing({ type: 'restart' }),
    'preferences/set': ({ preferences }) => guard(() => parts.settings.set(preferences)),
    'link/open': ({ href }) => guard(() => openLink(href)),
  };

  function reveal(how: 'beside' | 'try'): void {
    const preserveFocus = how === 'beside';
    if (tab !== undefined) return tab.panel.reveal(undefined, preserveFocus);
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    const panel = vscode.window.createWebviewPanel(PREVIEW_VIEW, 'Handshake', where);
    const link = linkWebview(PREVIEW_VIEW, panel, parts, handlers);
    panel.iconPath = panelIcon(parts.extensionUri);
    panel.onDidDispose(() => {
      link.dispose();
      if (tab?.panel === panel) tab = undefined;
    });
    tab = { panel, link };
  }

  const subscription = vscode.Disposable.from(
    texts.onDidChange((uri) => guard(() => follow(uri))),
    parts.settings.onDidChange(() => guard(show)),
  );
  return {
    async show(document, questionId, how) {
      const { uri } = document;
      reveal(how);
      const analysis = await texts.current(document);
      const { openPreview } = await previews();
      const isShown = subject?.uri.toString() === uri.toString() && subject.questionId === questionId;
      const pack = analysis?.pack;
      const fresh = pack && openPreview(pack, questionId, texts.seedOf(uri));
      // To try it is to begin anew; to look at it again is not.
      const preview = how === 'beside' && isShown ? (subject?.preview ?? fresh) : fresh;
      subject = { uri, questionId, preview };
      await show();
    },
    dispose() {
      subscription.dispose();
      tab?.panel.dispose();
    },
  };
}
