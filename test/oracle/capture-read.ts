// One way to read a capture of others, for the suites that compare what we make of it.

import { readFileSync } from 'node:fs';
import { captureIndexer, type Onlooker } from '../../core/wire/capture-index.ts';
import { type ConnectionRow, connectionRow } from '../../core/wire/connection-row.ts';

/** Reads a file in pieces of an awkward size, and lists its connections. */
export function rowsOf(file: string, onlooker?: Onlooker): readonly ConnectionRow[] {
  const indexer = captureIndexer(onlooker);
  const octets = readFileSync(file);
  for (let at = 0; at < octets.length; at += PIECE) indexer.push(octets.subarray(at, at + PIECE));
  indexer.end();
  return indexer.conversations.map((one) => connectionRow(indexer, one));
}

const PIECE = 4093;
