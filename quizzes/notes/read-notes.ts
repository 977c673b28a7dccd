// Finds, in a Markdown text, the diagrams and tables that show TCP segments one after the other.

import { type NoteSegment, readSegment } from './segment-text.ts';

/** A segment on its way in somebody's notes. */
export interface NoteMessage {
  readonly from: string;
  readonly to: string;
  readonly segment: NoteSegment;
  /** Told to be lost, or sent again, or otherwise out of the ordinary: nothing is concluded from it. */
  readonly special: boolean;
}

const SPECIAL =
  /lost|drop|loss|dup|retrans|resend|re-?sent|delay|out.of.order|keep-?alive|probe|old|forged|attack|RST|丢失|丢包|重传|重复|延迟|乱序|保活|探测|伪造|✗|×/i;

/** Each diagram or table by itself. */
export function messagesOf(markdown: string): readonly (readonly NoteMessage[])[] {
  return [...mermaidBlocks(markdown), ...tables(markdown)].filter((messages) => messages.length > 1);
}

const ARROW =
  /^([^\S\n]*)([^\s:;+-][^\n:]*?)[^\S\n]*(<<-{1,2}>>|-{1,2}(?:>>|>|x|\)))[^\S\n]*[+-]?[^\S\n]*([^\n:]+?)[^\S\n]*:([^\n]*)$/gm;

function mermaidBlocks(markdown: string): readonly NoteMessage[][] {
  const blocks: NoteMessage[][] = [];
  for (const block of markdown.matchAll(
    /^[^\S\n]*(`{3,}|~{3,}|:::)\s*mermaid[^\n]*\n([\s\S]*?)^[^\S\n]*\1/gm,
  )) {
    const body = block[2] ?? '';
    const start = (block.index ?? 0) + block[0].indexOf('\n') + 1;
    if (!/^\s*(?:%%[^\n]*\n|---[\s\S]*?---\s*)*sequenceDiagram/.test(body)) continue;
    // Branches tell of what may happen: their order is not the order of events.
    if (/^\s*(?:alt|else|opt|par|and|loop|critical|break)\b/m.test(body)) continue;
    blocks.push([...body.matchAll(ARROW)].flatMap((found) => messageOf(found, start)));
  }
  return blocks;
}

function messageOf(found: RegExpMatchArray, start: number): NoteMessage[] {
  const [whole, , from = '', arrow = '', to = '', text = ''] = found;
  const offset = start + (found.index ?? 0) + whole.length - text.length;
  const segment = readSegment(text, offset);
  if (segment === undefined) return [];
  return [
    { from, to, segment, special: arrow.endsWith('x') || arrow.startsWith('<<') || SPECIAL.test(text) },
  ];
}

interface Cell {
  readonly text: string;
  readonly from: number;
}

/** What a column is about, by its heading. */
const COLUMNS = {
  direction: /direction|方向|from\s*(?:→|->|\/)\s*to|sender|发送方|^from$|source|源/i,
  to: /^to$|receiver|接收方|destination|目的/i,
  seq: /^(?:seq\b|sequence|序号|seq(?:uence)?\s*(?:number|no))/i,
  ack: /^(?:ack(?:nowledg|\s*(?:number|no|num|$|=))|确认号|ack$)/i,
  length: /^(?:len|length|长度|bytes|payload)/i,
  flags: /flag|control|segment|message|标志|控制位|报文|消息/i,
} as const;

type Column = keyof typeof COLUMNS;

function tables(markdown: string): readonly NoteMessage[][] {
  const found: NoteMessage[][] = [];
  const pattern =
    /^[^\S\n]*\|?[^\n|]+\|[^\n]*\n[^\S\n]*\|?[^\S\n]*:?-+[-| :]*\n((?:[^\n]*\|[^\n]*(?:\n|$))+)/gm;
  for (const table of markdown.matchAll(pattern)) {
    const lines = table[0].split('\n');
    let at = table.index ?? 0;
    const rows = lines.map((line) => {
      const row = cellsOf(line, at);
      at += line.length + 1;
      return row;
    });
    const columns = (rows[0] ?? []).map(({ text }) => columnOf(text));
    if (!columns.includes('direction') || !(columns.includes('seq') || columns.includes('flags'))) continue;
    found.push(rows.slice(2).flatMap((row) => rowMessage(row, columns)));
  }
  return found;
}

function columnOf(heading: string): Column | undefined {
  const names = Object.keys(COLUMNS) as Column[];
  return names.find((name) => COLUMNS[name].test(heading.replace(/[`*_]/g, '').trim()));
}

function cellsOf(line: string, start: number): readonly Cell[] {
  const cells: Cell[] = [];
  let at = start;
  const parts = line.split('|');
  for (const part of parts) {
    cells.push({ text: part, from: at });
    at += part.length + 1;
  }
  const outer = /^\s*\|/.test(line) ? cells.slice(1) : cells;
  return /\|\s*$/.test(line) ? outer.slice(0, -1) : outer;
}

function rowMessage(row: readonly Cell[], columns: readonly (Column | undefined)[]): NoteMessage[] {
  const cell = (name: Column) => row[columns.indexOf(name)];
  const ends = endsOf(cell('direction')?.text ?? '', cell('to')?.text);
  if (ends === undefined) return [];
  const whole = row.map(({ text }) => text).join(' ');
  // A cell is read where it stands, as if its heading stood before it.
  const flags = cell('flags');
  const words = flags === undefined ? undefined : readSegment(flags.text, flags.from);
  const number = (name: 'seq' | 'ack') => {
    const one = cell(name);
    const prefix = `${name}=`;
    const text = one?.text.replace(/[`*]/g, ' ') ?? '';
    const lead = text.length - text.trimStart().length;
    const read = one && readSegment(prefix + text.trimStart(), one.from + lead - prefix.length);
    return read?.[name] ?? words?.[name];
  };
  const [seq, ack] = [number('seq'), number('ack')];
  const said = /\d+/.exec(cell('length')?.text ?? '')?.[0];
  const set = words?.flags;
  if (set === undefined || set === 0) return [];
  const length = said === undefined ? words?.length : Number(said);
  return [{ ...ends, segment: { flags: set, seq, ack, length }, special: SPECIAL.test(whole) }];
}

function endsOf(
  direction: string,
  to: string | undefined,
): { readonly from: string; readonly to: string } | undefined {
  const plain = direction.replace(/[`*_]/g, '').trim();
  const both = /^(.+?)\s*(→|->|-->|=>|⟶|➜|←|<-|⟵)\s*(.+)$/.exec(plain);
  if (both !== null) {
    const [, left = '', arrow = '', right = ''] = both;
    return /^[←<⟵]/.test(arrow) ? { from: right, to: left } : { from: left, to: right };
  }
  if (plain === '') return undefined;
  return { from: plain, to: to?.trim() ?? '' };
}
