import { fail, ok, type Result } from '../../core/result.ts';

/** Octets; a pack of 1,000 questions has about a fifth of it. */
const MOST = 2_000_000;
/** Milliseconds. */
const PATIENCE = 20_000;

/** Why nothing was downloaded. */
export type DownloadProblem =
  | { readonly code: 'no-url' | 'no-https' | 'left-https' | 'too-big' | 'no-text' }
  | { readonly code: 'status'; readonly status: number }
  | { readonly code: 'failed'; readonly found: string };

/** Reads an address that a person typed: https only. */
export function readAddress(text: string): Result<URL, DownloadProblem> {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return fail({ code: 'no-url' });
  }
  return url.protocol === 'https:' ? ok(url) : fail({ code: 'no-https' });
}

/**
 * Gets a small text over https; follows redirections to https only. Never throws.
 *
 * @param get - `fetch`, or what stands for it in a test
 */
export async function download(url: URL, get: typeof fetch): Promise<Result<string, DownloadProblem>> {
  try {
    const response = await get(url, {
      credentials: 'omit',
      headers: { accept: 'application/yaml, text/yaml, text/plain, */*' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.url !== '' && !response.url.startsWith('https:')) return fail({ code: 'left-https' });
    if (!response.ok) return fail({ code: 'status', status: response.status });
    const octets = await readUpTo(response, MOST);
    return octets === undefined ? fail({ code: 'too-big' }) : textOf(octets);
  } catch (error) {
    return fail({ code: 'failed', found: error instanceof Error ? error.message : String(error) });
  }
}

async function readUpTo({ body, headers }: Response, most: number): Promise<Uint8Array | undefined> {
  if (Number(headers.get('content-length') ?? 0) > most) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > most) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(part.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

function textOf(octets: Uint8Array): Result<string, DownloadProblem> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    return text.includes('\0') ? fail({ code: 'no-text' }) : ok(text);
  } catch {
    return fail({ code: 'no-text' });
  }
}
