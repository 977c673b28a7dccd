import * as v from 'valibot';
import type { Bilingual, Language } from '../../core/text.ts';
import type { PackDocument, Path } from './document.ts';
import { either, listOf } from './messages.ts';

/**
 * Checks part of a document against its schema and reports everything that does not fit.
 *
 * @returns the part in its shape, or undefined when anything does not fit
 */
export function readShape<S extends v.GenericSchema>(
  document: PackDocument,
  path: Path,
  value: unknown,
  schema: S,
): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  for (const issue of parsed.issues) reportMismatch(document, path, issue, schema);
  return undefined;
}

function reportMismatch(
  document: PackDocument,
  base: Path,
  issue: v.BaseIssue<unknown>,
  schema: v.GenericSchema,
): void {
  // A union tells only that nothing fitted; when one alternative got further than the type, it knows better.
  const inner = closest(issue);
  if (inner !== undefined) {
    const within = [...base, ...keysOf(issue)];
    const part = keysOf(issue).reduce<v.GenericSchema | undefined>(child, schema) ?? schema;
    for (const deeper of inner) reportMismatch(document, within, deeper, part);
    return;
  }
  const path = [...base, ...keysOf(issue)];
  const key = issue.path?.at(-1);
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = knownKeys(schema, issue);
    const expected = listOf(known, String(key?.key ?? ''));
    if (known.includes('ask') && /^(?:answers?|expected|correct|solution)$/.test(String(key?.key))) {
      document.report('answers-are-computed', document.span(path, 'key'), path, { name: String(key?.key) });
      return;
    }
    document.report('unknown-key', document.span(path, 'key'), path, { name: String(key?.key), expected });
  } else if (issue.type === 'strict_object' && key !== undefined && issue.input === undefined) {
    document.report('missing-key', document.span(path.slice(0, -1)), path, { name: String(key.key) });
  } else {
    document.report('bad-value', document.span(path), path, {
      found: KINDS[issue.received] ?? shorten(issue.received),
      expected: slip(issue) ?? expectation(issue),
    });
  }
}

/** The issues of the alternative of a union that came closest, if any came close. */
function closest(issue: v.BaseIssue<unknown>): readonly v.BaseIssue<unknown>[] | undefined {
  if (issue.type !== 'union' || issue.issues === undefined) return undefined;
  const deep = issue.issues.filter((inner) => inner.path !== undefined && inner.path.length > 0);
  if (deep.length > 0) return deep.slice(0, 1);
  const typed = issue.issues.filter((inner) => inner.kind === 'validation');
  return typed.length > 0 ? typed.slice(0, 1) : undefined;
}

function keysOf(issue: v.BaseIssue<unknown>): (string | number)[] {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

/** Keys that would be known where an unknown one was found. */
function knownKeys(schema: v.GenericSchema, issue: v.BaseIssue<unknown>): string[] {
  return Object.keys(
    entriesOf(keysOf(issue).slice(0, -1).reduce<v.GenericSchema | undefined>(child, schema)),
  );
}

/** The schema of a key or list place. */
function child(schema: v.GenericSchema | undefined, key: string | number): v.GenericSchema | undefined {
  if (schema === undefined) return undefined;
  const entries = entriesOf(schema);
  const found = entries[String(key)] ?? itemOf(schema);
  return found === undefined ? undefined : unwrap(found);
}

type Inner = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly v.GenericSchema[];
  readonly pipe?: readonly v.GenericSchema[];
};

function unwrap(schema: v.GenericSchema): v.GenericSchema {
  const { wrapped, pipe, options } = schema as Inner;
  if (wrapped !== undefined) return unwrap(wrapped);
  const piped = pipe?.[0];
  if (piped !== undefined && piped !== schema) return unwrap(piped);
  return options?.find((option) => 'entries' in option || 'item' in option) ?? schema;
}

function entriesOf(schema: v.GenericSchema | undefined): Readonly<Record<string, v.GenericSchema>> {
  return (schema === undefined ? undefined : (unwrap(schema) as Inner).entries) ?? {};
}

function itemOf(schema: v.GenericSchema): v.GenericSchema | undefined {
  const { item, value } = unwrap(schema) as Inner;
  return item ?? value;
}

const TIME_KEY =
  /^(?:wait|after|delay|msl|time-limit|delayed-ack|(?:initial|min|max)-rto|.*-(?:idle|interval|timeout))$/;

/** What to write instead where it is plain what was meant. */
function slip({ input, expected, path }: v.BaseIssue<unknown>): Bilingual | undefined {
  const key = String(path?.at(-1)?.key ?? '');
  if (typeof input === 'number' && expected === 'string' && TIME_KEY.test(key)) {
    return {
      en: `a time with its unit, such as "${input} min" or "${input} s"`,
      'zh-CN': `带单位的时间，例如 "${input} min" 或 "${input} s"`,
    };
  }
  if (typeof input !== 'string') return undefined;
  const percent = /^(\d+) *%$/.exec(input)?.[1];
  if (expected === 'number' && percent !== undefined) {
    return { en: `${percent}, without %`, 'zh-CN': `${percent}，不带 %` };
  }
  const joined = /^([A-Za-z-]+):(\S.*)$/.exec(input);
  if (expected !== 'Object' || joined === null) return undefined;
  const spaced = `"${joined[1]}: ${joined[2]}"`;
  return { en: `a space after the colon: ${spaced}`, 'zh-CN': `冒号后加空格：${spaced}` };
}

function expectation(issue: v.BaseIssue<unknown>): Bilingual {
  if (issue.type === 'regex') {
    return issue.requirement instanceof RegExp && issue.requirement.source.startsWith('^[a-z0-9]')
      ? {
          en: 'small letters, digits and single hyphens, such as "ack-of-fin"',
          'zh-CN': '小写字母、数字和单个连字符，例如 "ack-of-fin"',
        }
      : { en: 'a short name', 'zh-CN': '简短的名称' };
  }
  const { requirement, expected } = issue;
  if (issue.type === 'max_length')
    return { en: `at most ${requirement} of them`, 'zh-CN': `至多 ${requirement} 个` };
  if (issue.type === 'min_length')
    return { en: `at least ${requirement}`, 'zh-CN': `至少 ${requirement} 个` };
  if (issue.type === 'max_value' || issue.type === 'min_value') {
    return { en: `a number ${expected}`, 'zh-CN': `${expected} 的数` };
  }
  const kinds = expected ?? 'unknown';
  return { en: kindsIn(kinds, 'en'), 'zh-CN': kindsIn(kinds, 'zh-CN') };
}

/** Names of kinds, as the schema library writes them. */
const KINDS: Readonly<Record<string, Bilingual>> = {
  Object: { en: 'a map', 'zh-CN': '映射' },
  Array: { en: 'a list', 'zh-CN': '列表' },
  string: { en: 'text', 'zh-CN': '文字' },
  number: { en: 'number', 'zh-CN': '数' },
  boolean: { en: 'true or false', 'zh-CN': 'true 或 false' },
  unknown: { en: 'anything', 'zh-CN': '任意内容' },
};

/** `(Object | "all")` in words; what stands in quotes is to be written as it is. */
function kindsIn(expected: string, language: Language): string {
  const kinds = expected.replace(/[()]/g, '').split(' | ');
  return either(
    kinds.map((kind) => kind.replace(/(?<!["\w-])\w+(?!["\w-])/g, (name) => KINDS[name]?.[language] ?? name)),
    language,
  );
}

/** What was found, at a length that fits a sentence. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
