// Which flow a segment belongs to: a hash table over addresses and ports that holds numbers, not objects.

import type { IpView } from './ip.ts';
import { i32 } from './octets.ts';

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

function mix(before: number, word: number): number {
  const mixed = Math.imul(before ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function spread(mixed: number): number {
  const last = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return last ^ (last >>> 13);
}

export function flowTable(): FlowTable {
  let capacity = 1024;
  let slots = new Int32Array(capacity).fill(-1);
  let keys = new Int32Array((capacity / 2) * STRIDE);
  let count = 0;
  const wanted = new Int32Array(STRIDE);

  function hash(from: Int32Array, at: number): number {
    const ipv6 = from[at + 9] === 4;
    let mixed = 0;
    for (let word = 0; word < WORDS; word += ipv6 ? 1 : 4) mixed = mix(mixed, from[at + word] ?? 0);
    return spread(mixed) & (capacity - 1);
  }

  function isAt(flow: number): boolean {
    const at = flow * STRIDE;
    for (let word = 0; word < STRIDE; word += 1) if (keys[at + word] !== wanted[word]) return false;
    return true;
  }

  function grow(): void {
    capacity *= 2;
    slots = new Int32Array(capacity).fill(-1);
    const larger = new Int32Array((capacity / 2) * STRIDE);
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
      wanted[place + word] = word < words ? i32(bytes, at + word * 4) : 0;
  }

  /** A new flow with the words of `wanted`, at a slot that is free. */
  function begin(slot: number): number {
    slots[slot] = count;
    keys.set(wanted, count * STRIDE);
    count += 1;
    if (count * 2 >= capacity) grow();
    return count - 1;
  }

  /** The same as for any address, without the words that are zeros. All words signed: those are whole in a register. */
  function findIpv4(from: number, to: number, fromPort: number, toPort: number): number {
    const side = from > to || (from === to && fromPort > toPort) ? 1 : 0;
    const low = side === 0 ? from : to;
    const high = side === 0 ? to : from;
    const ports = side === 0 ? (fromPort << 16) | toPort : (toPort << 16) | fromPort;
    let slot = spread(mix(mix(mix(0, low), high), ports)) & (capacity - 1);
    for (let flow = slots[slot] ?? -1; flow !== -1; flow = slots[slot] ?? -1) {
      const at = flow * STRIDE;
      if (keys[at] === low && keys[at + 4] === high && keys[at + 8] === ports && keys[at + 9] === 1)
        return flow * 2 + side;
      slot = (slot + 1) & (capacity - 1);
    }
    wanted.fill(0);
    wanted[0] = low;
    wanted[4] = high;
    wanted[8] = ports;
    wanted[9] = 1;
    return begin(slot) * 2 + side;
  }

  return {
    find(bytes, { source, destination, addressLength }, sourcePort, destinationPort) {
      if (addressLength === 4)
        return findIpv4(i32(bytes, source), i32(bytes, destination), sourcePort, destinationPort);
      const words = addressLength / 4;
      let order = 0;
      for (let word = 0; word < words && order === 0; word += 1)
        order = i32(bytes, source + word * 4) - i32(bytes, destination + word * 4);
      const side = (order || sourcePort - destinationPort) > 0 ? 1 : 0;
      put(0, bytes, side === 0 ? source : destination, words);
      put(4, bytes, side === 0 ? destination : source, words);
      wanted[8] = side === 0 ? (sourcePort << 16) | destinationPort : (destinationPort << 16) | sourcePort;
      wanted[9] = words;
      let slot = hash(wanted, 0);
      for (let flow = slots[slot] ?? -1; flow !== -1; flow = slots[slot] ?? -1) {
        if (isAt(flow)) return flow * 2 + side;
        slot = (slot + 1) & (capacity - 1);
      }
      return begin(slot) * 2 + side;
    },
    size: () => count,
    end(flow, side) {
      const at = flow * STRIDE;
      const words = keys[at + 9] ?? 0;
      const address = new Uint8Array(words * 4);
      for (let octet = 0; octet < words * 4; octet += 1)
        address[octet] = (keys[at + side * 4 + (octet >> 2)] ?? 0) >>> (24 - (octet & 3) * 8);
      const ports = keys[at + 8] ?? 0;
      return { address, port: side === 0 ? ports >>> 16 : ports & 0xffff };
    },
  };
}
