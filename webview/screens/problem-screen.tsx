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

/** Nothing can be shown, and why. */
export function ProblemScreen({ problem }: { readonly problem: Problem }) {
  return (
    <main class="problem-screen">
      <h1>{problem.title}</h1>
      <Problems problems={problem.problems} />
      <p class="quiet">{t('This view follows the file: as soon as the file is in order, it shows it.')}</p>
    </main>
  );
}
