// Where the fields of a segment stand in a script's line, and what the core would have written there.

import type { Field } from './compare.ts';

/** A part of a line, as offsets in it; `to` excluded. */
interface Written {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Each field by what is written of it; the part between the brackets is compared and replaced. */
const PLACES = {
  flags: /^()(-|[A-Z0-9.]+)(?=\s)/d,
  seq: /^(\S+\s+)(\d+(?::\d+)?\s*\(\s*\d+\s*\))/d,
  length: /^(\S+\s+)(\d+(?::\d+)?\s*\(\s*\d+\s*\))/d,
  ack: /(\back\s+)(\d+)/d,
  window: /(\bwin\s+)(\d+)/d,
  urgent: /(\burg\s+)(\d+)/d,
  mss: /(\bmss\s+)(\d+)/d,
  wscale: /(\bwscale\s+)(\d+)/d,
  sackOK: /()(\bsackOK)\b/d,
  'TS ecr': /(\becr\s+)(\d+)/d,
  sack: /(\bsack\s+)(\d+\s*:\s*\d+(?:\s+\d+\s*:\s*\d+)*)/d,
} as const satisfies Record<Field, RegExp>;

/** Comments within a line, which may hold numbers of their own. */
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/**
 * Where a field stands in the line of an expected segment; undefined where it is not written.
 *
 * @param line - from its time on, as the script has it
 */
export function writtenField(line: string, field: Field): Written | undefined {
  const plain = line.replace(COMMENT, (comment) => ' '.repeat(comment.length));
  const start = />\s*/.exec(plain);
  const offset = start === null ? 0 : start.index + start[0].length;
  const found = PLACES[field].exec(plain.slice(offset));
  const place = found?.indices?.[2];
  if (place === undefined) return undefined;
  return { from: offset + place[0], to: offset + place[1], text: found?.[2] ?? '' };
}

/**
 * What has to stand for a field so that it is as the core sends it; undefined where another number or word would not do.
 *
 * @param sent - the segment as printPacket() writes it
 */
export function mendedField(line: string, sent: string, field: Field): Written | undefined {
  const [written, right] = [writtenField(line, field), writtenField(`> ${sent}`, field)];
  if (written === undefined || right === undefined) return undefined;
  // With ACK comes or goes the acknowledgment number, too: that is another segment.
  const hasAck = (letters: string) => letters.includes('.');
  if (field === 'flags' && hasAck(written.text) !== hasAck(right.text)) return undefined;
  return { ...written, text: right.text };
}
