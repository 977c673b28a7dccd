// "Export Timeline As…": what the panel in use shows, and nothing that is still hidden, as a file.

import * as vscode from 'vscode';
import type { Language } from '../core/text.ts';
import type { TimelineView } from '../quizzes/engine/view.ts';
import type { Settings } from './settings.ts';
import type { Format } from './timeline-writers.ts';
import { shownTimeline } from './webview-link.ts';

/** The writers are loaded when first needed. */
const writers = () => import('./timeline-writers.ts');

const FORMATS = ['svg', 'mermaid', 'pcap'] as const satisfies readonly Format[];

const ENDINGS = { svg: 'svg', mermaid: 'mmd', pcap: 'pcap' } as const satisfies Record<Format, string>;

/** Asks for what the caller left out: the format, and where to. */
export async function exportTimeline(
  settings: Settings,
  format?: Format,
  target?: vscode.Uri,
): Promise<void> {
  const shown = shownTimeline();
  if (shown === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('No timeline is open. Open a question or a capture first.'),
    );
    return;
  }
  const chosen = FORMATS.find((known) => known === format) ?? (await pickFormat());
  if (chosen === undefined) return;
  const ending = ENDINGS[chosen];
  const where =
    target ??
    (await vscode.window.showSaveDialog({
      filters: { [chosen]: [ending] },
      title: vscode.l10n.t('Export Timeline'),
    }));
  if (where === undefined) return;
  const octets = await write(chosen, shown, settings.preferences().language);
  await vscode.workspace.fs.writeFile(where, octets);
}

async function write(format: Format, view: TimelineView, language: Language): Promise<Uint8Array> {
  const { WRITERS } = await writers();
  return WRITERS[format](view, language);
}

async function pickFormat(): Promise<Format | undefined> {
  const items = [
    { label: 'SVG', detail: vscode.l10n.t('A picture for pages and slides.'), format: 'svg' },
    {
      label: 'Mermaid',
      detail: vscode.l10n.t('A sequence diagram as text, for notes and wikis.'),
      format: 'mermaid',
    },
    {
      label: 'pcap',
      detail: vscode.l10n.t('The segments as a capture file, for Wireshark.'),
      format: 'pcap',
    },
  ] as const;
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export Timeline') }))?.format;
}
