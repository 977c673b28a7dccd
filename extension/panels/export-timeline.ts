// "Export Timeline As…": what the panel in use shows, and nothing that is still hidden, as a file.

import * as vscode from 'vscode';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { l10n } from '../l10n.ts';
import type { Settings } from '../settings.ts';
import type { PanelInUse } from './panel-in-use.ts';
import type { Drawing, Format, NotWritten } from './timeline-writers.ts';

/** The writers are loaded when first needed. */
const writers = () => import('./timeline-writers.ts');

const ENDINGS = {
  svg: 'svg',
  png: 'png',
  'png-2x': 'png',
  mermaid: 'mmd',
  pcap: 'pcap',
  'pkt-a': 'pkt',
  'pkt-b': 'pkt',
} as const satisfies Record<Format, string>;

/** Milliseconds that a word in the status bar stays. */
const SHORTLY = 4_000;

/** Asks for what the caller left out: the format, and where to. */
export async function exportTimeline(
  settings: Settings,
  panelInUse: PanelInUse,
  format?: Format,
  target?: vscode.Uri,
): Promise<void> {
  const shown = panelInUse.timeline();
  if (shown === undefined) {
    void vscode.window.showWarningMessage(l10n.t('No timeline is open. Open a question or a capture first.'));
    return;
  }
  const known = format !== undefined && Object.hasOwn(ENDINGS, format);
  const chosen = known ? format : await pickFormat(shown.view);
  if (chosen === undefined) return;
  const written = await write(chosen, { ...shown, language: settings.preferences().language });
  if (typeof written === 'string') {
    void vscode.window.showWarningMessage(whyNot(written));
    return;
  }
  const ending = ENDINGS[chosen];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const where =
    target ??
    (await vscode.window.showSaveDialog({
      filters: { [ending]: [ending] },
      title: l10n.t('Export Timeline'),
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `timeline.${ending}`) }),
    }));
  if (where === undefined) return;
  await vscode.workspace.fs.writeFile(where, written);
  vscode.window.setStatusBarMessage(l10n.t('Written: {0}', where.path.split('/').pop() ?? ''), SHORTLY);
}

async function write(format: Format, drawing: Drawing): Promise<Uint8Array | NotWritten> {
  const { WRITERS } = await writers();
  return WRITERS[format](drawing);
}

function whyNot(why: NotWritten): string {
  switch (why) {
    case 'hidden':
      return l10n.t('A PNG is drawn by the panel itself: bring it to the front and export again.');
    case 'too-large':
      return l10n.t('This timeline is too tall for a PNG: export it as SVG, or as PNG in the smaller size.');
    case 'no-beginning':
      return l10n.t(
        'What is shown begins after the SYN of this host, so a script of it would have no beginning.',
      );
  }
}

async function pickFormat({ hosts }: TimelineView): Promise<Format | undefined> {
  const underTest = (name: string) =>
    l10n.t('A script with {0} under test, to be run again here or by packetdrill.', name);
  const items = [
    { label: 'SVG', detail: l10n.t('A picture for pages and slides.'), format: 'svg' },
    { label: 'PNG', detail: l10n.t('The picture in pixels, 940 wide.'), format: 'png' },
    {
      label: 'PNG 2×',
      detail: l10n.t('The picture in pixels, 1880 wide, for print and sharp screens.'),
      format: 'png-2x',
    },
    {
      label: 'Mermaid',
      detail: l10n.t('A sequence diagram as text, for notes and wikis.'),
      format: 'mermaid',
    },
    {
      label: 'pcap',
      detail: l10n.t('The segments as a capture file, for Wireshark.'),
      format: 'pcap',
    },
    { label: `packetdrill: ${hosts.A.name}`, detail: underTest(hosts.A.name), format: 'pkt-a' },
    { label: `packetdrill: ${hosts.B.name}`, detail: underTest(hosts.B.name), format: 'pkt-b' },
  ] as const;
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Export Timeline') }))?.format;
}
