// The Node extension host's entry: the same extension, with a file reader that does not take a file into memory.

import { type ReadOctets, readThroughWorkspace } from '../extension/captures/octet-source.ts';
import { activateWith } from '../extension/extension.ts';
import { piecesOf } from './pieces.ts';

/** Files of the machine itself are read in pieces; whatever else VS Code knows goes through its file system. */
const readInPieces: ReadOctets = async (uri, push) => {
  if (uri.scheme !== 'file') return readThroughWorkspace(uri, push);
  for await (const piece of piecesOf(uri.fsPath)) if (!(await push(piece))) break;
  return 'read';
};

type Activate = typeof activateWith;

/** As VS Code calls it. */
export function activate(context: Parameters<Activate>[0]): ReturnType<Activate> {
  return activateWith(context, readInPieces);
}
