import * as vscode from 'vscode';
import { isGzip, type Unpacker, unpacker } from '../../quizzes/exchange/gunzip.ts';

/**
 * Hands a file's octets to `push`, piece by piece, as they are in the file; stops when it resolves to false.
 *
 * A piece is only valid until `push` is done with it. Rejects when the file cannot be read.
 */
export type ReadOctets = (uri: vscode.Uri, push: (chunk: Uint8Array) => Promise<boolean>) => Promise<void>;

/** Octets handed over at once. */
const CHUNK = 1 << 20;

/** By VS Code's file system, which has no reading in parts: the file is in memory meanwhile. */
export const readThroughWorkspace: ReadOctets = async (uri, push) => {
  const octets = await vscode.workspace.fs.readFile(uri);
  for (let at = 0; at < octets.length; at += CHUNK)
    if (!(await push(octets.subarray(at, at + CHUNK)))) return;
};

/** The same, unpacked if gzip packed it. Resolves to whether the packing was whole. */
export async function readUnpacked(
  read: ReadOctets,
  uri: vscode.Uri,
  push: (chunk: Uint8Array) => boolean,
  pause: (packed: number) => Promise<boolean>,
): Promise<'whole' | 'broken'> {
  let packing: Unpacker | undefined;
  let wanted = true;
  let broken = false;
  let taken = 0;
  const take = (octets: Uint8Array) => {
    if (wanted) wanted = push(octets);
  };
  await read(uri, async (chunk) => {
    if (taken === 0 && isGzip(chunk)) packing = unpacker(take);
    taken += chunk.length;
    if (packing === undefined) take(chunk);
    else broken = !packing.push(chunk);
    return (await pause(taken)) && wanted && !broken;
  });
  if (packing === undefined || !wanted) return 'whole';
  return broken || !packing.end() ? 'broken' : 'whole';
}
