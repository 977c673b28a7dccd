/** One contestant: does `size` units of work each time it is called. */
export interface Contestant {
  readonly name: string;
  readonly size: number;
  readonly run: () => unknown;
}

/**
 * Units of work per second: the best of many short rounds, contestants taking turns. Short enough that some of them
 * have a core to themselves, whatever else the machine does.
 */
export function measure(
  contestants: readonly Contestant[],
  rounds = 60,
  slice = 30,
): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, size, run } of contestants) {
      const start = performance.now();
      let done = 0;
      while (performance.now() - start < slice) {
        for (let i = 0; i < 50; i += 1) run();
        done += 50 * size;
      }
      const rate = (done * 1000) / (performance.now() - start);
      best.set(name, Math.max(best.get(name) ?? 0, rate));
    }
  }
  return best;
}

/** Rates as a table, each with its ratio to the first. */
export function report(title: string, rates: ReadonlyMap<string, number>): string {
  const [first = 1] = rates.values();
  const lines = [...rates].map(([name, rate]) =>
    [name.padEnd(52), rate.toExponential(2).padStart(10), `${(rate / first).toFixed(2)}×`.padStart(10)].join(
      ' ',
    ),
  );
  return [title, ...lines].join('\n');
}
