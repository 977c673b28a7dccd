import { type ParseArgsConfig, parseArgs } from 'node:util';
import { fail, ok, type Result } from '../core/result.ts';
import { LANGUAGES, type Language } from '../core/text.ts';
import { misused, type Outcome } from './outcome.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command line taken apart. */
export interface Parsed {
  readonly files: readonly string[];
  readonly language: Language;
  /** The last value of a text option. */
  text(name: string): string | undefined;
  /** Every value of a text option that may be repeated. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
}

/** Takes a command line apart by node:util; a mistake in it is an outcome that says so. */
export function takeApart(argv: readonly string[], options: Options): Result<Parsed, Outcome> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...options, language: { type: 'string' } },
    });
    const given = values as Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
    const text = (name: string) => {
      const value = given[name];
      return typeof value === 'string' ? value : undefined;
    };
    const language = languageOf(text('language'));
    if (language === undefined) return fail(misused(`--language is en or zh-CN, not "${text('language')}".`));
    return ok({
      files: positionals,
      language,
      text,
      texts: (name) => {
        const value = given[name];
        return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
      },
      flag: (name) => given[name] === true,
    });
  } catch (error) {
    return fail(misused(mistakeIn(error)));
  }
}

/** What node:util found wrong, in one sentence; its own are long and about its programmer's options. */
function mistakeIn(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const option = /'(--?[^' ]+)/.exec(message)?.[1];
  if (option === undefined) return message;
  if (message.startsWith('Unknown option')) return `there is no option ${option} here.`;
  return message.includes('does not take an argument')
    ? `${option} takes no value.`
    : `${option} needs a value: ${option}=VALUE.`;
}

/** An outcome for the first of some options that were given where they mean nothing; undefined when none was. */
export function meaningless(
  { text, texts }: Parsed,
  names: readonly string[],
  where: string,
): Outcome | undefined {
  const given = names.find((name) => text(name) !== undefined || texts(name).length > 0);
  return given === undefined ? undefined : misused(`--${given} means nothing for ${where}; leave it out.`);
}

function languageOf(text: string | undefined): Language | undefined {
  return text === undefined ? 'en' : LANGUAGES.find((known) => known === text);
}

/** A whole number from `from` to `to`; an outcome that says so otherwise. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  { or, from, to }: { readonly or: number; readonly from: number; readonly to: number },
): Result<number, Outcome> {
  if (text === undefined) return ok(or);
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to
    ? ok(value)
    : fail(misused(`--${name} is a whole number from ${from} to ${to}, not "${text}".`));
}
