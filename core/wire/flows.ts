// Which flow a segment belongs to: a hash table over addresses and ports that holds numbers, not objects.

import type { IpView } from './ip.ts';
import { bigEndian } from './octets.ts';

const { u32 } = bigEndian;

/** Two addresses of four words each, and both ports in one word: an IPv4 address has one word and three of zeros. */
const WORDS = 9;
/** Beside the words: whether the addresses are of IPv6. */
const STRIDE = WORDS + 1;

/** Everything between two addresses and ports, both directions, numbered in order of appearance. */
export interface FlowTable {
  /** The flow's number times two, plus the side that sends: 0 is the end that comes first in order, 1 the other. */
  find(bytes: Uint8Array, ip: IpView, sourcePort: number, destinationPort: number): number;
  size(): number;
  /** Octets of the address of one side, and its port. */
  end(flow: number, side: number): { readonly address: Uint8Array; readonly port: number };
}

export function flowTable(): FlowTable {
  let capacity = 1024;
  let slots = new Int32Array(capacity).fill(-1);
  let keys = new Uint32Array((capacity / 2) * STRIDE);
  let count = 0;
  const wanted = new Uint32Array(STRIDE);

  function hash(from: Uint32Array, at: number): number {
    const ipv6 = from[at + 9] === 4;
    let mixed = 0;
    for (let word = 0; word < WORDS; word += word === 8 || ipv6 ? 1 : 4) {
      mixed = Math.imul(mixed ^ (from[at + word] ?? 0), 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    return (mixed ^ (mixed >>> 13)) & (capacity - 1);
  }

  function isAt(flow: number): boolean {
    const at = flow * STRIDE;
    for (let word = 0; word < STRIDE; word += 1) if (keys[at + word] !== wanted[word]) return false;
    return true;
  }

  function grow(): void {
    capacity *= 2;
    slots = new Int32Array(capacity).fill(-1);
    const larger = new Uint32Array((capacity / 2) * STRIDE);
    larger.set(keys);
    keys = larger;
    for (let flow = 0; flow < count; flow += 1) {
      let slot = hash(keys, flow * STRIDE);
      while (slots[slot] !== -1) slot = (slot + 1) & (capacity - 1);
      slots[slot] = flow;
    }
  }

  /** Writes one end into `wanted`. */
  function put(place: 0 | 4, bytes: Uint8Array, at: number, words: number): void {
    for (let word = 0; word < 4; word += 1)
      wanted[place + word] = word < words ? u32(bytes, at + word * 4) : 0;
  }

  return {
    find(bytes, { source, destination, addressLength }, sourcePort, destinationPort) {
      const words = addressLength / 4;
      let order = 0;
      for (let word = 0; word < words && order === 0; word += 1)
        order = u32(bytes, source + word * 4) - u32(bytes, destination + word * 4);
      const side = (order || sourcePort - destinationPort) > 0 ? 1 : 0;
      put(0, bytes, side === 0 ? source : destination, words);
      put(4, bytes, side === 0 ? destination : source, words);
      wanted[8] =
        side === 0 ? sourcePort * 0x10000 + destinationPort : destinationPort * 0x10000 + sourcePort;
      wanted[9] = words;
      let slot = hash(wanted, 0);
      for (let flow = slots[slot] ?? -1; flow !== -1; flow = slots[slot] ?? -1) {
        if (isAt(flow)) return flow * 2 + side;
        slot = (slot + 1) & (capacity - 1);
      }
      slots[slot] = count;
      keys.set(wanted, count * STRIDE);
      count += 1;
      if (count * 2 >= capacity) grow();
      return (count - 1) * 2 + side;
    },
    size: () => count,
    end(flow, side) {
      const at = flow * STRIDE;
      const words = keys[at + 9] ?? 0;
      const address = new Uint8Array(words * 4);
      for (let word = 0; word < words; word += 1)
        new DataView(address.buffer).setUint32(word * 4, keys[at + side * 4 + word] ?? 0);
      const ports = keys[at + 8] ?? 0;
      return { address, port: side === 0 ? ports >>> 16 : ports & 0xffff };
    },
  };
}
