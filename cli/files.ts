import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the name and the folder you are in',
  EACCES: 'you may not read it; check its permissions',
  EISDIR: 'it is a folder; name a file in it',
};

/** What differs where a file is to be written. */
const WRITE_REMEDIES: Readonly<Record<string, string>> = {
  ...REMEDIES,
  ENOENT: 'there is no such folder; make it first, or name another',
  EACCES: 'you may not write it; check the permissions of its folder, or name another',
  ENOSPC: 'the disk is full; name a file on another',
};

/** What went wrong with a file, with the remedy. */
export function sentence(file: string, error: unknown, remedies = REMEDIES): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (file === '-' && code === 'ENOENT')
    return '-: standard input is not read; write it to a file first, and name that.';
  return `${file}: ${remedies[code] ?? (error instanceof Error ? error.message : String(error))}.`;
}

/** A file's octets, or one sentence with the remedy. */
async function readOctets(file: string): Promise<Result<Uint8Array, string>> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(file);
    return ok(new Uint8Array(buffer, byteOffset, byteLength));
  } catch (error) {
    return fail(sentence(file, error));
  }
}

/** The magic numbers of pcap and pcapng, as the first octets of a file. */
const CAPTURES = [0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0x0a0d0d0a];

/** A file's text in UTF-8, or one sentence with the place and the remedy. */
export async function readText(file: string): Promise<Result<string, string>> {
  const octets = await readOctets(file);
  if (!octets.ok) return octets;
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(octets.value));
  } catch {
    const { buffer, byteOffset, byteLength } = octets.value;
    const magic = byteLength < 4 ? undefined : new DataView(buffer, byteOffset).getUint32(0);
    if (magic !== undefined && CAPTURES.includes(magic))
      return fail(`${file}: it is a capture, not a text; see it with handshake connections, show or draw.`);
    return fail(`${file}: it is not a text in UTF-8; save it in that encoding.`);
  }
}

/** Reads what a pack names, relative to the pack. */
export function readerBeside(pack: string): (name: string) => Promise<Uint8Array | undefined> {
  return async (name) => {
    const octets = await readOctets(path.join(path.dirname(pack), name));
    return octets.ok ? octets.value : undefined;
  };
}

/** Writes a file; undefined when it is done, otherwise one sentence. */
export async function write(file: string, data: string | Uint8Array): Promise<string | undefined> {
  try {
    await writeFile(file, data);
    return undefined;
  } catch (error) {
    return sentence(file, error, WRITE_REMEDIES);
  }
}
