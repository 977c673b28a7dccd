import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../../core/text.ts';
import { act, type Lesson, lessonScreen, openLesson } from '../../quizzes/engine/lesson.ts';
import type { LessonScreen } from '../../quizzes/engine/view.ts';
import { loadPack } from '../../quizzes/format/load-pack.ts';
import { ROOT } from '../../scripts/paths.ts';

const PACKS = path.join(ROOT, 'quizzes', 'packs');

/** One screen of a shipped pack. */
export interface PackScreen {
  readonly name: string;
  readonly screen: LessonScreen;
}

async function openPack(file: string, seed: number): Promise<Lesson> {
  const text = await readFile(path.join(PACKS, file), 'utf8');
  const readBeside = (name: string) => readFile(path.join(PACKS, name)).catch(() => undefined);
  const { pack, issues } = await loadPack(text, { file, readFile: readBeside });
  if (pack === undefined) throw new Error(`${file}: ${issues.map(({ message }) => message.en).join('; ')}`);
  return openLesson(pack, seed);
}

/** Every question of every shipped pack, as asked and with its answer shown. */
export async function packScreens(language: Language, seed = 7): Promise<readonly PackScreen[]> {
  const files = (await readdir(PACKS)).filter((file) => file.endsWith('.tcpquiz.yaml')).sort();
  const screens: PackScreen[] = [];
  for (const file of files) {
    const lesson = await openPack(file, seed);
    for (const [index, { id }] of lesson.pack.questions.entries()) {
      const asked = act(lesson, { type: 'go', index });
      const shown = act(asked, { type: 'reveal', questionId: id });
      for (const [phase, at] of [
        ['asked', asked],
        ['shown', shown],
      ] as const) {
        const screen = lessonScreen(at, language);
        if (screen.kind === 'lesson') screens.push({ name: `${lesson.pack.id}/${id}/${phase}`, screen });
      }
    }
  }
  return screens;
}
