declare const unit: unique symbol;

/** Milliseconds of simulated time since the run began. Never wall-clock time. */
export type Ms = number & { readonly [unit]: 'ms' };

/** Brands a number of milliseconds. */
export function ms(value: number): Ms {
  return value as Ms;
}

/** Brands a number of seconds as milliseconds. */
export function seconds(value: number): Ms {
  return (value * 1000) as Ms;
}
