import { signal } from '@preact/signals';

/** 83,200 rather than 83200, in both languages; 1000 stays 1000. */
const COUNT = new Intl.NumberFormat('en', { useGrouping: 'min2', maximumFractionDigits: 20 });

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
  return pattern.replace(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)] ?? place;
    return typeof value === 'number' ? COUNT.format(value) : value;
  });
}
