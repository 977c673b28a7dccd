import type { Span } from './geometry.ts';

/** Height of a stripe, in pixels. */
const HEIGHT = 64;

/** Things by the stripes of the picture they touch, so that only neighbours are compared. */
export class Stripes<T> {
  readonly #stripes = new Map<number, T[]>();

  add(item: T, span: Span): void {
    for (
      let stripe = Math.floor(span.top / HEIGHT);
      stripe <= Math.floor(span.bottom / HEIGHT);
      stripe += 1
    ) {
      const items = this.#stripes.get(stripe);
      if (items) items.push(item);
      else this.#stripes.set(stripe, [item]);
    }
  }

  /** Whether `test` holds for anything near the span; it may be asked about things outside it. */
  some(span: Span, test: (item: T) => boolean): boolean {
    for (
      let stripe = Math.floor(span.top / HEIGHT);
      stripe <= Math.floor(span.bottom / HEIGHT);
      stripe += 1
    ) {
      if (this.#stripes.get(stripe)?.some(test)) return true;
    }
    return false;
  }
}
