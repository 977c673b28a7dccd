import { stringify } from 'yaml';

/**
 * A pack's data as YAML, always the same for the same data: what it is read back to is what was printed.
 *
 * @param value - plain data, as a pack file holds it
 */
export function printPack(value: unknown): string {
  return stringify(value, {
    aliasDuplicateObjects: false,
    lineWidth: 0,
    // Only block style: in `{ en: One, two }` a comma would end the text.
    collectionStyle: 'block',
    // Texts that look like something else in an older YAML stay texts for every reader.
    version: '1.2',
    defaultStringType: 'PLAIN',
    defaultKeyType: 'PLAIN',
  });
}
