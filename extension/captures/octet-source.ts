import * as vscode from 'vscode';
import { isGzip, type Unpacker, unpacker } from '../../quizzes/exchange/gunzip.ts';

/** A file that cannot be read in parts, and has more octets than may be in memory at once. */
export interface TooLarge {
  readonly octets: number;
  readonly most: number;
}

/** How the octets of a file ended, seen from their packing. */
export type FileEnd = 'whole' | 'broken' | TooLarge;

/**
 * Hands a file's octets to `push`, piece by piece, as they are in the file; stops when it resolves to false.
 *
 * A piece is only valid until `push` is done with it. Rejects when the file cannot be read.
 */
export type ReadOctets = (
  uri: vscode.Uri,
  push: (chunk: Uint8Array) => Promise<boolean>,
) => Promise<'read' | TooLarge>;

/** Octets handed over at once. */
const CHUNK = 1 << 20;

/** Octets of a file in memory at most: VS Code's file service holds a copy or two of its own, and a tab has a few GB. */
const MOST_AT_ONCE = 512 * 2 ** 20;

/** By VS Code's file system, which has no reading in parts: the file is in memory meanwhile. */
export const readThroughWorkspace: ReadOctets = async (uri, push) => {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST_AT_ONCE) return { octets: size, most: MOST_AT_ONCE };
  const octets = await vscode.workspace.fs.readFile(uri);
  for (let at = 0; at < octets.length; at += CHUNK) if (!(await push(octets.subarray(at, at + CHUNK)))) break;
  return 'read';
};

/** The same, unpacked if gzip packed it. */
export async function readUnpacked(
  read: ReadOctets,
  uri: vscode.Uri,
  push: (chunk: Uint8Array) => boolean,
  pause: (packed: number) => Promise<boolean>,
): Promise<FileEnd> {
  let packing: Unpacker | undefined;
  let wanted = true;
  let broken = false;
  let taken = 0;
  const take = (octets: Uint8Array) => {
    if (wanted) wanted = push(octets);
  };
  const end = await read(uri, async (chunk) => {
    if (taken === 0 && isGzip(chunk)) packing = unpacker(take);
    taken += chunk.length;
    if (packing === undefined) take(chunk);
    else broken = !packing.push(chunk);
    return (await pause(taken)) && wanted && !broken;
  });
  if (end !== 'read') return end;
  if (packing === undefined || !wanted) return 'whole';
  return broken || !packing.end() ? 'broken' : 'whole';
}
