import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

type Texts = Readonly<Record<string, string>>;

const ROOT = path.resolve(import.meta.dirname, '../..');
const EXTENSION = path.join(ROOT, 'extension');

function json(file: string): Texts {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Texts;
}

function placeholders(text: string): readonly string[] {
  return (text.match(/\{\d+\}/g) ?? []).sort();
}

function links(text: string): readonly string[] {
  return text.match(/\]\([^)]*\)/g) ?? [];
}

/** First arguments of all calls of `l10n.t` in extension/; undefined for one that is not a plain literal. */
function translatedSentences(): readonly { readonly file: string; readonly text: string | undefined }[] {
  const found: { file: string; text: string | undefined }[] = [];
  for (const name of readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const file = path.join(EXTENSION, name);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText())) {
        const first = node.arguments[0];
        found.push({ file: name, text: first && ts.isStringLiteralLike(first) ? first.text : undefined });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

describe('texts of package.json', () => {
  const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
  const english = json('package.nls.json');
  const chinese = json('package.nls.zh-cn.json');

  it('are all there, none unused, in both languages', () => {
    const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(english).sort());
    assert.deepEqual(Object.keys(chinese), Object.keys(english));
  });

  it('lead to the same commands in both languages', () => {
    for (const [key, text] of Object.entries(english))
      assert.deepEqual(links(chinese[key] ?? ''), links(text), key);
  });
});

describe('sentences of extension/', () => {
  const sentences = translatedSentences();
  const bundle = json('l10n/bundle.l10n.zh-cn.json');

  it('are plain literals', () => {
    assert.deepEqual(
      sentences.filter(({ text }) => text === undefined).map(({ file }) => file),
      [],
    );
    assert.ok(sentences.length > 0);
  });

  it('all have a Chinese twin, and no twin is left over', () => {
    const used = new Set(sentences.map(({ text }) => text));
    assert.deepEqual([...used].sort(), Object.keys(bundle).sort());
  });

  it('keep their placeholders in Chinese', () => {
    for (const [english, chinese] of Object.entries(bundle)) {
      assert.deepEqual(placeholders(chinese), placeholders(english), english);
    }
  });
});

describe('Chinese texts', () => {
  const HAN = String.raw`[\u3400-\u9fff]`;
  const HALF_WIDTH = new RegExp(`${HAN}[,:;?!]|[,:;?!]${HAN}`, 'g');
  const ROOMS = ['core', 'quizzes', 'extension', 'webview', 'l10n'];
  const files = [
    'package.nls.zh-cn.json',
    ...ROOMS.flatMap((room) =>
      readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:tsx?|yaml|json)$/.test(name))
        .map((name) => path.join(room, name)),
    ),
  ];

  it('have full-width punctuation beside Chinese characters', () => {
    assert.ok(files.length > 100);
    const found = files.flatMap((file) =>
      readFileSync(path.join(ROOT, file), 'utf8')
        .replaceAll(/«\d:/g, '«') // a place in a snippet: «1:text»
        .split('\n')
        .flatMap((line, place) =>
          [...line.matchAll(HALF_WIDTH)].map(([text]) => `${file}:${place + 1} ${text}`),
        ),
    );
    assert.deepEqual(found, []);
  });
});
