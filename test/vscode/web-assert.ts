/** The few functions of node:assert/strict that tests use, for the web worker extension host. */

class AssertionError extends Error {}

export function fail(message: string | undefined, otherwise = 'failed'): never {
  throw new AssertionError(message ?? otherwise);
}

/** JSON with the keys of objects in order, so that equal values read equal. */
function show(value: unknown): string {
  const inOrder = (_key: string, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  return JSON.stringify(value, inOrder) ?? String(value);
}

export function ok(value: unknown, message?: string): asserts value {
  if (!value) fail(message, `expected something truthy, got ${show(value)}`);
}

export function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) fail(message, `expected ${show(expected)}, got ${show(actual)}`);
}

export function notEqual(actual: unknown, expected: unknown, message?: string): void {
  if (Object.is(actual, expected)) fail(message, `expected anything but ${show(expected)}`);
}

/** Compares as JSON does: enough for what crosses an extension's API. */
export function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (show(actual) !== show(expected)) fail(message, `expected ${show(expected)}, got ${show(actual)}`);
}

export function match(actual: string, pattern: RegExp, message?: string): void {
  if (!pattern.test(actual)) fail(message, `expected ${show(actual)} to match ${pattern}`);
}

export async function rejects(
  promise: Promise<unknown> | (() => Promise<unknown>),
  message?: string,
): Promise<void> {
  const outcome = await (typeof promise === 'function' ? promise() : promise).then(
    () => 'resolved',
    () => 'rejected',
  );
  if (outcome === 'resolved') fail(message, 'expected a rejection');
}
