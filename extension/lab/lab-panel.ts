import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';
import type { NotRetold } from '../../core/timeline/retell.ts';
import type { Lab, LabSubject, LabText } from '../../quizzes/engine/lab/lab.ts';
import type { ProblemScreen, Screen } from '../../webview/protocol.ts';
import type { Captures } from '../captures/captures.ts';
import { l10n } from '../l10n.ts';
import type { ProgressStore } from '../lessons/progress.ts';
import type { PackLibrary } from '../packs/pack-library.ts';
import { onlyTab } from '../panels/only-tab.ts';
import { fill, SCREEN_TEXTS } from '../panels/screen-texts.ts';
import type { SubjectHandlers, WebviewParts } from '../panels/webview-link.ts';
import { scenarioOf } from './lab-text.ts';

const LAB_VIEW = 'handshake.lab';
/** Where the lab is kept: on the host, for it holds the seed. */
const LAB_RUN = 'lab';

/** Loaded when the lab first opens. */
async function engine() {
  const [lab, screen, retold, { MOST_SEGMENTS }] = await Promise.all([
    import('../../quizzes/engine/lab/lab.ts'),
    import('../../quizzes/engine/lab/lab-screen.ts'),
    import('../../quizzes/engine/lab/retold.ts'),
    import('../../core/timeline/retell.ts'),
  ]);
  return { ...lab, ...screen, ...retold, MOST_SEGMENTS };
}

/** The one panel of the what-if lab. */
export interface LabPanel extends vscode.Disposable {
  /** Opens a run in the lab with nothing changed, or says why it cannot be. */
  open(subject: LabSubject): Promise<void>;
}

/** Why a capture cannot be branched. */
const NOT_RETOLD = {
  'begins-late': 'labBeginsLate',
  'one-sided': 'labOneSided',
  'too-long': 'labTooLong',
  'parts-early': 'labPartsEarly',
} as const satisfies Record<NotRetold, keyof typeof SCREEN_TEXTS>;

/** What the panel shows: a lab, or why there is none. */
type Content =
  | { readonly kind: 'lab'; readonly lab: Lab }
  | {
      readonly kind: 'problem';
      readonly why: 'labGone' | 'labUnreadable' | (typeof NOT_RETOLD)[NotRetold] | 'captureGone';
      readonly name: string;
    };

function problemScreen(
  { why, name }: Extract<Content, { kind: 'problem' }>,
  most: number,
  language: Language,
): ProblemScreen {
  return {
    kind: 'problem',
    title: SCREEN_TEXTS.labNothing[language],
    problems: [fill(SCREEN_TEXTS[why], language, name, most)],
  };
}

/** Registers the lab and brings back the one of an earlier window. */
export function registerLabPanel(
  parts: WebviewParts,
  library: PackLibrary,
  progress: ProgressStore,
  captures: Captures,
): LabPanel {
  const { guard } = parts;
  let content: Content | undefined;

  async function show(): Promise<void> {
    const { labScreen, MOST_SEGMENTS } = await engine();
    if (content === undefined) return;
    const { language } = parts.settings.preferences();
    const screen: Screen =
      content.kind === 'lab'
        ? labScreen(content.lab, language)
        : problemScreen(content, MOST_SEGMENTS, language);
    tab.show(l10n.t('What-If Lab'), { screen, resume: { version: 1, kind: 'lab' } });
  }

  async function take(next: Content): Promise<void> {
    content = next;
    await show();
    if (next.kind !== 'lab') return;
    const { saveLab } = await engine();
    await progress.keepSession(LAB_RUN, saveLab(next.lab));
  }

  async function packOf(packId: string) {
    return (await library.files()).find(({ pack }) => pack?.id === packId)?.pack;
  }

  async function textLab(subject: LabSubject, text: LabText): Promise<Lab | undefined> {
    const [{ openToldLab }, scenario] = await Promise.all([engine(), scenarioOf(text)]);
    return scenario && openToldLab(scenario, subject);
  }

  /** A connection of a capture file, played again. */
  async function captureLab(subject: LabSubject, seen: NonNullable<LabSubject['capture']>): Promise<Content> {
    const name = subject.scenario;
    const view = await captures
      .open(vscode.Uri.parse(seen.address))
      .then((capture) => capture.done.then(() => capture.view(seen.connection)))
      .catch(() => undefined);
    if (view === undefined) return { kind: 'problem', why: 'captureGone', name };
    const { openToldLab, tellAgain, MOST_SEGMENTS } = await engine();
    if (view.count() > MOST_SEGMENTS) return { kind: 'problem', why: NOT_RETOLD['too-long'], name };
    const told = tellAgain(view.timeline(0, view.count()));
    if (!told.ok) return { kind: 'problem', why: NOT_RETOLD[told.error], name };
    return { kind: 'lab', lab: openToldLab(told.value.scenario, subject, told.value) };
  }

  async function contentFor(subject: LabSubject): Promise<Content> {
    if (subject.text !== undefined) {
      const told = await textLab(subject, subject.text);
      return told === undefined
        ? { kind: 'problem', why: 'labUnreadable', name: subject.scenario }
        : { kind: 'lab', lab: told };
    }
    if (subject.capture !== undefined) return captureLab(subject, subject.capture);
    const pack = await packOf(subject.packId);
    const plan = pack?.scenarios[subject.scenario];
    if (pack === undefined || plan === undefined)
      return { kind: 'problem', why: 'labGone', name: subject.packId };
    const { openLab } = await engine();
    const lab = openLab(pack, subject);
    if (lab.ok) return { kind: 'lab', lab: lab.value };
    if (lab.error === 'gone') return { kind: 'problem', why: 'labGone', name: subject.packId };
    return {
      kind: 'problem',
      why: NOT_RETOLD[lab.error],
      name: plan.kind === 'capture' ? plan.file : plan.id,
    };
  }

  async function restored(): Promise<Content | undefined> {
    const { restoreLab, resumeLab, savedSubject } = await engine();
    const saved = progress.session(LAB_RUN);
    const subject = savedSubject(saved);
    if (subject === undefined) return undefined;
    if (subject.text !== undefined || subject.capture !== undefined) {
      const content = await contentFor(subject);
      return content.kind === 'lab' ? { kind: 'lab', lab: resumeLab(content.lab, saved) } : content;
    }
    const pack = await packOf(subject.packId);
    const lab = pack && restoreLab(pack, saved);
    return lab === undefined ? contentFor(subject) : { kind: 'lab', lab };
  }

  const handlers: SubjectHandlers<'lab'> = {
    'lab/do': ({ action }) =>
      guard(async () => {
        const { actInLab } = await engine();
        if (content?.kind === 'lab') await take({ kind: 'lab', lab: actInLab(content.lab, action) });
      }),
  };

  const tab = onlyTab({ type: LAB_VIEW, handlers }, parts);
  const serializer = tab.bringBack(async () => {
    const kept = await restored();
    return kept && (() => take(kept));
  });
  const translation = parts.settings.onDidChange(() => guard(show));
  return {
    async open(subject) {
      const next = await contentFor(subject);
      tab.reveal();
      await take(next);
    },
    dispose: () => vscode.Disposable.from(serializer, translation).dispose(),
  };
}
