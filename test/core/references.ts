// What a table of docs/ names as proof: a scene, a figure, a rule, or a text in a file.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { RULES } from '../../core/tcp/rules.ts';
import { FIGURES } from './timeline/figures.ts';
import { RULE_SCENES } from './timeline/rule-scenes.ts';
import { SCENES } from './timeline/scenes.ts';

export const ROOT = new URL('../../', import.meta.url);

/** A line of core/ says what was written, not what was seen: it is no reference. */
const SHAPE = /^(?:scene |Figure |rule |(?:test|docs)\/\S+: )/;

function exists(reference: string): boolean {
  const [, kind, name = ''] = /^(scene|Figure|rule) (.+)$/.exec(reference) ?? [];
  if (kind === 'scene') return name in SCENES || name in RULE_SCENES;
  if (kind === 'Figure') return name in FIGURES;
  if (kind === 'rule') return name in RULES;
  const [path = '', text = ''] = reference.split(/: (.*)/s);
  const file = new URL(path, ROOT);
  return existsSync(file) && readFileSync(file, 'utf8').includes(text);
}

/** Checks a cell of such a table: that everything in it exists. Returns what it names. */
export function assertReferences(cell: string): readonly string[] {
  const references = [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) =>
    SHAPE.test(text) ? [text] : [],
  );
  for (const reference of references) assert.ok(exists(reference), reference);
  return references;
}
