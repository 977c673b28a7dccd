// Problems in a learner's own notes, with their quick fixes: numbers that cannot be, and `tcp` blocks that cannot be read.

import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';
import type { NoteProblem } from '../../quizzes/notes/lint.ts';
import type { BlockProblem } from '../../quizzes/notes/lint-block.ts';
import type { Guard } from '../guard.ts';
import { l10n } from '../l10n.ts';
import type { Settings } from '../settings.ts';

/** How long a writer pauses before notes are read anew, in milliseconds. */
const PAUSE = 400;
/** Longer documents are no notes. */
const LONGEST = 500_000;
const CODE = 'note-number';
const BLOCK_CODE = 'tcp-block';
/** Most documents show neither segments nor blocks of ours: nothing is loaded for them. */
const TELLS = /\bSYN\b|^ {0,3}(?:`{3,}|~{3,})\s*tcp\b/m;

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
} as const satisfies Record<BlockProblem['severity'], vscode.DiagnosticSeverity>;

interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly range: vscode.Range; readonly text: string }[];
  readonly preferred: boolean;
}

interface Found {
  readonly diagnostic: vscode.Diagnostic;
  readonly fixes: readonly Fix[];
}

function found(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
  code: string,
  fixes: readonly Fix[],
): Found {
  const diagnostic = new vscode.Diagnostic(range, message, severity);
  diagnostic.source = 'Handshake';
  diagnostic.code = code;
  return { diagnostic, fixes };
}

/** Numbers that cannot be, each with the one that can. */
function numbersIn(
  document: vscode.TextDocument,
  problems: readonly NoteProblem[],
  language: Language,
): readonly Found[] {
  return problems.map(({ from, to, value, message }) => {
    const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
    const fix = {
      title: l10n.t('Write {0}', value),
      edits: [{ range, text: value }],
      preferred: true,
    };
    return found(range, message[language], vscode.DiagnosticSeverity.Warning, CODE, [fix]);
  });
}

/** What is wrong with a block whose first line follows that line of the document, counted from 0. */
function problemsOf(opens: number, problems: readonly BlockProblem[], language: Language): readonly Found[] {
  const rangeOf = ({ start, end }: Pick<BlockProblem, 'start' | 'end'>) =>
    new vscode.Range(opens + start.line, start.column - 1, opens + end.line, end.column - 1);
  return problems.map((problem) => {
    const fixes = problem.fixes.map(({ title, edits, preferred }) => ({
      title: title[language],
      edits: edits.map((edit) => ({ range: rangeOf(edit), text: edit.text })),
      preferred,
    }));
    const { message, severity } = problem;
    return found(rangeOf(problem), message[language], SEVERITIES[severity], BLOCK_CODE, fixes);
  });
}

/** Registers warnings and fixes for Markdown texts that are open. */
export function registerNotes(settings: Settings, guard: Guard): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('handshake-notes');
  const fixesOf = new WeakMap<vscode.Diagnostic, readonly Fix[]>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  async function show(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const wanted = vscode.workspace.getConfiguration('handshake', uri).get('lintNotes', true);
    const text = document.getText();
    if (!wanted || text.length > LONGEST || !TELLS.test(text)) return collection.delete(uri);
    const [{ lintNotes }, { lintBlock }, { tcpBlocks }] = await Promise.all([
      import('../../quizzes/notes/lint.ts'),
      import('../../quizzes/notes/lint-block.ts'),
      import('../lab/lab-text.ts'),
    ]);
    if (document.isClosed || document.version !== version) return;
    const { language } = settings.preferences();
    const all = [
      ...numbersIn(document, lintNotes(text), language),
      ...tcpBlocks(text).flatMap((block) => problemsOf(block.from, lintBlock(block.text), language)),
    ];
    for (const { diagnostic, fixes } of all) fixesOf.set(diagnostic, fixes);
    collection.set(
      uri,
      all.map(({ diagnostic }) => diagnostic),
    );
  }
  function soon(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => guard(() => show(document)), PAUSE),
    );
  }
  const all = () => vscode.workspace.textDocuments.forEach(soon);
  all();
  const fixes: vscode.CodeActionProvider = {
    provideCodeActions: ({ uri }, range) =>
      (collection.get(uri) ?? []).flatMap((diagnostic) => {
        if (diagnostic.range.intersection(range) === undefined) return [];
        return (fixesOf.get(diagnostic) ?? []).map(({ title, edits, preferred }) => {
          const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          action.diagnostics = [diagnostic];
          action.isPreferred = preferred;
          action.edit = new vscode.WorkspaceEdit();
          for (const edit of edits) action.edit.replace(uri, edit.range, edit.text);
          return action;
        });
      }),
  };
  return vscode.Disposable.from(
    collection,
    vscode.languages.registerCodeActionsProvider('markdown', fixes, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(waiting.get(uri.toString()));
      collection.delete(uri);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('handshake.lintNotes')) all();
    }),
    settings.onDidChange(all),
    {
      dispose() {
        for (const timer of waiting.values()) clearTimeout(timer);
      },
    },
  );
}
