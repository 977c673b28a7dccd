// Long work in short slices, so that the extension host always answers in between.

/** What work in slices is stopped with. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Milliseconds of real time that one slice may take; a keystroke must never wait for more. */
const SLICE = 8;

/**
 * A pause between pieces of work: most of the time it does nothing, and once a slice is used up it lets others work.
 *
 * @param isStopped - asked at every pause; when it says so, the pause rejects with {@link Stopped}
 */
export function sliced(isStopped: () => boolean): () => Promise<void> | undefined {
  let begun = performance.now();
  async function rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    begun = performance.now();
    if (isStopped()) throw new Stopped();
  }
  return () => {
    if (isStopped()) return Promise.reject(new Stopped());
    return performance.now() - begun < SLICE ? undefined : rest();
  };
}
