import { inferTimeline } from '../../core/timeline/infer.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { captureIndexer } from '../../core/wire/capture-index.ts';
import { connectionRow } from '../../core/wire/connection-row.ts';
import { connectionReader } from '../../core/wire/connection-view.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { concatenate } from '../../core/wire/octets.ts';
import { unpacker } from '../../quizzes/exchange/gunzip.ts';
import type { Input } from './mutate.ts';

/** What became of an input. */
export type Outcome = 'connections' | 'no TCP' | 'one error';

/**
 * Reads an input in every way the product does. Nothing of it may throw.
 *
 * @param deeply - also as objects and through the rules of core/tcp, and what both ways have in common is compared
 */
export function readAll({ octets: given, piece, packed }: Input, deeply: boolean): Outcome {
  const octets = packed ? unpacked(given, piece) : given;
  const indexer = captureIndexer();
  for (let at = 0; at < octets.length; at += piece) if (!indexer.push(octets.subarray(at, at + piece))) break;
  const read = indexer.end();
  const rows = indexer.conversations.map((one) => connectionRow(indexer, one));
  if (deeply) lookCloser(octets, rows.length);
  if (!read.ok) return 'one error';
  return rows.length > 0 ? 'connections' : 'no TCP';
}

/** As the editor and the command line unpack. */
function unpacked(octets: Uint8Array, piece: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const unpack = unpacker((part) => parts.push(part.slice()));
  for (let at = 0; at < octets.length; at += piece) if (!unpack.push(octets.subarray(at, at + piece))) break;
  unpack.end();
  return concatenate(parts);
}

function lookCloser(octets: Uint8Array, found: number): void {
  const decoded = decodeCapture(octets);
  const connections = decoded.ok ? connectionsOf(decoded.value.packets) : [];
  if (decoded.ok && connections.length !== found)
    throw new Error(`${connections.length} connections as objects, ${found} by the index`);
  for (const connection of connections) inferTimeline(connection);
  const reader = connectionReader({ flow: 0, turn: 0 });
  reader.indexer.push(octets);
  reader.indexer.end();
  const view = reader.view();
  view?.timeline(0, view.count());
  view?.timeline(Math.floor(view.count() / 2), view.count());
}
