// What VS Code says of a packetdrill script: problems with their quick fixes, hover, outline, and the lens above it.

import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';
import { mendedField, writtenField } from '../../core/wire/packetdrill/mend.ts';
import type { Judged } from '../../core/wire/packetdrill/play.ts';
import type { Guard } from '../guard.ts';
import { l10n } from '../l10n.ts';
import type { Settings } from '../settings.ts';
import type { ScriptReading } from './read-script.ts';
import { openScriptTexts, rangeOf, SCRIPT_LANGUAGE } from './script-texts.ts';

/** How long a writer pauses before a script is read anew, in milliseconds. */
const PAUSE = 250;

type Read = ReturnType<typeof openScriptTexts>;
/** What has to stand where a problem is. */
type Fixes = WeakMap<vscode.Diagnostic, string>;

/** Registers everything for scripts that are open in an editor. */
export function registerScripts(settings: Settings, guard: Guard): vscode.Disposable {
  const read = openScriptTexts();
  return vscode.Disposable.from(
    registerProblems(read, settings, guard),
    vscode.languages.registerHoverProvider(SCRIPT_LANGUAGE, {
      async provideHover(document, position) {
        const { played } = await read(document);
        const judged = played.lines.find(({ line }) => rangeOf(line.span).contains(position));
        return judged && hoverOf(document, judged, await read(document), settings);
      },
    }),
    vscode.languages.registerDocumentSymbolProvider(SCRIPT_LANGUAGE, {
      async provideDocumentSymbols(document) {
        const { played } = await read(document);
        return played.lines.map((judged) => symbolOf(document, judged));
      },
    }),
    vscode.languages.registerCodeLensProvider(SCRIPT_LANGUAGE, {
      provideCodeLenses: ({ uri }) => [
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
          command: 'handshake.showAsTimeline',
          title: l10n.t('Show as Timeline'),
          tooltip: l10n.t('Runs the script against the TCP of Handshake and draws what passes.'),
          arguments: [uri],
        }),
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
          command: 'handshake.openLab',
          title: l10n.t('Open in the What-If Lab'),
          arguments: [uri],
        }),
      ],
    }),
  );
}

function registerProblems(read: Read, settings: Settings, guard: Guard): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('handshake-scripts');
  const fixes: Fixes = new WeakMap();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  async function show(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const reading = await read(document);
    if (document.isClosed || document.version !== version) return;
    collection.set(document.uri, problemsOf(document, reading, settings, fixes));
  }
  function soon(document: vscode.TextDocument): void {
    if (document.languageId !== SCRIPT_LANGUAGE) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => guard(() => show(document)), PAUSE),
    );
  }
  const all = () => vscode.workspace.textDocuments.forEach(soon);
  all();
  const actions: vscode.CodeActionProvider = {
    provideCodeActions: ({ uri }, range) =>
      (collection.get(uri) ?? []).flatMap((problem) => {
        const value = fixes.get(problem);
        if (value === undefined || problem.range.intersection(range) === undefined) return [];
        const action = new vscode.CodeAction(l10n.t('Write {0}', value), vscode.CodeActionKind.QuickFix);
        action.diagnostics = [problem];
        action.isPreferred = true;
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(uri, problem.range, value);
        return [action];
      }),
  };
  return vscode.Disposable.from(
    collection,
    vscode.languages.registerCodeActionsProvider(SCRIPT_LANGUAGE, actions, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(waiting.get(uri.toString()));
      collection.delete(uri);
    }),
    settings.onDidChange(all),
    {
      dispose() {
        for (const timer of waiting.values()) clearTimeout(timer);
      },
    },
  );
}

/** Finds problems, and what mends those that a number or word would mend. */
function problemsOf(
  document: vscode.TextDocument,
  { issues, played }: ScriptReading,
  settings: Settings,
  fixes: Fixes,
): vscode.Diagnostic[] {
  const { language } = settings.preferences();
  const read = issues.map(({ span, severity, message }) =>
    diagnostic(
      rangeOf(span),
      message[language],
      severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Information,
    ),
  );
  const differing = played.lines
    .filter(({ outcome }) => outcome === 'differs')
    .flatMap((judged) => differencesOf(document, judged, language, fixes));
  return [...read, ...differing];
}

/** A warning at each field that differs; one for the whole line of what is at no place in it. */
function differencesOf(
  document: vscode.TextDocument,
  { line, says, fields = [], sent = '' }: Judged,
  language: Language,
  fixes: Fixes,
): vscode.Diagnostic[] {
  const whole = document.validateRange(rangeOf(line.span));
  const start = document.offsetAt(whole.start);
  const text = document.getText(whole);
  const placed = fields.flatMap((field) => {
    const written = writtenField(text, field.field);
    if (written === undefined) return [];
    const range = new vscode.Range(
      document.positionAt(start + written.from),
      document.positionAt(start + written.to),
    );
    const made = diagnostic(range, field.says[language], vscode.DiagnosticSeverity.Warning);
    const value = mendedField(text, sent, field.field)?.text;
    if (value !== undefined) fixes.set(made, value);
    return [{ says: field.says, made }];
  });
  const rest = says.filter((one) => placed.every((field) => field.says !== one));
  const ofLine = rest.map((one) => one[language]).join('\n');
  return [
    ...placed.map(({ made }) => made),
    ...(rest.length === 0 ? [] : [diagnostic(whole, ofLine, vscode.DiagnosticSeverity.Warning)]),
  ];
}

function diagnostic(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, severity);
  made.source = 'Handshake';
  return made;
}

/** What the core does at this line, and the rules that decided. */
async function hoverOf(
  document: vscode.TextDocument,
  { line, at, says, sent, step }: Judged,
  { played }: ScriptReading,
  settings: Settings,
): Promise<vscode.Hover> {
  const { RULES, sourceText } = await import('../../core/tcp/rules.ts');
  const { language } = settings.preferences();
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${Number((at / 1000).toFixed(6))} s**\n\n`);
  if (sent !== undefined) text.appendCodeblock(`> ${sent}`, SCRIPT_LANGUAGE);
  for (const one of says) text.appendMarkdown(`${plain(one[language])}\n\n`);
  const decided = step === undefined ? undefined : played.timeline.steps[step];
  if (decided !== undefined) text.appendMarkdown(`\n\n${played.host}: ${decided.path.join(' → ')}\n\n`);
  for (const id of new Set(decided?.rules)) {
    text.appendMarkdown(`\n- ${plain(`${RULES[id].says[language]} (${sourceText(RULES[id])})`)}`);
  }
  return new vscode.Hover(text, document.validateRange(rangeOf(line.span)));
}

/** Text that Markdown leaves as it is; unlike appendText(), its lines may be broken. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
}

const KINDS = {
  packet: vscode.SymbolKind.Event,
  call: vscode.SymbolKind.Function,
  deed: vscode.SymbolKind.Function,
  skipped: vscode.SymbolKind.Null,
} as const satisfies Record<Judged['line']['kind'], vscode.SymbolKind>;

function symbolOf(document: vscode.TextDocument, { line }: Judged): vscode.DocumentSymbol {
  const range = document.validateRange(rangeOf(line.span));
  const name = document.getText(range).replace(/\s+/g, ' ').slice(0, 80);
  return new vscode.DocumentSymbol(name || line.kind, '', KINDS[line.kind], range, range);
}
