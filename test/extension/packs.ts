import type { Bilingual } from '../../core/text.ts';
import type { FileIssue, PackFile } from '../../extension/packs/pack-file.ts';
import type { Pack, Question, Section } from '../../quizzes/engine/pack.ts';

function twice(text: string): Bilingual {
  return { en: text, 'zh-CN': `${text}（中）` };
}

/** A pack with nothing in it but what lists of packs show. */
export function packOf(
  id: string,
  questions: readonly (readonly [id: string, section?: number])[],
  sectionTitles: readonly string[] = [],
): Pack {
  const sections = sectionTitles.map((title): Section => ({ title: twice(title), intro: undefined }));
  return {
    id,
    version: '1.0.0',
    title: twice(id),
    summary: undefined,
    license: undefined,
    scenarios: {},
    sections,
    questions: questions.map(
      ([questionId, section]): Question => ({
        id: questionId,
        replaces: [],
        section,
        title: twice(questionId),
        scenario: undefined,
        when: { kind: 'end' },
        asks: [],
        prompt: undefined,
        rubric: [],
        hints: [],
        feedback: {},
        difficulty: 1,
        tags: [],
      }),
    ),
  };
}

const START = { offset: 0, line: 1, column: 1 };

/** A pack file as the library reads it. */
export function fileOf(
  file: string,
  pack: Pack | undefined,
  origin: PackFile['origin'] = 'shipped',
  issues: readonly FileIssue[] = [],
): PackFile {
  return { file, address: `file:///${file}`, origin, pack, issues, idAt: { start: START, end: START } };
}
