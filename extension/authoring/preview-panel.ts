import * as vscode from 'vscode';
import type { Preview } from '../../quizzes/authoring/preview.ts';
import type { LessonAction } from '../../quizzes/engine/lesson-action.ts';
import type { ProblemScreen } from '../../webview/protocol.ts';
import { l10n } from '../l10n.ts';
import { onlyTab } from '../panels/only-tab.ts';
import { SCREEN_TEXTS } from '../panels/screen-texts.ts';
import type { LinkHandlers, WebviewParts } from '../panels/webview-link.ts';
import type { PackTexts } from './pack-texts.ts';

const PREVIEW_VIEW = 'handshake.preview';

/** Loaded when the first preview opens. */
const previews = () => import('../../quizzes/authoring/preview.ts');

/** The one panel that shows a question beside its text. */
export interface PreviewPanel extends vscode.Disposable {
  /** Shows a question and leaves the keyboard with the text, or goes there to try it. */
  show(document: vscode.TextDocument, questionId: string, how: 'beside' | 'try'): Promise<void>;
}

/** Which question of which text; `preview` is the last version of it that could be shown. */
interface Subject {
  readonly uri: vscode.Uri;
  readonly questionId: string;
  readonly preview: Preview | undefined;
}

export function createPreviewPanel(parts: WebviewParts, texts: PackTexts): PreviewPanel {
  const { guard } = parts;
  let subject: Subject | undefined;

  async function show(): Promise<void> {
    const { previewScreen } = await previews();
    if (subject === undefined) return;
    const { language } = parts.settings.preferences();
    const nothing: ProblemScreen = {
      kind: 'problem',
      title: SCREEN_TEXTS.previewNothing[language],
      problems: [SCREEN_TEXTS.previewMend[language]],
      followsFile: true,
    };
    const { preview, questionId } = subject;
    tab.show(l10n.t('Preview: {0}', questionId), {
      screen: preview === undefined ? nothing : previewScreen(preview, language),
      resume: undefined,
    });
  }

  /** After the text was understood anew, has another seed, or is closed. */
  async function follow(uri: vscode.Uri): Promise<void> {
    const { openPreview, renewPreview } = await previews();
    if (subject?.uri.toString() !== uri.toString() || !tab.isOpen()) return;
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
    'question/answer': ({ questionId, fields }) => doing({ type: 'answer', questionId, fields }),
    'question/reveal': ({ questionId }) => doing({ type: 'reveal', questionId }),
    'question/hint': ({ questionId }) => doing({ type: 'hint', questionId }),
    'question/retry': ({ questionId }) => doing({ type: 'retry', questionId }),
    'question/go': ({ index }) => doing({ type: 'go', index }),
    'rubric/mark': ({ questionId, met }) => doing({ type: 'mark', questionId, met }),
    'verdict/compare': ({ misconception }) => doing({ type: 'compare', misconception }),
    'pack/restart': () => doing({ type: 'restart' }),
  };

  const tab = onlyTab({ type: PREVIEW_VIEW, handlers }, parts);
  const subscription = vscode.Disposable.from(
    texts.onDidChange((uri) => guard(() => follow(uri))),
    parts.settings.onDidChange(() => guard(show)),
  );
  return {
    async show(document, questionId, how) {
      const { uri } = document;
      tab.reveal(vscode.ViewColumn.Beside, how === 'beside');
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
      tab.close();
    },
  };
}
