import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCut } from '../../quizzes/engine/cut.ts';
import type { Pack, Question } from '../../quizzes/engine/pack.ts';
import { type Posed, pose } from '../../quizzes/engine/posed.ts';
import { play, type Run } from '../../quizzes/engine/run.ts';
import { type LoadedPack, loadPack } from '../../quizzes/format/load-pack.ts';

const PACKS = join(import.meta.dirname, '../../quizzes/packs');

/** Names of the shipped pack files, in order. */
export const SHIPPED = readdirSync(PACKS)
  .filter((name) => name.endsWith('.tcpquiz.yaml'))
  .sort();

export async function readBeside(name: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(readFileSync(join(PACKS, name)));
  } catch {
    return undefined;
  }
}

export function readShipped(name: string): string {
  return readFileSync(join(PACKS, name), 'utf8');
}

export function load(text: string, file = 'test.tcpquiz.yaml'): Promise<LoadedPack> {
  return loadPack(text, { file, readFile: readBeside });
}

/** A pack that must load without any issue. */
export async function loadGood(text: string): Promise<Pack> {
  const { pack, issues } = await load(text);
  if (pack === undefined || issues.length > 0) {
    throw new Error(issues.map(({ start, message }) => `${start.line}: ${message.en}`).join('\n'));
  }
  return pack;
}

let shipped: Promise<Pack[]> | undefined;

/** Read once for all tests: packs are immutable. */
export function shippedPacks(): Promise<Pack[]> {
  shipped ??= Promise.all(SHIPPED.map((name) => loadGood(readShipped(name))));
  return shipped;
}

/** A pack of one scenario and the questions given as YAML list items. */
export function packOf(script: string, questions: string, more = ''): string {
  return `format: 1
id: test-pack
title: Test
profile: textbook
scenarios:
  run:
    script:
${indent(script, 6)}
${indent(more, 4)}
questions:
${indent(questions, 2)}
`;
}

function indent(text: string, by: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}

/** A question of a pack on the numbers of a seed. */
export function posed(pack: Pack, id: string, seed = 1): Posed {
  const question = pack.questions.find((known) => known.id === id);
  if (question === undefined) throw new Error(`no question ${id}`);
  const result = pose(question, runOf(pack, question, seed));
  if (!result.ok) throw new Error(`${id}: ${result.error.code}`);
  return result.value;
}

export function runOf(pack: Pack, question: Question, seed: number): Run {
  const plan = pack.scenarios[question.scenario ?? ''];
  if (plan === undefined) throw new Error(`${question.id} has no scenario`);
  return play(plan, seed);
}

/** The cut of a question in a run. */
export function cutOf(question: Question, run: Run) {
  const cut = findCut(run.timeline, question.when);
  if (cut === undefined) throw new Error(`${question.id} has no moment`);
  return cut;
}
