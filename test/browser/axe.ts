import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

let source: Promise<string> | undefined;

/** What axe finds serious or critical in a page or in one frame of it, one line each. */
export async function findings(document: Page | Frame): Promise<readonly string[]> {
  source ??= readFile(AXE, 'utf8');
  await document.evaluate(await source);
  const { violations } = (await document.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
    violations: readonly Finding[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`),
    );
}
