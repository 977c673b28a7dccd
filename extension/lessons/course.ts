import type { Language } from '../../core/text.ts';
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
      readonly next: Pack | undefined;
      /** What stands behind the last question, where it is not the summary. */
      readonly end?: (lesson: Lesson, language: Language) => Screen;
    }
  | {
      readonly kind: 'problem';
      readonly resume: Resume;
      readonly screen: (language: Language) => ProblemScreen;
    };
