import { createReadStream } from 'node:fs';
import { Gunzip } from 'fflate';
import { fail, ok, type Result } from '../core/result.ts';
import { littleEndian } from '../core/wire/octets.ts';
import { sentence } from './files.ts';

/** How a file ended. */
export interface Fed {
  /** When its packing is damaged or breaks off: one sentence. What is before that was handed over. */
  readonly issue?: string;
}

/** Octets read at once: enough that the file system is no brake, and no more. */
const CHUNK = 1 << 20;

/**
 * Hands a file's octets to `push`, piece by piece, unpacked if gzip packed them; stops when it returns false.
 *
 * A piece is only valid during the call. An error when the file cannot be read.
 */
export async function feed(file: string, push: (chunk: Uint8Array) => boolean): Promise<Result<Fed, string>> {
  let unpack: Gunzip | undefined;
  let wanted = true;
  let first = true;
  let size = 0;
  let tail: Uint8Array = new Uint8Array();
  const take = (octets: Uint8Array) => {
    size += octets.length;
    if (wanted && octets.length > 0) wanted = push(octets);
  };
  try {
    for await (const read of createReadStream(file, { highWaterMark: CHUNK })) {
      const chunk: Uint8Array = read;
      if (first && chunk[0] === 0x1f && chunk[1] === 0x8b) {
        unpack = new Gunzip(take);
        unpack.onmember = () => {
          size = 0;
        };
      }
      first = false;
      if (unpack === undefined) take(chunk);
      else if (!tryPush(unpack, chunk, false)) return ok({ issue: brokenPacking(file) });
      if (!wanted) return ok({});
      tail = Uint8Array.from([...tail, ...chunk.subarray(-4)].slice(-4));
    }
  } catch (error) {
    return fail(sentence(file, error));
  }
  if (unpack === undefined) return ok({});
  // The last four octets say how long the last member is, unpacked. RFC 1952 §2.3.1.
  const whole = tryPush(unpack, new Uint8Array(), true) && littleEndian.u32(tail, 0) === size % 2 ** 32;
  return ok(whole ? {} : { issue: brokenPacking(file) });
}

function tryPush(unpack: Gunzip, chunk: Uint8Array, last: boolean): boolean {
  try {
    unpack.push(chunk, last);
    return true;
  } catch {
    return false;
  }
}

function brokenPacking(file: string): string {
  return `${file}: the gzip file breaks off or is damaged; what is before that was read. Copy or pack it again.`;
}
