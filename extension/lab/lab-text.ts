// Runs that texts and captures tell: what the lab can be opened on besides scenarios of packs.

import type { Scenario } from '../../core/timeline/scenario.ts';
import type { LabSubject, LabText } from '../../quizzes/engine/lab/lab.ts';

/** One seed for all, as in the preview of Markdown: a text shows the same numbers whenever it is opened. */
const SEED = 1;

/** The run of a script from its first line, or of a block that its document draws. */
export function textSubject(name: string, text: LabText): LabSubject {
  return { packId: '', scenario: name, text, seed: SEED, begin: undefined };
}

/** A connection of a capture file, by its place in the list. */
export function captureSubject(address: string, connection: number): LabSubject {
  const name = decodeURIComponent(address.split('/').pop() ?? address);
  const capture = { address, connection };
  return { packId: '', scenario: `${name} · ${connection + 1}`, capture, seed: SEED, begin: undefined };
}

/** What of a text can be run; undefined when that is nothing. */
export async function scenarioOf({ kind, text }: LabText): Promise<Scenario | undefined> {
  if (kind === 'packetdrill') {
    const { readScript } = await import('../scripts/read-script.ts');
    const { timeline, scenario } = readScript(text).played;
    return timeline.steps.length === 0 ? undefined : scenario;
  }
  const [{ readFenced }, { play }] = await Promise.all([
    import('../../quizzes/format/fenced-scenario.ts'),
    import('../../quizzes/engine/run.ts'),
  ]);
  const { plan } = readFenced(text);
  return plan && play(plan, SEED).scenario;
}

/** A `tcp` block of a Markdown document. */
export interface TcpBlock {
  /** Of the line that opens it and of the one that closes it, from 0. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The `tcp` blocks of a Markdown document, in order; one that is never closed goes on to the end. */
export function tcpBlocks(document: string): readonly TcpBlock[] {
  const lines = document.split(/\r?\n/);
  const blocks: TcpBlock[] = [];
  for (let from = 0; from < lines.length; from += 1) {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/.exec(lines[from] ?? '');
    const mark = fence?.[1];
    if (mark === undefined) continue;
    const closes = (line: string) => {
      const bare = line.trim();
      return bare.length >= mark.length && bare === (mark[0] ?? '').repeat(bare.length);
    };
    const end = lines.findIndex((line, place) => place > from && closes(line));
    const to = end < 0 ? lines.length : end;
    if (fence?.[2] === 'tcp') blocks.push({ from, to, text: lines.slice(from + 1, to).join('\n') });
    from = to;
  }
  return blocks;
}
