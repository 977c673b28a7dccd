// Links to this extension: `vscode://handshake.handshake/drill?pack=…&question=…&seed=…`, `/review`, `/mastery`.

import { fail, ok, type Result } from '../../core/result.ts';
import type { Linked } from '../../quizzes/engine/linked-lesson.ts';

/** What a link asks for. */
export type LinkTarget =
  | {
      readonly kind: 'drill';
      readonly pack: string;
      readonly question: string | undefined;
      readonly seed: number | undefined;
    }
  | { readonly kind: 'review' }
  | { readonly kind: 'mastery' };

/** Why a link asks for nothing. */
export type LinkProblem =
  | { readonly code: 'unknown-path'; readonly found: string }
  | { readonly code: 'no-pack' }
  | { readonly code: 'bad-id'; readonly found: string }
  | { readonly code: 'bad-seed'; readonly found: string }
  | { readonly code: 'seed-without-question' };

/** Ids as packs may have them. */
const ID = /^[a-z0-9][a-z0-9._-]{0,99}$/i;
const SEED = /^\d{1,10}$/;
const MOST_SEED = 0xffff_ffff;
const SHOWN = 60;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The fields of a query; of a field given twice, the first. */
function fieldsOf(query: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of query.split('&')) {
    const [name = '', ...value] = part.split('=');
    if (!fields.has(decoded(name))) fields.set(decoded(name), decoded(value.join('=')));
  }
  return fields;
}

/** Reads a link, which may come from anywhere. Never throws. */
export function parseLink(path: string, query: string): Result<LinkTarget, LinkProblem> {
  const place = path.replace(/\/+$/, '');
  if (place === '/review') return ok({ kind: 'review' });
  if (place === '/mastery') return ok({ kind: 'mastery' });
  if (place !== '/drill') return fail({ code: 'unknown-path', found: path.slice(0, SHOWN) });
  const fields = fieldsOf(query);
  const [pack, question, seed] = [fields.get('pack'), fields.get('question'), fields.get('seed')];
  if (pack === undefined || pack === '') return fail({ code: 'no-pack' });
  const bad = [pack, question].find((id) => id !== undefined && !ID.test(id));
  if (bad !== undefined) return fail({ code: 'bad-id', found: bad.slice(0, SHOWN) });
  if (seed === undefined) return ok({ kind: 'drill', pack, question, seed: undefined });
  if (!SEED.test(seed) || Number(seed) > MOST_SEED) {
    return fail({ code: 'bad-seed', found: seed.slice(0, SHOWN) });
  }
  if (question === undefined) return fail({ code: 'seed-without-question' });
  return ok({ kind: 'drill', pack, question, seed: Number(seed) });
}

/**
 * The link to a question on its numbers.
 *
 * @param scheme - of this VS Code: `vscode`, `vscode-insiders`, `code-oss` …
 */
export function linkText(scheme: string, extensionId: string, { pack, question, seed }: Linked): string {
  const fields = `pack=${encodeURIComponent(pack)}&question=${encodeURIComponent(question)}&seed=${seed}`;
  return `${scheme}://${extensionId}/drill?${fields}`;
}
