import type { RuleView } from '../quizzes/engine/timeline-view.ts';
import { ExternalLink } from './external-link.tsx';

/** Rules in words, each with the section that says so. */
export function RuleList({ rules }: { readonly rules: readonly RuleView[] }) {
  return (
    <ul class="rules">
      {rules.map(({ id, text, source, href }) => (
        <li key={id}>
          {text} <ExternalLink href={href}>{source}</ExternalLink>
        </li>
      ))}
    </ul>
  );
}
