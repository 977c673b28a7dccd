import { signal } from '@preact/signals';

const dictionary = signal<Readonly<Record<string, string>>>({});

/** Takes over the sentences that arrived with a message: English sentence → sentence in the learner's language. */
export function setStrings(strings: Readonly<Record<string, string>>): void {
  dictionary.value = strings;
}

/**
 * A sentence of the interface in the learner's language.
 *
 * @param sentence - the English sentence, a literal, with places `{0}`, `{1}` … for the values
 */
export function t(sentence: string, ...values: readonly (string | number)[]): string {
  const pattern = dictionary.value[sentence] ?? sentence;
  return pattern.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
