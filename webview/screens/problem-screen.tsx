import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import type { ProblemScreen as Problem } from '../protocol.ts';
import { t } from '../text.ts';

/** Sentences that name what went wrong, where, and what to do. */
export function Problems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul class="problems">
      {problems.map((text) => (
        <li key={text}>
          <Icon name="note" />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** Nothing can be shown, why, and the way on. */
export function ProblemScreen({ problem }: { readonly problem: Problem }) {
  const { next } = problem;
  return (
    <main class="problem-screen">
      <h1>{problem.title}</h1>
      <Problems problems={problem.problems} />
      {problem.followsFile && (
        <p class="quiet">{t('This view follows the file: as soon as the file is in order, it shows it.')}</p>
      )}
      {next && (
        <div class="actions">
          <button type="button" class="primary" onClick={() => post({ type: 'pack/open', packId: next.id })}>
            {t('Go on to “{0}”', next.title)}
          </button>
        </div>
      )}
    </main>
  );
}
