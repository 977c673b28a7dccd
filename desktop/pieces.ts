import { open } from 'node:fs/promises';

/** Octets read at once: enough that the file system is no brake, and no more. */
const PIECE = 1 << 20;

/**
 * The octets of a file of this machine, in order; the next piece is read, by a thread of Node's, while one is looked at.
 *
 * A piece is only valid until the next is asked for. Rejects when the file cannot be read.
 */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path);
  const begin = (into: Uint8Array) => {
    const reading = file.read(into, 0, PIECE);
    reading.catch(() => undefined); // it is told to whoever asks for this piece, which may be nobody
    return reading;
  };
  try {
    let [now, ahead] = [new Uint8Array(PIECE), new Uint8Array(PIECE)];
    let reading = begin(now);
    for (let { bytesRead } = await reading; bytesRead > 0; { bytesRead } = await reading) {
      reading = begin(ahead);
      yield now.subarray(0, bytesRead);
      [now, ahead] = [ahead, now];
    }
  } finally {
    await file.close();
  }
}
