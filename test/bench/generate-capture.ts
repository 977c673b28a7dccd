// Captures of any size, as a busy server would record them: many connections at once, each a short exchange.

import { closeSync, openSync, writeSync } from 'node:fs';

const ACK = 0x10;
const CONNECTIONS_AT_ONCE = 200;

/** One segment of the life that every connection leads: from the client or not, flags, payload. */
const LIFE: readonly (readonly [fromClient: boolean, flags: number, length: number])[] = [
  [true, 0x02, 0],
  [false, 0x12, 0],
  [true, ACK, 0],
  [true, 0x18, 180],
  ...Array.from({ length: 7 }, () => [[false, ACK, 1448] as const, [true, ACK, 0] as const]).flat(),
  [false, 0x11, 0],
  [true, 0x11, 0],
  [false, ACK, 0],
];

interface Flow {
  readonly number: number;
  place: number;
  client: number;
  server: number;
}

/** Writes a pcap file of about `size` octets; returns how many segments and connections it holds. */
export function generateCapture(
  file: string,
  size: number,
): { readonly segments: number; readonly connections: number } {
  const out = openSync(file, 'w');
  const buffer = Buffer.alloc(1 << 22);
  let at = fileHeader(buffer);
  let written = 0;
  let segments = 0;
  let connections = 0;
  const begin = (): Flow => ({ number: connections++, place: 0, client: 1000, server: 9000 });
  const flows = Array.from({ length: CONNECTIONS_AT_ONCE }, begin);
  for (let turn = 0; written + at < size; turn += 1) {
    const slot = (turn * 7) % CONNECTIONS_AT_ONCE;
    let flow = flows[slot] ?? begin();
    if (flow.place === LIFE.length) flow = begin();
    flows[slot] = flow;
    at = writeSegment(buffer, at, flow, segments);
    segments += 1;
    if (at < buffer.length - 2048) continue;
    written += writeSync(out, buffer, 0, at);
    at = 0;
  }
  writeSync(out, buffer, 0, at);
  closeSync(out);
  return { segments, connections };
}

/** Writes a capture of one long download. Returns its segments. */
export function generateDownload(file: string, segments: number): number {
  const out = openSync(file, 'w');
  const buffer = Buffer.alloc(1 << 22);
  let at = fileHeader(buffer);
  const flow: Flow = { number: 0, place: 0, client: 1000, server: 9000 };
  for (let number = 0; number < segments; number += 1) {
    // After the handshake and the request, an exchange without end.
    if (flow.place > 5) flow.place = 4;
    at = writeSegment(buffer, at, flow, number);
    if (at < buffer.length - 2048) continue;
    writeSync(out, buffer, 0, at);
    at = 0;
  }
  writeSync(out, buffer, 0, at);
  closeSync(out);
  return segments;
}

function fileHeader(buffer: Buffer): number {
  buffer.writeUInt32LE(0xa1b2c3d4, 0);
  buffer.writeUInt16LE(2, 4);
  buffer.writeUInt16LE(4, 6);
  buffer.writeUInt32LE(65_535, 16);
  buffer.writeUInt32LE(1, 20);
  return 24;
}

function writeSegment(buffer: Buffer, start: number, flow: Flow, segments: number): number {
  const [fromClient, flags, length] = LIFE[flow.place] ?? [true, ACK, 0];
  flow.place += 1;
  const frame = 14 + 20 + 32 + length;
  const micros = segments * 10;
  buffer.writeUInt32LE(1_700_000_000 + Math.floor(micros / 1e6), start);
  buffer.writeUInt32LE(micros % 1e6, start + 4);
  buffer.writeUInt32LE(frame, start + 8);
  buffer.writeUInt32LE(frame, start + 12);
  let at = start + 16;
  buffer.fill(2, at, at + 12);
  buffer.writeUInt16BE(0x0800, at + 12);
  at += 14;
  buffer.fill(0, at, at + 52);
  buffer.writeUInt8(0x45, at);
  buffer.writeUInt16BE(52 + length, at + 2);
  buffer.writeUInt8(64, at + 8);
  buffer.writeUInt8(6, at + 9);
  const client = 0x0a000000 + (flow.number >>> 14);
  buffer.writeUInt32BE(fromClient ? client : 0xc0a80001, at + 12);
  buffer.writeUInt32BE(fromClient ? 0xc0a80001 : client, at + 16);
  const port = 1024 + (flow.number & 0x3fff);
  at += 20;
  buffer.writeUInt16BE(fromClient ? port : 80, at);
  buffer.writeUInt16BE(fromClient ? 80 : port, at + 2);
  buffer.writeUInt32BE(fromClient ? flow.client : flow.server, at + 4);
  buffer.writeUInt32BE(flags & ACK ? (fromClient ? flow.server : flow.client) : 0, at + 8);
  buffer.writeUInt8(0x80, at + 12);
  buffer.writeUInt8(flags, at + 13);
  buffer.writeUInt16BE(fromClient ? 502 : 509, at + 14);
  buffer.write('0101080a0000000100000002', at + 20, 'hex');
  const taken = length + (flags & 0x03 ? 1 : 0);
  if (fromClient) flow.client += taken;
  else flow.server += taken;
  return start + 16 + frame;
}
