// Moodle's GIFT into a pack. What it asks is not about a run of TCP, so it becomes prose: the learner answers, then
// compares with the right answer. Each block of the file is read by itself, so that a bad one spoils no other.

import { type GIFTQuestion, SyntaxError as GiftSyntaxError, parse, type TextFormat } from 'gift-pegjs';
import { plainText } from './markup.ts';

/** Something that could not be taken over as it is. */
interface GiftNote {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** A note is about something left out of a question that is there; an error about a question that is not. */
  readonly severity: 'error' | 'note';
  readonly message: string;
}

export interface GiftImport {
  /** Plain data of a pack, to be printed; it may have no questions. */
  readonly pack: { readonly questions: readonly PackQuestion[] } & Readonly<Record<string, unknown>>;
  readonly notes: readonly GiftNote[];
}

interface PackQuestion {
  readonly id: string;
  readonly title?: string;
  readonly prompt: string;
  readonly rubric: readonly string[];
  readonly tags?: readonly string[];
}

/**
 * Reads a GIFT file. Never throws.
 *
 * @param id - of the new pack
 */
export function fromGift(text: string, id: string): GiftImport {
  const notes: GiftNote[] = [];
  const questions: PackQuestion[] = [];
  const taken = new Set<string>();
  for (const { line, source } of blocksOf(text)) {
    const read = parseBlock(source, line);
    if ('message' in read) notes.push(read);
    else {
      for (const question of read.questions) {
        const made = packQuestion(question, taken, questions.length + 1);
        if (typeof made === 'string') notes.push({ line, column: 1, severity: 'error', message: made });
        else if (made !== undefined) questions.push(made);
      }
    }
  }
  return { pack: { format: 1, id, title: id, questions }, notes };
}

interface Block {
  readonly line: number;
  readonly source: string;
}

/** Blank lines part the questions of a GIFT file; blocks of comments alone hold none. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const close = (next: number) => {
    const hasText = lines.some((line) => !/^\s*(?:\/\/.*)?$/.test(line));
    if (hasText) blocks.push({ line: next - lines.length, source: lines.join('\n') });
    lines = [];
  };
  const all = text.replace(/^\u{FEFF}/u, '').split(/\r\n|\r|\n/);
  all.forEach((line, place) => {
    if (line.trim() === '') close(place + 1);
    else lines.push(line);
  });
  close(all.length + 1);
  return blocks;
}

function parseBlock(
  source: string,
  line: number,
): GiftNote | { readonly questions: readonly GIFTQuestion[] } {
  try {
    return { questions: parse(`${source}\n\n`) };
  } catch (error) {
    if (!(error instanceof GiftSyntaxError)) throw error;
    const { start } = error.location;
    const message = `This is no GIFT question: ${error.message} See docs.moodle.org/en/GIFT_format.`;
    return { line: line + start.line - 1, column: start.column, severity: 'error', message };
  }
}

/** A sentence when the kind of question cannot be taken over; undefined when there is nothing to take over. */
function packQuestion(
  question: GIFTQuestion,
  taken: Set<string>,
  place: number,
): PackQuestion | string | undefined {
  if (question.type === 'Category') return undefined;
  if (question.type === 'Matching' || question.type === 'Description') {
    const name = question.type === 'Matching' ? 'A matching question' : 'A description';
    return `${name} has no place in a pack; ask it as multiple choice or as prose instead.`;
  }
  const { rubric, choices } = answersOf(question);
  const stem = markdownOf(question.stem);
  const listed = choices.length === 0 ? '' : `\n\n${choices.map((choice) => `- ${choice}`).join('\n')}`;
  const tags = (question.tags ?? []).slice(0, 20).map((tag) => tag.slice(0, 200));
  return {
    id: freeId(question.id ?? question.title ?? '', taken, place),
    ...(question.title ? { title: question.title.slice(0, 200) } : {}),
    prompt: `${stem}${listed}` || '?',
    rubric: rubric.slice(0, 20),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

type Answered = Exclude<GIFTQuestion, { type: 'Category' | 'Description' | 'Matching' }>;

/** The right answers as key points, and what there was to choose from. */
function answersOf(question: Answered): { readonly rubric: string[]; readonly choices: string[] } {
  const general = question.globalFeedback === null ? [] : [plainOf(question.globalFeedback)];
  switch (question.type) {
    case 'TF': {
      const feedback = question.isTrue ? question.falseFeedback : question.trueFeedback;
      const right = question.isTrue ? 'True' : 'False';
      return { rubric: orNone([joined(right, feedback), ...general]), choices: ['True', 'False'] };
    }
    case 'MC': {
      const right = question.choices.filter(({ isCorrect, weight }) => isCorrect || (weight ?? 0) > 0);
      return {
        rubric: orNone([...right.map(({ text, feedback }) => joined(plainOf(text), feedback)), ...general]),
        choices: question.choices.map(({ text }) => markdownOf(text)),
      };
    }
    case 'Short': {
      const right = question.choices.filter(({ weight }) => weight === null || weight > 0);
      const all = right.map(({ text }) => plainOf(text)).join(' / ');
      return { rubric: orNone([all, ...general]), choices: [] };
    }
    case 'Numerical': {
      const choices = Array.isArray(question.choices)
        ? question.choices.map(({ text }) => text)
        : [question.choices];
      return { rubric: orNone([...choices.map(rangeText), ...general]), choices: [] };
    }
    case 'Essay':
      return { rubric: orNone(general), choices: [] };
  }
}

/** A pack's prose needs a point to compare with. */
function orNone(points: readonly string[]): string[] {
  const told = points.filter((point) => point !== '');
  return told.length === 0 ? ['To be marked by the instructor.'] : told;
}

function joined(answer: string, feedback: TextFormat | null): string {
  const told = feedback === null ? '' : plainOf(feedback);
  return told === '' ? answer : `${answer}: ${told}`;
}

interface Range {
  readonly type: 'simple' | 'range' | 'high-low';
  readonly number?: number;
  readonly range?: number;
  readonly numberHigh?: number;
  readonly numberLow?: number;
}

function rangeText({ type, number, range, numberLow, numberHigh }: Range): string {
  if (type === 'high-low') return `${numberLow} … ${numberHigh}`;
  if (number === undefined) return '';
  return type === 'range' && range !== 0 ? `${number} ± ${range}` : `${number}`;
}

/** Prompts are Markdown: what is not stays the text that it is. */
function markdownOf(text: TextFormat): string {
  return text.format === 'markdown'
    ? text.text.trim()
    : plainOf(text).replace(/[\\`*_[\]]/g, (sign) => `\\${sign}`);
}

/** Key points are plain text. */
function plainOf({ format, text }: TextFormat): string {
  return (format === 'plain' || format === 'markdown' ? text : plainText(text)).trim();
}

/** Small letters, digits and hyphens, unlike every id before. */
function freeId(wish: string, taken: Set<string>, place: number): string {
  const plain = wish
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  const base = plain === '' ? `question-${place}` : plain;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}
