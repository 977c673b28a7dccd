// gzip (RFC 1952) unpacked piece by piece, all members, in every host alike.

import { Gunzip } from 'fflate';

/** Unpacks one file. */
export interface Unpacker {
  /** Takes the next packed octets; false once they are damaged. */
  push(chunk: Uint8Array): boolean;
  /** Nothing follows. Whether the file was whole. */
  end(): boolean;
}

/** Whether a file begins as gzip does. */
export function isGzip(octets: Uint8Array): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b;
}

/** Hands unpacked octets to `take` as they come; a piece is only valid during the call. */
export function unpacker(take: (octets: Uint8Array) => void): Unpacker {
  let size = 0;
  let tail: readonly number[] = [];
  const gunzip = new Gunzip((octets) => {
    size += octets.length;
    if (octets.length > 0) take(octets);
  });
  gunzip.onmember = () => {
    size = 0;
  };
  const tried = (chunk: Uint8Array, last: boolean) => {
    try {
      gunzip.push(chunk, last);
      return true;
    } catch {
      return false;
    }
  };
  return {
    push(chunk) {
      tail = [...tail, ...chunk.subarray(-4)].slice(-4);
      return tried(chunk, false);
    },
    end() {
      // The last four octets say how long the last member is, unpacked. RFC 1952 §2.3.1.
      const told = tail.reduceRight((sum, octet) => sum * 256 + octet, 0);
      return tried(new Uint8Array(), true) && told === size % 2 ** 32;
    },
  };
}
