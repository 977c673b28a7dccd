// Everything that can be said of a pack while it is being written, in pieces of work small enough never to be noticed.

import type { Pack, Question, ScenarioPlan } from '../engine/pack.ts';
import type { CompiledQuestion } from '../format/compile-question.ts';
import type { PackDocument } from '../format/document.ts';
import { placeFinding } from '../format/examine.ts';
import type { PackIssue } from '../format/issue.ts';
import { type LoadOptions, readPack } from '../format/load-pack.ts';
import { examineDeeply, type ManyRuns, playMany } from './deep.ts';
import { openMemo } from './memo.ts';
import { openInPieces, type Parsed } from './pieced-document.ts';
import { warnOfMissingTranslations } from './translations.ts';

/** One version of a pack file, understood as far as it can be. */
export interface Analysis {
  readonly text: string;
  readonly document: PackDocument;
  /** Undefined when nothing of it can be used. */
  readonly pack: Pack | undefined;
  readonly plans: Readonly<Record<string, ScenarioPlan>>;
  /** Those that can be asked. */
  readonly questions: readonly CompiledQuestion[];
  readonly issues: readonly PackIssue[];
}

interface CheckRequest extends Pick<LoadOptions, 'file' | 'readFile'> {
  /** Called between pieces of work; what it rejects with ends the check. */
  readonly pause: () => Promise<void> | undefined;
  /** Told as soon as everything but what takes many runs is known, when such runs are still to be made. */
  readonly early?: (analysis: Analysis) => void;
}

/** Checks versions of one file, one after another; what did not change since is not looked at again. */
export interface Checker {
  /** Rejects only with what `pause` or `readFile` rejects with; a later check takes over what was found until then. */
  check(text: string, request: CheckRequest): Promise<Analysis>;
}

export function openChecker(): Checker {
  const parsed: Parsed = new Map();
  const memo = openMemo();
  return {
    async check(text, request) {
      const { file, readFile, pause } = request;
      const document = await openInPieces(text, file, parsed, pause);
      const { pack, plans, questions } = await readPack(document, { file, readFile, memo, pause });
      warnOfMissingTranslations(document);
      const result = (): Analysis => ({
        text,
        document,
        pack,
        plans,
        questions,
        issues: document.issues(),
      });
      const open = questions.flatMap(({ question, path }) => {
        const plan = plans[question.scenario ?? ''];
        if (plan === undefined) return [];
        const known = memo.deep(question, plan);
        for (const finding of known ?? []) placeFinding(document, path, finding);
        return known === undefined ? [{ question, path, plan }] : [];
      });
      if (open.length === 0) return result();
      request.early?.(result());
      const many = new Map<string, ManyRuns>();
      // Together by scenario, so that the runs of one are let go before those of the next are made.
      for (const { question, path, plan } of open.toSorted(byScenario)) {
        await pause();
        if (!many.has(plan.id)) many.clear();
        const runs = many.get(plan.id) ?? playMany(plan);
        many.set(plan.id, runs);
        const work = examineDeeply(question, runs);
        let step = work.next();
        for (; step.done !== true; step = work.next()) await pause();
        const findings = step.value;
        memo.keepDeep(question, plan, findings);
        for (const finding of findings) placeFinding(document, path, finding);
      }
      return result();
    },
  };
}

function byScenario(one: { readonly question: Question }, other: { readonly question: Question }): number {
  const [a = '', b = ''] = [one.question.scenario, other.question.scenario];
  return a < b ? -1 : a > b ? 1 : 0;
}
