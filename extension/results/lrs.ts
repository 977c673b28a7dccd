// Posting statements to a learning record store, as Experience API 1.0.3 part 3 asks for it.

import { fail, ok, type Result } from '../../core/result.ts';

/** Milliseconds. */
const PATIENCE = 30_000;
/** Characters of what a store answers that are told on. */
const TOLD = 300;

export interface LrsCredentials {
  readonly key: string;
  readonly secret: string;
}

/** Why statements were not taken. */
export type LrsProblem =
  | { readonly code: 'no-endpoint' | 'no-url' | 'no-https' | 'denied' }
  | { readonly code: 'status'; readonly status: number; readonly found: string }
  | { readonly code: 'failed'; readonly found: string };

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Where statements go, from the setting: `https://lrs.example.org/xapi` or with a slash behind it. Plain http only to
 * this machine, because a password goes along.
 */
export function statementsUrl(endpoint: string): Result<URL, LrsProblem> {
  const text = endpoint.trim();
  if (text === '') return fail({ code: 'no-endpoint' });
  let url: URL;
  try {
    url = new URL(`${text.replace(/\/+$/, '').replace(/\/statements$/, '')}/statements`);
  } catch {
    return fail({ code: 'no-url' });
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.includes(url.hostname));
  return isSafe ? ok(url) : fail({ code: 'no-https' });
}

/** Posts statements in one request. Never throws. */
export async function postStatements(
  url: URL,
  { key, secret }: LrsCredentials,
  statements: readonly unknown[],
  post: typeof fetch,
): Promise<Result<undefined, LrsProblem>> {
  try {
    const response = await post(url, {
      method: 'POST',
      headers: {
        'authorization': `Basic ${base64(`${key}:${secret}`)}`,
        'content-type': 'application/json',
        'x-experience-api-version': '1.0.3',
      },
      body: JSON.stringify(statements),
      // A password must not follow where a server points.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) return ok(undefined);
    if (response.status === 401 || response.status === 403) return fail({ code: 'denied' });
    return fail({ code: 'status', status: response.status, found: (await response.text()).slice(0, TOLD) });
  } catch (error) {
    return fail({ code: 'failed', found: reasonOf(error) });
  }
}

/** `fetch` hides in `cause` what went wrong. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
