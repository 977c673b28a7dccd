// Finds the IP header inside a frame. Offsets only: nothing is copied or allocated.

import { bigEndian, u8 } from './octets.ts';

const { u16, u32 } = bigEndian;

/** No IP header in this frame, or not all of the link header was captured. */
export const NO_IP = -1;

/** Returns the offset of the IP header of the frame `bytes[start, end)`, or {@link NO_IP}. */
type FindIp = (bytes: Uint8Array, start: number, end: number) => number;

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd, mpls: 0x8847, mplsMulticast: 0x8848, pppoe: 0x8864 } as const;
/** 802.1Q, 802.1ad (QinQ), and two values used before 802.1ad. */
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100, 0x9200]);
/** Below it stands a length, not a type: IEEE 802.3. */
const SMALLEST_ETHERTYPE = 0x0600;
const PPP_IPV4 = 0x0021;
const PPP_IPV6 = 0x0057;

const ETHERNET = 1;

/** How each link type leads to IP. Numbers are LINKTYPE_ values of tcpdump.org. */
const LINKS: ReadonlyMap<number, FindIp> = new Map<number, FindIp>([
  [0, loopback], // NULL: BSD loopback, address family in the capturing host's byte order
  [ETHERNET, (bytes, start, end) => afterEtherType(bytes, start + 12, end)],
  [9, ppp],
  [10, (bytes, start, end) => llc(bytes, start + 13, end)], // FDDI
  [12, rawIp],
  [14, rawIp],
  [50, ppp], // PPP in HDLC-like framing
  [51, (bytes, start, end) => pppoe(bytes, start, end)],
  [101, rawIp],
  [104, (bytes, start, end) => afterEtherType(bytes, start + 2, end)], // Cisco HDLC
  [108, loopback], // LOOP: OpenBSD, network byte order
  [113, (bytes, start, end) => afterEtherType(bytes, start + 14, end)], // Linux cooked v1
  [228, rawIp],
  [229, rawIp],
  [
    276,
    (bytes, start, end) =>
      end - start < 20 ? NO_IP : ofEtherType(bytes, u16(bytes, start), start + 20, end),
  ], // Linux cooked v2
]);

/** Whether frames of this link type can be read. */
export function linkIsKnown(linkType: number): boolean {
  return LINKS.has(linkType);
}

/** Finds the IP header of a frame; {@link NO_IP} when there is none or the link type is unknown. */
export function findIp(bytes: Uint8Array, start: number, end: number, linkType: number): number {
  // By far the most frequent, without a look at any table.
  if (linkType === ETHERNET && start + 14 < end && u16(bytes, start + 12) === ETHERTYPE.ipv4)
    return rawIp(bytes, start + 14, end);
  return LINKS.get(linkType)?.(bytes, start, end) ?? NO_IP;
}

function rawIp(bytes: Uint8Array, start: number, end: number): number {
  const version = start < end ? u8(bytes, start) >> 4 : 0;
  return version === 4 || version === 6 ? start : NO_IP;
}

function loopback(bytes: Uint8Array, start: number, end: number): number {
  return rawIp(bytes, start + 4, end);
}

/** Reads the EtherType at `at`, through any VLAN tags. */
function afterEtherType(bytes: Uint8Array, at: number, end: number): number {
  const typeAt = pastTags(bytes, at, end);
  return typeAt + 2 > end ? NO_IP : ofEtherType(bytes, u16(bytes, typeAt), typeAt + 2, end);
}

function pastTags(bytes: Uint8Array, at: number, end: number): number {
  let typeAt = at;
  while (typeAt + 2 <= end && VLAN_TAGS.has(u16(bytes, typeAt))) typeAt += 4;
  return typeAt;
}

function ofEtherType(bytes: Uint8Array, type: number, next: number, end: number): number {
  if (type === ETHERTYPE.ipv4 || type === ETHERTYPE.ipv6) return rawIp(bytes, next, end);
  if (type === ETHERTYPE.pppoe) return pppoe(bytes, next, end);
  if (type === ETHERTYPE.mpls || type === ETHERTYPE.mplsMulticast) return mpls(bytes, next, end);
  if (VLAN_TAGS.has(type)) return afterEtherType(bytes, next + 2, end);
  if (type < SMALLEST_ETHERTYPE) return llc(bytes, next, end);
  return NO_IP;
}

/** LLC with SNAP (RFC 1042). A length where its type should be would begin another LLC header, without end. */
function llc(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end || u32(bytes, at) !== 0xaaaa0300 || u8(bytes, at + 4) !== 0) return NO_IP;
  const typeAt = pastTags(bytes, at + 6, end);
  if (typeAt + 2 > end || u16(bytes, typeAt) < SMALLEST_ETHERTYPE) return NO_IP;
  return ofEtherType(bytes, u16(bytes, typeAt), typeAt + 2, end);
}

/** Skips labels down to the bottom of the stack (RFC 3032). */
function mpls(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + 4 <= end; at += 4) if (u8(bytes, at + 2) & 1) return rawIp(bytes, at + 4, end);
  return NO_IP;
}

function pppoe(bytes: Uint8Array, start: number, end: number): number {
  return ppp(bytes, start + 6, end);
}

/** PPP with or without address and control octets, protocol in one octet or two (RFC 1661). */
function ppp(bytes: Uint8Array, start: number, end: number): number {
  const at = start + 2 <= end && u16(bytes, start) === 0xff03 ? start + 2 : start;
  if (at + 2 > end) return NO_IP;
  const compressed = (u8(bytes, at) & 1) === 1;
  const protocol = compressed ? u8(bytes, at) : u16(bytes, at);
  if (protocol !== PPP_IPV4 && protocol !== PPP_IPV6) return NO_IP;
  return rawIp(bytes, at + (compressed ? 1 : 2), end);
}
