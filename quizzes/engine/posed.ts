import { fail, ok, type Result } from '../../core/result.ts';
import { has, SYN } from '../../core/tcp/segment.ts';
import type { TimelineSymbol } from '../../core/timeline/timeline.ts';
import { type Answer, answerTo, type Field, fieldsOf } from './ask.ts';
import { type Cut, findCut } from './cut.ts';
import type { Alternative, Question } from './pack.ts';
import type { Written } from './parse-answer.ts';
import type { Run } from './run.ts';
import { isSeen, seenBefore } from './visibility.ts';

/** A question on the numbers of one run: everything that grading needs. */
export interface Posed {
  readonly question: Question;
  readonly run: Run;
  readonly cut: Cut;
  readonly fields: readonly Field[];
  /** Names the learner may answer with: the two ISSs, and whatever the picture already shows. */
  readonly symbols: readonly TimelineSymbol[];
  /** By field name; every field has one. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Why a question cannot be posed on a run. */
export type NotPosed =
  | { readonly code: 'no-such-moment' }
  | { readonly code: 'no-answer'; readonly field: Field };

/** Finds the question's moment and answers in a run. */
export function pose(question: Question, run: Run): Result<Posed, NotPosed> {
  const cut = findCut(run.timeline, question.when);
  if (cut === undefined) return fail({ code: 'no-such-moment' });
  const fields = fieldsOf(question.asks);
  const answers = new Map<string, Answer>();
  for (const field of fields) {
    const answer = answerTo(run.timeline, cut, field, run.scenario?.profile.laws);
    if (answer === undefined) return fail({ code: 'no-answer', field });
    answers.set(field.name, answer);
  }
  return ok({ question, run, cut, fields, symbols: knownSymbols(question, run, cut), answers });
}

/** A name such as “seq of A's FIN” would be no answer to “what is the seq of A's FIN?”. */
function knownSymbols(question: Question, { timeline, scenario }: Run, cut: Cut): TimelineSymbol[] {
  const seen = seenBefore(timeline, cut, question.asks);
  return timeline.symbols.filter(({ name, shownBy }) => {
    const shown = timeline.transmissions[shownBy ?? -1];
    if (shown !== undefined && (has(shown.segment, SYN) || isSeen(shown, seen))) return true;
    return scenario?.symbols.some((known) => known.name === name && known.of === 'iss') ?? false;
  });
}

/** One field, judged by itself. */
export interface Judged {
  readonly field: Field;
  readonly given: string;
  readonly written: Written | undefined;
  readonly right: Answer;
  readonly correct: boolean;
  /** It is right only because the author accepts it. */
  readonly acceptedBy?: Alternative;
}
