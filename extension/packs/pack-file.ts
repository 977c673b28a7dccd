import type { Pack } from '../../quizzes/engine/pack.ts';
import type { PackIssue, Place } from '../../quizzes/format/issue.ts';

/** A {@link PackIssue}, or one that only shows when several packs are seen together. */
export type FileIssue = Omit<PackIssue, 'code' | 'at'> & { readonly code: string };

/** From where packs come, farthest first: of two with one id the nearer one counts. */
const ORIGINS = ['shipped', 'extension', 'folder', 'workspace'] as const;
type Origin = (typeof ORIGINS)[number];

/** A pack file as the library read it. */
export interface PackFile {
  /** As a learner would name the file: relative to the workspace, or its bare name. */
  readonly file: string;
  /** Where it is, as text; unique. */
  readonly address: string;
  readonly origin: Origin;
  /** Undefined when nothing of it can be used. */
  readonly pack: Pack | undefined;
  readonly issues: readonly FileIssue[];
  /** Where the file gives the pack's id. */
  readonly idAt: Span;
}

export interface Span {
  readonly start: Place;
  /** Just after the last character. */
  readonly end: Place;
}

/** Finds the line that gives the pack's id; the start of the file when there is none. */
export function findIdLine(text: string): Span {
  const match = /^id:.*\S/m.exec(text);
  if (match === null) {
    const start = { offset: 0, line: 1, column: 1 };
    return { start, end: start };
  }
  const line = text.slice(0, match.index).split('\n').length;
  const length = match[0].length;
  return {
    start: { offset: match.index, line, column: 1 },
    end: { offset: match.index + length, line, column: 1 + length },
  };
}

/** Of the issue of a pack whose id another one has. */
export const CODE_ID_TAKEN = 'duplicate-pack-id';

function takenId(file: PackFile, holder: PackFile): FileIssue {
  const id = file.pack?.id ?? '';
  return {
    code: CODE_ID_TAKEN,
    severity: 'error',
    file: file.file,
    ...file.idAt,
    message: {
      en: `The pack id "${id}" is already that of ${holder.file}; give this pack another id.`,
      'zh-CN': `题包 id“${id}”已被 ${holder.file} 使用；请给本题包换一个 id。`,
    },
  };
}

function isNearer(one: PackFile, other: PackFile): boolean {
  return ORIGINS.indexOf(one.origin) > ORIGINS.indexOf(other.origin);
}

/** A file whose pack cannot be used, because another one has its id. */
function putAside<File extends PackFile>(file: File, holder: PackFile): File {
  return { ...file, pack: undefined, issues: [...file.issues, takenId(file, holder)] };
}

/**
 * Leaves one pack per id: the nearest, and of those equally near the first. It stands in place of a shipped one;
 * any other that it puts aside gets an issue.
 */
export function withoutDoubles<File extends PackFile>(files: readonly File[]): readonly File[] {
  const places = new Map<string, number>();
  const kept: File[] = [];
  for (const file of files) {
    const place = file.pack && places.get(file.pack.id);
    const holder = place === undefined ? undefined : kept[place];
    if (place === undefined || holder === undefined) {
      if (file.pack) places.set(file.pack.id, kept.length);
      kept.push(file);
    } else if (isNearer(file, holder)) {
      kept[place] = file;
      if (holder.origin !== 'shipped') kept.push(putAside(holder, file));
    } else {
      kept.push(putAside(file, holder));
    }
  }
  return kept;
}
