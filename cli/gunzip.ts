import { constants, gunzipSync, type ZlibOptions } from 'node:zlib';
import { fail, ok, type Result } from '../core/result.ts';

/** The whole capture is held in memory. */
const MAX_OCTETS = 1_000_000_000;

interface Unpacked {
  readonly octets: Uint8Array;
  /** When the file breaks off, or is damaged, behind these octets: one sentence. */
  readonly issue?: string;
}

/** Unpacks a gzip file as far as it goes; any other file is returned as it is. */
export function unpack(
  file: string,
  octets: Uint8Array,
  most: number = MAX_OCTETS,
): Result<Unpacked, string> {
  if (octets[0] !== 0x1f || octets[1] !== 0x8b) return ok({ octets });
  const whole = tryGunzip(octets, { maxOutputLength: most });
  if (whole === 'too-large')
    return fail(
      `${file}: unpacked, it has more than ${Math.round(most / 1e6)} MB; cut out what matters, for example: gunzip -c IN.gz | tcpdump -r - -w OUT "tcp port 80".`,
    );
  if (whole !== 'broken') return ok({ octets: whole });
  const part = tryGunzip(octets, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  if (typeof part === 'string')
    return fail(`${file}: the gzip file is damaged and cannot be unpacked; copy or pack it again.`);
  return ok({
    octets: part,
    issue: `${file}: the gzip file breaks off; what is before that was read. Copy or pack it again.`,
  });
}

function tryGunzip(octets: Uint8Array, options: ZlibOptions): Uint8Array | 'too-large' | 'broken' {
  try {
    return gunzipSync(octets, options);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? 'too-large'
      : 'broken';
  }
}
