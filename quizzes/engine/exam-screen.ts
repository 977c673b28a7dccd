// Behind the last question of an exam: handing in, and how it went.

import type { Language } from '../../core/text.ts';
import type { Pack } from './pack.ts';
import { gradeSession } from './regrade.ts';
import { sittingView } from './screen.ts';
import { isSettled, marksOf, type SessionState } from './session.ts';
import type { HandInScreen, ResultLine, ResultScreen } from './view.ts';

/** What an exam shows when no question is on screen; undefined when the run is no exam. */
export function examScreen(
  pack: Pack,
  session: SessionState,
  language: Language,
): HandInScreen | ResultScreen | undefined {
  const { sitting } = session;
  if (sitting?.mode !== 'exam') return undefined;
  const frame = {
    pack: { id: pack.id, title: pack.title[language], profile: '' },
    marks: marksOf(session, pack),
    sitting: sittingView(sitting, session, undefined),
  };
  if (sitting.ended === undefined) {
    const first = pack.questions.findIndex(({ id }) => !isSettled(session, id));
    return { kind: 'hand-in', ...frame, firstOpen: first < 0 ? undefined : first };
  }
  const { at, why } = sitting.ended;
  const { questions, points, possible } = gradeSession(pack, session);
  const percent = possible === 0 ? 0 : Math.floor((points / possible) * 100 + 1e-9);
  const line = pack.exam?.pass;
  return {
    kind: 'result',
    ...frame,
    why,
    took: Math.max(0, at - sitting.begun),
    points: Math.round(points * 100) / 100,
    possible: Math.round(possible * 100) / 100,
    percent,
    pass: line === undefined ? undefined : { line, reached: percent >= line },
    questions: questions.map(
      (graded, place): ResultLine => ({
        title: pack.questions[place]?.title[language] ?? graded.id,
        outcome: graded.outcome === 'shown' ? 'wrong' : graded.outcome,
        points: graded.points,
        possible: graded.possible,
      }),
    ),
  };
}
