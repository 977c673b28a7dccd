/** Keys that begin an item with more keys below: a question, or a section. */
const BEGINS_ITEM = /^( *)- +(?:id|title|intro|scenario|when|ask|prompt)\s*:\s+\S/;

/**
 * How many blanks a fresh line needs so that what is typed on it belongs to the question begun on the line before:
 * VS Code leaves it below the dash, where no key can stand.
 */
export function blanksToAdd(before: string, fresh: string): number {
  const dash = BEGINS_ITEM.exec(before);
  if (dash === null || fresh.trim() !== '') return 0;
  const indent = dash[1]?.length ?? 0;
  // A text that goes on, or brackets that are still open, are indented otherwise.
  if (/[|>[{,][+-]?\s*$/.test(before)) return 0;
  const keys = before.search(/(?<=^ *- +)\S/);
  return fresh.length === indent ? keys - indent : 0;
}
