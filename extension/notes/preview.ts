// Draws `tcp` blocks in VS Code's own Markdown preview.

import * as vscode from 'vscode';
import type { Guard } from '../guard.ts';
import type { Settings } from '../settings.ts';

/** What VS Code's Markdown preview asks of an extension (`markdown.markdownItPlugins`). */
export interface MarkdownPlugin {
  extendMarkdownIt(markdown: MarkdownIt): MarkdownIt;
}

/** What of a markdown-it instance is needed here. */
interface MarkdownIt {
  readonly renderer: { readonly rules: { fence?: Fence } };
}

type Fence = (
  tokens: readonly { readonly info: string; readonly content: string }[],
  index: number,
  ...rest: readonly unknown[]
) => string;

const BLOCK = /^tcp(?:\s|$)/;

/** Called by VS Code when the first preview opens; the parts that draw are loaded then, and the preview drawn again. */
export function extendMarkdownIt(markdown: MarkdownIt, settings: Settings, guard: Guard): MarkdownIt {
  let draw: ((block: string) => string) | undefined;
  guard(async () => {
    const { fenceHtml } = await import('../../quizzes/exchange/fence-html.ts');
    draw = (block) => fenceHtml(block, settings.preferences().language);
    await vscode.commands.executeCommand('markdown.preview.refresh');
  });
  const others = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token === undefined || draw === undefined || !BLOCK.test(token.info.trim()))
      return others?.(tokens, index, ...rest) ?? '';
    return draw(token.content);
  };
  return markdown;
}
