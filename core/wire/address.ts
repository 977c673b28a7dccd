/** Reads `192.0.2.1` into four octets, or any form of an IPv6 address into sixteen; undefined for anything else. */
export function parseAddress(text: string): Uint8Array | undefined {
  if (!text.includes(':')) return parseIpv4(text);
  return parseIpv6(text.replace(/^\[|\]$|%.*$/g, ''));
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

/** RFC 4291 §2.2: one `::` stands for as many zeros as are missing; the last 32 bits may be dotted. */
function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::').map(groupsOf);
  const [head, tail] = halves;
  if (head === undefined || halves.length > 2) return undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  const octets = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return octets.some(Number.isNaN) ? undefined : Uint8Array.from(octets);
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    const dotted = parseIpv4(group);
    if (dotted !== undefined) return [...dotted];
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return [Number.NaN, Number.NaN];
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
