/** Whether a name leads to a file beside the pack or below it: nothing a pack says may be read from elsewhere. */
export function isBeside(name: string): boolean {
  return !name.split(/[\\/]/).includes('..') && !/^[\\/]|^[a-z][a-z0-9+.-]*:/i.test(name);
}
