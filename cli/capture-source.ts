import { fail, ok, type Result } from '../core/result.ts';
import { piecesOf } from '../desktop/pieces.ts';
import { isGzip, type Unpacker, unpacker } from '../quizzes/exchange/gunzip.ts';
import { sentence } from './files.ts';

/** How a file ended. */
interface Fed {
  /** When its packing is damaged or breaks off: one sentence. What is before that was handed over. */
  readonly issue?: string;
}

/**
 * Hands a file's octets to `push`, piece by piece, unpacked if gzip packed them; stops when it returns false.
 *
 * A piece is only valid during the call. An error when the file cannot be read.
 */
export async function feed(file: string, push: (chunk: Uint8Array) => boolean): Promise<Result<Fed, string>> {
  let packing: Unpacker | undefined;
  let wanted = true;
  let first = true;
  let unpacked = false;
  const take = (octets: Uint8Array) => {
    unpacked = true;
    if (wanted) wanted = push(octets);
  };
  const broken = () =>
    unpacked
      ? ok({
          issue: `${file}: the gzip file breaks off or is damaged; what is before that was read. Copy or pack it again.`,
        })
      : fail(`${file}: the gzip file is damaged and cannot be unpacked; copy or pack it again.`);
  try {
    for await (const chunk of piecesOf(file)) {
      if (first && isGzip(chunk)) packing = unpacker(take);
      first = false;
      if (packing === undefined) take(chunk);
      else if (!packing.push(chunk)) return broken();
      if (!wanted) return ok({});
    }
  } catch (error) {
    return fail(sentence(file, error));
  }
  return packing === undefined || packing.end() ? ok({}) : broken();
}
