import assert from 'node:assert/strict';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';

/** Fails unless libxml2 finds every file well-formed. */
export async function assertWellFormed(files: Readonly<Record<string, string>>): Promise<void> {
  const xml = Object.entries(files).map(([fileName, contents]) => ({ fileName, contents }));
  const { errors } = await validateXML({ xml, normalization: 'format', maxMemoryPages: 8192 });
  assert.deepEqual(
    errors.map(({ rawMessage }) => rawMessage),
    [],
  );
}

/** An element as fast-xml-parser reads it: attributes begin with `@`, children come as lists. */
export type Element = Readonly<Record<string, unknown>>;

/** Reads XML; every element is in a list. */
export function readXml(text: string): Element {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
    alwaysCreateTextNode: true,
    processEntities: { enabled: true, maxTotalExpansions: 10_000_000, maxExpandedLength: 100_000_000 },
  });
  return parser.parse(text) as Element;
}

/** The children of that name. */
export function all(element: Element | undefined, name: string): readonly Element[] {
  const found = element?.[name];
  return Array.isArray(found) ? (found as Element[]) : [];
}

/** The only child at the end of a path; fails when there is none or there are more. */
export function one(element: Element | undefined, ...path: readonly string[]): Element {
  return path.reduce<Element>((at, name) => {
    const found = all(at, name);
    assert.equal(found.length, 1, `${name} comes ${found.length} times`);
    return found[0] ?? {};
  }, element ?? {});
}

/** The text of an element, or of an attribute. */
export function textOf(element: Element | undefined, name = '#text'): string {
  const text = element?.[name];
  return typeof text === 'string' ? text : '';
}
