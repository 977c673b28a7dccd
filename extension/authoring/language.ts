// Thin adapters: VS Code's providers around the functions of quizzes/authoring.

import * as vscode from 'vscode';
import type { Bilingual } from '../../core/text.ts';
import type { Completion } from '../../quizzes/authoring/complete.ts';
import type { OutlineEntry } from '../../quizzes/authoring/outline.ts';
import type { Settings } from '../settings.ts';
import { PACK_SELECTOR, type PackTexts } from './pack-texts.ts';

const KINDS = {
  key: vscode.CompletionItemKind.Property,
  word: vscode.CompletionItemKind.EnumMember,
  phrase: vscode.CompletionItemKind.Keyword,
  moment: vscode.CompletionItemKind.Event,
  misconception: vscode.CompletionItemKind.Constant,
  scenario: vscode.CompletionItemKind.Reference,
  snippet: vscode.CompletionItemKind.Snippet,
} as const satisfies Record<Completion['kind'], vscode.CompletionItemKind>;

const SYMBOLS = {
  group: vscode.SymbolKind.Namespace,
  scenario: vscode.SymbolKind.Event,
  section: vscode.SymbolKind.Class,
  question: vscode.SymbolKind.Function,
} as const satisfies Record<OutlineEntry['kind'], vscode.SymbolKind>;

function rangeOf(document: vscode.TextDocument, from: number, to: number): vscode.Range {
  return new vscode.Range(document.positionAt(from), document.positionAt(to));
}

/** Suggest again at once: what was taken cannot stand alone. */
const AGAIN: vscode.Command = { command: 'editor.action.triggerSuggest', title: '' };

function itemOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  { kind, label, insert, from, to, detail, doc }: Completion,
  place: number,
  says: (text: Bilingual) => string,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(
    { label, ...(detail && { description: says(detail) }) },
    KINDS[kind],
  );
  const begin = document.positionAt(from);
  item.insertText = kind === 'snippet' ? new vscode.SnippetString(insert) : insert;
  item.range = {
    inserting: new vscode.Range(begin, position),
    replacing: new vscode.Range(begin, document.positionAt(to)),
  };
  item.sortText = String(place).padStart(4, '0');
  if (doc !== undefined) item.documentation = new vscode.MarkdownString(says(doc));
  if (/[ -]$/.test(insert)) item.command = AGAIN;
  return item;
}

function symbolOf(document: vscode.TextDocument, entry: OutlineEntry): vscode.DocumentSymbol {
  const { kind, name, detail, from, to, nameFrom, nameTo, children } = entry;
  const range = rangeOf(document, from, to);
  const symbol = new vscode.DocumentSymbol(
    name,
    detail,
    SYMBOLS[kind],
    range,
    rangeOf(document, nameFrom, nameTo),
  );
  symbol.children = children.map((child) => symbolOf(document, child));
  return symbol;
}

/** Completion, hover, outline and folding in pack files. */
export function registerLanguage(texts: PackTexts, settings: Settings): vscode.Disposable {
  const says = (text: Bilingual) => text[settings.preferences().language];
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      PACK_SELECTOR,
      {
        async provideCompletionItems(document, position) {
          const { complete } = await import('../../quizzes/authoring/complete.ts');
          const known = texts.analysisOf(document.uri);
          const found = complete(document.getText(), document.offsetAt(position), known);
          const items = found.map((one, place) => itemOf(document, position, one, place, says));
          return new vscode.CompletionList(items, true);
        },
      },
      ...[' ', ':', '-', "'", '.', ',', '{', '['],
    ),
    vscode.languages.registerOnTypeFormattingEditProvider(
      PACK_SELECTOR,
      {
        async provideOnTypeFormattingEdits(document, { line }) {
          if (line === 0) return [];
          const { blanksToAdd } = await import('../../quizzes/authoring/indent.ts');
          const fresh = document.lineAt(line);
          const blanks = blanksToAdd(document.lineAt(line - 1).text, fresh.text);
          return blanks === 0 ? [] : [vscode.TextEdit.insert(fresh.range.end, ' '.repeat(blanks))];
        },
      },
      '\n',
    ),
    vscode.languages.registerHoverProvider(PACK_SELECTOR, {
      async provideHover(document, position) {
        const { explain } = await import('../../quizzes/authoring/hover.ts');
        const known = texts.analysisOf(document.uri);
        const seed = texts.seedOf(document.uri);
        const found = explain(document.getText(), document.offsetAt(position), known, seed);
        if (found === undefined) return undefined;
        const paragraphs = found.paragraphs.map((text) => new vscode.MarkdownString(says(text)));
        return new vscode.Hover(paragraphs, rangeOf(document, found.from, found.to));
      },
    }),
    vscode.languages.registerDocumentSymbolProvider(
      PACK_SELECTOR,
      {
        async provideDocumentSymbols(document) {
          const { outlineOf } = await import('../../quizzes/authoring/outline.ts');
          return outlineOf(document.getText()).map((entry) => symbolOf(document, entry));
        },
      },
      { label: 'Handshake' },
    ),
    vscode.languages.registerFoldingRangeProvider(PACK_SELECTOR, {
      async provideFoldingRanges(document) {
        const { foldsOf } = await import('../../quizzes/authoring/folds.ts');
        return foldsOf(document.getText()).map(({ from, to }) => new vscode.FoldingRange(from, to));
      },
    }),
  );
}
