import { isRecord } from '../../core/record.ts';
import { canonicalJson } from '../engine/canonical-json.ts';
import { sha256, sha256Text } from '../engine/sha256.ts';
import { isBeside } from './beside.ts';
import { openDocument } from './document.ts';
import type { LoadOptions } from './load-pack.ts';
import { isScriptFile } from './packetdrill-plan.ts';

/**
 * The hash of what a pack says, captures and scripts beside it included: comments, layout and the order of keys make no difference.
 *
 * @returns 64 hexadecimal digits
 */
export async function packHash(text: string, readFile: LoadOptions['readFile']): Promise<string> {
  const { value } = openDocument(text, '');
  const captures: Record<string, string> = {};
  for (const file of filesBeside(value)) {
    const bytes = isBeside(file) ? await readFile(file) : undefined;
    if (bytes !== undefined) captures[file] = sha256(bytes);
  }
  return sha256Text(canonicalJson({ pack: value ?? null, captures }));
}

/** Names of the captures and packetdrill scripts beside a pack, each once. */
function filesBeside(value: unknown): readonly string[] {
  if (!isRecord(value) || !isRecord(value['scenarios'])) return [];
  const files = Object.values(value['scenarios']).flatMap((scenario) => {
    if (!isRecord(scenario)) return [];
    const { capture, script } = scenario;
    return [capture, ...(isScriptFile(script) ? [script] : [])].filter((name) => typeof name === 'string');
  });
  return [...new Set(files)].sort();
}
