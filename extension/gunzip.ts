// gzip (RFC 1952), by what Node and browsers both bring along.

/** What came out of a gzip file. */
export interface Unpacked {
  readonly octets: Uint8Array;
  /** `broken`: the file breaks off or is damaged behind these octets. `too-large`: there is more than was wanted. */
  readonly end: 'whole' | 'broken' | 'too-large';
}

/** Whether a file begins as gzip does. */
export function isGzip(octets: Uint8Array): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b;
}

/**
 * Unpacks until the end, the first damage, or more than `most` octets. Never throws.
 *
 * A file of several members (RFC 1952 §2.2) is whole under Node 20; newer ones and browsers stop behind the first, as the
 * Compression Standard asks: that is `broken`.
 */
export async function gunzip(packed: Uint8Array, most: number): Promise<Unpacked> {
  const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  let end: Unpacked['end'] = 'whole';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
      if (size <= most) continue;
      end = 'too-large';
      await reader.cancel();
      break;
    }
  } catch {
    end = 'broken'; // the stream's errors differ from host to host, and none says more
  }
  return { octets: end === 'too-large' ? new Uint8Array() : join(parts, size), end };
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const octets = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return octets;
}
