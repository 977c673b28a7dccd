// The Node extension host's entry: the same extension, with a file reader that does not take a file into memory.

import { open } from 'node:fs/promises';
import { type ReadOctets, readThroughWorkspace } from '../extension/captures/octet-source.ts';
import { activateWith } from '../extension/extension.ts';

const CHUNK = 1 << 20;

/** Files of the machine itself are read in pieces; whatever else VS Code knows goes through its file system. */
const readInPieces: ReadOctets = async (uri, push) => {
  if (uri.scheme !== 'file') return readThroughWorkspace(uri, push);
  const file = await open(uri.fsPath);
  try {
    const buffer = new Uint8Array(CHUNK);
    for (let wanted = true; wanted; ) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      wanted = bytesRead > 0 && (await push(buffer.subarray(0, bytesRead)));
    }
  } finally {
    await file.close();
  }
};

type Activate = typeof activateWith;

/** As VS Code calls it. */
export function activate(context: Parameters<Activate>[0]): ReturnType<Activate> {
  return activateWith(context, readInPieces);
}
