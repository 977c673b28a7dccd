// A scenario in a Markdown document: the same phrases as in a pack, without a pack around them.

import type { ScenarioPlan } from '../engine/pack.ts';
import { compileScenarios } from './compile-scenario.ts';
import { openDocument } from './document.ts';
import type { PackIssue } from './issue.ts';
import { FrameSchema } from './schema.ts';
import { readShape } from './shape.ts';

/** What could be made of a block; lines and columns of issues are counted in the block, from 1; offsets in {@link wrapBlock}'s text. */
export interface FencedScenario {
  readonly plan: ScenarioPlan | undefined;
  readonly issues: readonly PackIssue[];
}

const AROUND = ['format: 1', 'id: note', 'title: note', 'scenarios:', '  run:'];

/** A block as the only scenario of a pack. */
export interface WrappedBlock {
  /** The pack. */
  readonly text: string;
  /** Lines of the pack before the block, and columns of it before each line of the block. */
  readonly linesBefore: number;
  readonly indent: number;
}

/** Puts a pack around a block. */
export function wrapBlock(block: string): WrappedBlock {
  const lines = block.split(/\r?\n/);
  const bare =
    lines.find((line) => line.trim() !== '' && !line.trim().startsWith('#'))?.startsWith('-') === true;
  const head = bare ? [...AROUND, '    script:'] : AROUND;
  const indent = bare ? '      ' : '    ';
  const text = [...head, ...lines.map((line) => (line.trim() === '' ? '' : indent + line))].join('\n');
  return { text, linesBefore: head.length, indent: indent.length };
}

/** Reads a block: the keys of a scenario (`script`, `network`, `profile` …), or just the lines of its script. Never throws. */
export function readFenced(block: string): FencedScenario {
  const { text, linesBefore, indent } = wrapBlock(block);
  const document = openDocument(text, '');
  const frame = readShape(document, [], document.value, FrameSchema);
  const compiled = frame && compileScenarios(document, frame);
  const issues = document.issues().map((issue): PackIssue => {
    const moved = (place: PackIssue['start']) => ({
      ...place,
      line: Math.max(1, place.line - linesBefore),
      column: Math.max(1, place.column - indent),
    });
    return { ...issue, start: moved(issue.start), end: moved(issue.end) };
  });
  return { plan: compiled?.scripts[0], issues };
}
