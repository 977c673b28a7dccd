// Finds the TCP segment inside an IP packet. Offsets only: nothing is copied or allocated.

import { bigEndian, u8 } from './octets.ts';

const { u16, u32 } = bigEndian;

/** Where things stand in one packet; filled again for every packet. */
export interface IpView {
  /** Octets of an address: 4 or 16. */
  addressLength: number;
  source: number;
  destination: number;
  /** The TCP header begins here. */
  start: number;
  /** End of what was captured of the segment. */
  end: number;
  /** Octets of the segment as sent, from the IP length fields: a capture may hold fewer. */
  length: number;
  /** Only a fragment of a TCP segment is here: what `start`, `end` and `length` tell is about the fragment. */
  fragmented: boolean;
  /** Octets before the fragment in its packet, whether more follow, and the number its packet's fragments share. */
  fragmentOffset: number;
  moreFragments: boolean;
  identification: number;
}

export function emptyIpView(): IpView {
  return {
    addressLength: 0,
    source: 0,
    destination: 0,
    start: 0,
    end: 0,
    length: 0,
    fragmented: false,
    fragmentOffset: 0,
    moreFragments: false,
    identification: 0,
  };
}

const TCP = 6;
/** Tunnels are followed this deep: IP in IP (RFC 2003) and IPv6 in IPv4 (RFC 4213). */
const DEEPEST_TUNNEL = 4;
const IPV4_INSIDE = 4;
const IPV6_INSIDE = 41;

/**
 * Finds the TCP segment of the IP packet at `start`, and fills `view`.
 *
 * A fragment is not one: `view.fragmented` says so, and {@link reassembler} puts them together.
 *
 * @param wireEnd - where the frame would end had all of it been captured; used when IP gives no length (offload)
 * @returns whether there is one
 */
export function findTcp(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  view: IpView,
): boolean {
  let at = start;
  view.fragmented = false;
  for (let depth = 0; depth < DEEPEST_TUNNEL; depth += 1) {
    const version = at < end ? u8(bytes, at) >> 4 : 0;
    const protocol =
      version === 4
        ? openIpv4(bytes, at, end, wireEnd, view)
        : version === 6
          ? openIpv6(bytes, at, end, wireEnd, view)
          : undefined;
    if (view.fragmented) {
      view.fragmented = protocol === TCP;
      return false;
    }
    if (protocol === TCP) return true;
    if (protocol !== IPV4_INSIDE && protocol !== IPV6_INSIDE) return false;
    at = view.start;
  }
  return false;
}

/** Opens an IPv4 header (RFC 791 §3.1) and returns the protocol inside, or undefined when there is none to read. */
function openIpv4(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  view: IpView,
): number | undefined {
  if (end - at < 20) return undefined;
  const header = (u8(bytes, at) & 0x0f) * 4;
  if (header < 20 || end - at < header) return undefined;
  const total = u16(bytes, at + 2) || Math.max(0, wireEnd - at); // 0: the network card was to fill it in
  if (total < header) return undefined;
  view.addressLength = 4;
  view.source = at + 12;
  view.destination = at + 16;
  view.start = at + header;
  view.end = Math.min(end, at + total);
  view.length = total - header;
  const fragment = u16(bytes, at + 6) & 0x3fff; // don't-fragment is no concern of ours
  if (fragment !== 0) markFragment(view, (fragment & 0x1fff) * 8, fragment > 0x1fff, u16(bytes, at + 4));
  return u8(bytes, at + 9);
}

function markFragment(view: IpView, offset: number, more: boolean, identification: number): void {
  view.fragmented = true;
  view.fragmentOffset = offset;
  view.moreFragments = more;
  view.identification = identification;
}

const FRAGMENT = 44;
const AUTHENTICATION = 51;
/** Hop-by-hop, routing, destination options, mobility, HIP, shim6: all give their length in 8 octets, less one. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);

/** Opens an IPv6 header (RFC 8200 §3) and its extension headers; as {@link openIpv4}. */
function openIpv6(
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
  view: IpView,
): number | undefined {
  if (end - at < 40) return undefined;
  const length = u16(bytes, at + 4) || Math.max(0, wireEnd - at - 40); // 0: jumbogram or offload
  const packetEnd = at + 40 + length;
  let protocol = u8(bytes, at + 6);
  let next = at + 40;
  const last = Math.min(end, packetEnd);
  let fragmentAt = -1;
  while (EXTENSIONS.has(protocol) || protocol === FRAGMENT || protocol === AUTHENTICATION) {
    if (next + 8 > last) return undefined;
    if (protocol === FRAGMENT && (u16(bytes, next + 2) & 0xfff9) !== 0) fragmentAt = next; // else an atomic one: RFC 6946
    const size =
      protocol === FRAGMENT
        ? 8
        : protocol === AUTHENTICATION
          ? (u8(bytes, next + 1) + 2) * 4
          : (u8(bytes, next + 1) + 1) * 8;
    protocol = u8(bytes, next);
    next += size;
    if (fragmentAt !== -1) break; // what follows is inside the packet that was taken apart
  }
  if (next > last) return undefined;
  view.addressLength = 16;
  view.source = at + 8;
  view.destination = at + 24;
  view.start = next;
  view.end = last;
  view.length = packetEnd - next;
  if (fragmentAt !== -1) {
    const fragment = u16(bytes, fragmentAt + 2);
    markFragment(view, fragment & 0xfff8, (fragment & 1) === 1, u32(bytes, fragmentAt + 4));
  }
  return protocol;
}

/** Writes an address as people read it: dotted IPv4, or IPv6 in the form of RFC 5952. */
export function formatAddress(bytes: Uint8Array, at: number, length: number): string {
  if (length === 4) return `${u8(bytes, at)}.${u8(bytes, at + 1)}.${u8(bytes, at + 2)}.${u8(bytes, at + 3)}`;
  const groups = Array.from({ length: 8 }, (_, index) => u16(bytes, at + index * 2));
  const { from, count } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (count < 2) return hex.join(':');
  return `${hex.slice(0, from).join(':')}::${hex.slice(from + count).join(':')}`;
}

/** The first longest run of zero groups. RFC 5952 §4.2. */
function longestZeros(groups: readonly number[]): { from: number; count: number } {
  let best = { from: 0, count: 0 };
  let from = 0;
  groups.forEach((group, index) => {
    if (group !== 0) from = index + 1;
    else if (index + 1 - from > best.count) best = { from, count: index + 1 - from };
  });
  return best;
}
