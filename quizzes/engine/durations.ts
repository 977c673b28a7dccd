import { type Ms, ms } from '../../core/tcp/time.ts';
import type { Language } from '../../core/text.ts';

/** Milliseconds in each unit, as learners write them; longer words first. */
const UNITS = [
  ['milliseconds', 1],
  ['毫秒', 1],
  ['ms', 1],
  ['minutes', 60_000],
  ['minute', 60_000],
  ['分钟', 60_000],
  ['mins', 60_000],
  ['min', 60_000],
  ['分', 60_000],
  ['m', 60_000],
  ['hours', 3_600_000],
  ['hour', 3_600_000],
  ['小时', 3_600_000],
  ['h', 3_600_000],
  ['seconds', 1000],
  ['second', 1000],
  ['secs', 1000],
  ['sec', 1000],
  ['秒', 1000],
  ['s', 1000],
] as const;

/** Reads `60 s`, `1 min`, `500 ms`, `2 h 5 min`, `60 秒`; a plain number is seconds. */
export function parseDuration(text: string): Ms | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (/^[0-9]{1,9}(?:\.[0-9]{1,3})?$/.test(plain)) return ms(Math.round(Number(plain) * 1000));
  let rest = plain;
  let total = 0;
  while (rest !== '') {
    const digits = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)\s*/.exec(rest);
    if (digits?.[1] === undefined) return undefined;
    rest = rest.slice(digits[0].length);
    const unit = UNITS.find(([word]) => rest.startsWith(word));
    if (unit === undefined) return undefined;
    rest = rest.slice(unit[0].length).replace(/^[\s,]+/, '');
    total += Number(digits[1]) * unit[1];
  }
  return plain === '' ? undefined : ms(Math.round(total));
}

const NAMES = {
  en: { h: ' h', min: ' min', s: ' s', ms: ' ms' },
  'zh-CN': { h: ' 小时', min: ' 分', s: ' 秒', ms: ' 毫秒' },
} as const satisfies Record<Language, Record<string, string>>;

/** Milliseconds as `25 ms`, `1.5 s`, `60 s`, `3 min 20 s`, `2 h`. */
export function formatDuration(time: number, language: Language): string {
  const names = NAMES[language];
  if (time < 1000) return `${Math.round(time * 1000) / 1000}${names.ms}`;
  if (time < 120_000) return `${Number((time / 1000).toFixed(3))}${names.s}`;
  const hours = Math.floor(time / 3_600_000);
  const minutes = Math.floor((time % 3_600_000) / 60_000);
  const left = Number(((time % 60_000) / 1000).toFixed(3));
  return [
    hours > 0 ? `${hours}${names.h}` : '',
    minutes > 0 ? `${minutes}${names.min}` : '',
    left > 0 ? `${left}${names.s}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
