import type { PlannedAction } from '../engine/pack.ts';
import { readCall } from './call-phrases.ts';
import type { PackDocument, Path } from './document.ts';
import { readPhrase } from './phrase-place.ts';
import { readDuration, readNetwork } from './phrases.ts';
import type { LineShape } from './schema.ts';

/** Reads the lines of a script; a line with an error is reported and left out. */
export function compileScript(
  document: PackDocument,
  path: Path,
  lines: readonly LineShape[],
): PlannedAction[] {
  return lines.flatMap((line, place) => compileLine(document, [...path, place], line));
}

const SETTLED = { kind: 'settled' } as const;
const TOGETHER = { kind: 'with-previous' } as const;

function compileLine(document: PackDocument, path: Path, line: LineShape): PlannedAction[] {
  const only = onlyKey(document, path, line, ['A', 'B', 'network', 'wait', 'together']);
  if (only === undefined) return [];
  const when = whenOf(document, path, line);
  if (only === 'wait') {
    const time = readPhrase(document, [...path, 'wait'], line.wait ?? '', readDuration);
    return time === undefined ? [] : [{ when, what: { kind: 'wait', time } }];
  }
  if (only !== 'together') return compileAction(document, path, line, when);
  return (line.together ?? []).flatMap((one, place) =>
    compileAction(document, [...path, 'together', place], one, place === 0 ? when : TOGETHER),
  );
}

/** The one key that says what happens; two, or none, is a mistake. */
function onlyKey<K extends keyof LineShape>(
  document: PackDocument,
  path: Path,
  line: LineShape,
  keys: readonly K[],
): K | undefined {
  const said = keys.filter((key) => line[key] !== undefined);
  if (said.length === 1) return said[0];
  document.report('bad-value', document.span(path), path, {
    found:
      said.length === 0
        ? { en: 'a line in which nothing happens', 'zh-CN': '什么也没有发生的一行' }
        : { en: `a line with ${said.join(' and ')}`, 'zh-CN': `同时写了 ${said.join('、')} 的一行` },
    expected: {
      en: 'one thing a line, such as "A: send 300", "network: cut", "wait: 2 h" or "together: [{ A: close }, { B: close }]"',
      'zh-CN':
        '每行一件事，例如 "A: send 300"、"network: cut"、"wait: 2 h" 或 "together: [{ A: close }, { B: close }]"',
    },
  });
  return undefined;
}

function whenOf(document: PackDocument, path: Path, line: LineShape): PlannedAction['when'] {
  if (line.after === undefined) return SETTLED;
  const wait = readPhrase(document, [...path, 'after'], line.after, readDuration);
  return wait === undefined ? SETTLED : { kind: 'after', wait };
}

function compileAction(
  document: PackDocument,
  path: Path,
  line: Pick<LineShape, 'A' | 'B' | 'network'>,
  when: PlannedAction['when'],
): PlannedAction[] {
  const only = onlyKey(document, path, line, ['A', 'B', 'network']);
  if (only === undefined) return [];
  if (only === 'network') {
    const what = readPhrase(document, [...path, 'network'], line.network ?? '', readNetwork);
    return what === undefined ? [] : [{ when, what }];
  }
  const what = readPhrase(document, [...path, only], line[only] ?? '', (text) => readCall(text, only));
  return what === undefined ? [] : [{ when, what }];
}
