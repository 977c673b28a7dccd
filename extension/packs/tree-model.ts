// What the Packs view shows, as plain data. pack-tree.ts turns it into tree items.

import type { Language } from '../../core/text.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { openTitle } from '../../quizzes/engine/prompts.ts';
import type { Mark } from '../../quizzes/engine/view.ts';
import { markOf, type Progress } from '../lessons/progress-model.ts';
import type { FileIssue, PackFile } from './pack-file.ts';

export interface PackNode {
  readonly kind: 'pack';
  readonly address: string;
  /** Undefined when nothing of the file can be used. */
  readonly packId: string | undefined;
  readonly label: string;
  readonly summary: string | undefined;
  /** Authors and licence. */
  readonly origin: string;
  readonly done: number;
  readonly total: number;
  /** Rules due for review that were answered here last. */
  readonly due: number;
  readonly problems: readonly FileIssue[];
  readonly children: readonly (SectionNode | QuestionNode)[];
}

export interface SectionNode {
  readonly kind: 'section';
  readonly id: string;
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly children: readonly QuestionNode[];
}

export interface QuestionNode {
  readonly kind: 'question';
  readonly packId: string;
  readonly questionId: string;
  readonly label: string;
  readonly mark: Mark;
}

export type TreeNode = PackNode | SectionNode | QuestionNode;

function countDone(questions: readonly QuestionNode[]): number {
  return questions.filter(({ mark }) => mark !== 'open').length;
}

/** Questions under their sections, in order; questions outside any titled section stand by themselves. */
function groupBySection(
  pack: Pack,
  questions: readonly QuestionNode[],
  language: Language,
): readonly (SectionNode | QuestionNode)[] {
  const titled = pack.sections.filter(({ title }) => title !== undefined);
  if (titled.length < 2) return questions;
  const nodes: (SectionNode | QuestionNode)[] = [];
  const sections = new Map<number, QuestionNode[]>();
  for (const [index, node] of questions.entries()) {
    const section = pack.questions[index]?.section;
    const title = section === undefined ? undefined : pack.sections[section]?.title;
    if (section === undefined || title === undefined) {
      nodes.push(node);
      continue;
    }
    const members = sections.get(section) ?? [];
    if (members.length === 0) {
      sections.set(section, members);
      const id = `${pack.id}/${section}`;
      nodes.push({ kind: 'section', id, label: title[language], done: 0, total: 0, children: members });
    }
    members.push(node);
  }
  return nodes.map((node) =>
    node.kind === 'section' ? { ...node, done: countDone(node.children), total: node.children.length } : node,
  );
}

function packNode(
  { file, address, pack, issues }: PackFile,
  progress: Progress,
  language: Language,
  due: DueCounts,
): PackNode {
  const problems = issues.filter(({ severity }) => severity === 'error');
  if (pack === undefined) {
    const nothing = {
      packId: undefined,
      summary: undefined,
      origin: '',
      done: 0,
      total: 0,
      due: 0,
      children: [],
    };
    return { kind: 'pack', address, label: file, problems, ...nothing };
  }
  const questions = pack.questions.map((question, place): QuestionNode => {
    const mark = markOf(progress, pack.id, question.id);
    return {
      kind: 'question',
      packId: pack.id,
      questionId: question.id,
      label: `${place + 1}. ${mark === 'open' ? openTitle(question, language) : question.title[language]}`,
      mark,
    };
  });
  return {
    kind: 'pack',
    address,
    packId: pack.id,
    label: pack.title[language],
    summary: pack.summary?.[language],
    origin: [...(pack.authors ?? []), ...(pack.license === undefined ? [] : [pack.license])].join(' · '),
    done: countDone(questions),
    total: questions.length,
    due: due.get(pack.id) ?? 0,
    problems,
    children: groupBySection(pack, questions, language),
  };
}

/** Rules due for review by the pack that each was answered in last. */
export type DueCounts = ReadonlyMap<string, number>;

/** The whole tree, top level first. */
export function packTree(
  files: readonly PackFile[],
  progress: Progress,
  language: Language,
  due: DueCounts = new Map(),
): readonly PackNode[] {
  return files.map((file) => packNode(file, progress, language, due));
}

/** A pack's questions in order, as a list to search in: equal titles are told apart by the pack's. */
interface ListedQuestion {
  readonly label: string;
  readonly description: string;
  readonly questionId: string;
}

/** The questions of a pack, without its sections. */
export function listedQuestions({ label: pack, children }: PackNode): readonly ListedQuestion[] {
  const questions = children.flatMap((child) => (child.kind === 'section' ? child.children : [child]));
  return questions.map(({ label, questionId, mark }) => ({
    label: `${mark === 'open' ? '$(circle-large-outline)' : '$(pass)'} ${label}`,
    description: pack,
    questionId,
  }));
}

/**
 * The pack to go on with: the one used last while it has open questions, then the first that has,
 * then the one used last, then the first.
 */
export function packToContinue(packs: readonly Pack[], progress: Progress): Pack | undefined {
  const isOpen = (pack: Pack) => pack.questions.some(({ id }) => markOf(progress, pack.id, id) === 'open');
  const last = packs.find(({ id }) => id === progress.last);
  if (last !== undefined && isOpen(last)) return last;
  return packs.find(isOpen) ?? last ?? packs[0];
}

/** The pack to offer at the end of another: the next in order, if any. */
export function packAfter(packs: readonly Pack[], packId: string): Pack | undefined {
  const index = packs.findIndex(({ id }) => id === packId);
  return index < 0 ? undefined : packs[index + 1];
}
