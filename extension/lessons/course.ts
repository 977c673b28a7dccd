import type { Bilingual, Language } from '../../core/text.ts';
import type { Lesson } from '../../quizzes/engine/lesson.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import type { ProblemScreen, Screen } from '../../webview/protocol.ts';
import type { Resume } from './resume.ts';

/** A lesson with what it was opened from, or the reason why there is none. */
export type Course =
  | {
      readonly kind: 'lesson';
      readonly resume: Resume;
      readonly lesson: Lesson;
      /** As it was left, where time alone has changed it since. */
      readonly left?: Lesson;
      readonly next: Pack | undefined;
      /** What stands behind the last question, where it is not the summary. */
      readonly end?: (lesson: Lesson, language: Language) => Screen;
    }
  | {
      readonly kind: 'problem';
      readonly resume: Resume;
      readonly screen: (language: Language) => ProblemScreen;
    };

/**
 * A course that cannot be shown.
 *
 * @param tell - what went wrong and what to do, and where to go on
 */
export function problemCourse(
  resume: Resume,
  title: Bilingual,
  tell: (language: Language) => Omit<ProblemScreen, 'kind' | 'title'>,
): Course {
  const screen = (language: Language): ProblemScreen => ({
    kind: 'problem',
    title: title[language],
    ...tell(language),
  });
  return { kind: 'problem', resume, screen };
}
