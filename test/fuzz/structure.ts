// Where the numbers stand that a reader believes: lengths, offsets, types and flags of every layer of a capture.

/** A number of the file. */
export interface Field {
  readonly at: number;
  readonly size: 1 | 2 | 4;
  readonly little: boolean;
}

const network = (at: number, size: 1 | 2 | 4): Field => ({ at, size, little: false });

/** The fields of a capture as it stands, mutated or not: what cannot be followed has none. */
export function fieldsOf(octets: Uint8Array): readonly Field[] {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (octets.length < 24) return [];
  return view.getUint32(0) === 0x0a0d0d0a ? blocks(view) : records(view);
}

function records(view: DataView): readonly Field[] {
  const little = (view.getUint8(0) & 0xf0) !== 0xa0;
  const n = (at: number, size: 1 | 2 | 4): Field => ({ at, size, little });
  const fields = [n(4, 2), n(6, 2), n(16, 4), n(20, 4)];
  for (let at = 24; at + 16 <= view.byteLength; ) {
    const captured = view.getUint32(at + 8, little);
    const end = Math.min(view.byteLength, at + 16 + captured);
    fields.push(n(at, 4), n(at + 4, 4), n(at + 8, 4), n(at + 12, 4), ...packet(view, at + 16, end));
    at += 16 + captured;
  }
  return fields;
}

const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

function blocks(view: DataView): readonly Field[] {
  const fields: Field[] = [];
  let little = true;
  for (let at = 0; at + 12 <= view.byteLength; ) {
    if (view.getUint32(at) === 0x0a0d0d0a) little = view.getUint32(at + 8) !== 0x1a2b3c4d;
    const n = (place: number, size: 1 | 2 | 4): Field => ({ at: place, size, little });
    const type = view.getUint32(at, little);
    const length = view.getUint32(at + 4, little);
    const end = Math.min(view.byteLength, at + Math.max(12, length));
    fields.push(n(at, 4), n(at + 4, 4), n(end - 4, 4));
    for (let place = at + 8; place + 4 < Math.min(end - 4, at + 28); place += 4) fields.push(n(place, 4));
    if (type === INTERFACE) {
      // Options: a code and a length each.
      for (let place = at + 16; place + 4 <= end - 4; place += 4) fields.push(n(place, 2), n(place + 2, 2));
    }
    if (type === ENHANCED_PACKET || type === OLD_PACKET) fields.push(...packet(view, at + 28, end - 4));
    if (type === SIMPLE_PACKET) fields.push(...packet(view, at + 12, end - 4));
    if (length < 12) break;
    at += length + (-length & 3);
  }
  return fields;
}

/** Where IP begins is looked for: the link layer before it is any. */
const FURTHEST_IP = 40;

function packet(view: DataView, start: number, end: number): readonly Field[] {
  for (let at = start; at < Math.min(end - 20, start + FURTHEST_IP); at += 1) {
    const first = view.getUint8(at);
    if (first >> 4 === 4 && (first & 15) >= 5 && view.getUint8(at + 8) > 0 && view.getUint8(at + 9) === 6) {
      const header = (first & 15) * 4;
      const ip = [
        network(at, 1),
        network(at + 2, 2),
        network(at + 4, 2),
        network(at + 6, 2),
        network(at + 9, 1),
      ];
      return [...link(start, at), ...ip, ...tcp(view, at + header, end)];
    }
    if (first === 0x60 && at + 40 < end && view.getUint8(at + 7) > 0) {
      const ip = [network(at, 1), network(at + 4, 2), network(at + 6, 1)];
      // Extension headers, if any, begin with a type and a length.
      const extensions = [40, 41, 42, 44, 48, 49].flatMap((place) =>
        at + place < end ? [network(at + place, 1)] : [],
      );
      return [...link(start, at), ...ip, ...extensions, ...tcp(view, at + 40, end)];
    }
  }
  return [];
}

/** The last two octets before IP are its type, on most links; tags and labels stand before them. */
function link(start: number, at: number): readonly Field[] {
  const fields: Field[] = [];
  for (let place = at - 2; place >= start && fields.length < 6; place -= 2) fields.push(network(place, 2));
  return fields;
}

function tcp(view: DataView, at: number, end: number): readonly Field[] {
  if (at + 20 > end) return [];
  const header = (view.getUint8(at + 12) >> 4) * 4;
  const fields = [
    network(at, 2),
    network(at + 2, 2),
    network(at + 4, 4),
    network(at + 8, 4),
    network(at + 12, 1),
    network(at + 13, 1),
    network(at + 14, 2),
  ];
  for (let place = at + 20; place < Math.min(end, at + header); place += 1) fields.push(network(place, 1));
  return fields;
}

/** Writes a number as the field has it. */
export function write(octets: Uint8Array, { at, size, little }: Field, value: number): void {
  if (at < 0 || at + size > octets.length) return;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (size === 1) view.setUint8(at, value);
  else if (size === 2) view.setUint16(at, value, little);
  else view.setUint32(at, value, little);
}

/** Reads the number of a field; 0 beyond the end. */
export function read(octets: Uint8Array, { at, size, little }: Field): number {
  if (at < 0 || at + size > octets.length) return 0;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (size === 1) return view.getUint8(at);
  return size === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
}
