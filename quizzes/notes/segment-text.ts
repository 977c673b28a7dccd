// A segment as people write it in notes: `SYN, ACK seq=y ack=x+1`, `[FIN ACK] Seq: 100 Ack: 301 Len=20`.

import { ACK, FIN, type Flags, flags, PSH, RST, SYN } from '../../core/tcp/segment.ts';

/** A number of some sequence space: a name and what is added to it; the name is empty for plain numbers. */
export interface NoteNumber {
  readonly symbol: string;
  readonly plus: number;
  /** Where it is written; `to` excluded. */
  readonly from: number;
  readonly to: number;
}

export interface NoteSegment {
  readonly flags: Flags;
  readonly seq: NoteNumber | undefined;
  readonly ack: NoteNumber | undefined;
  /** Undefined when it is not said and may be anything. */
  readonly length: number | undefined;
}

const NUMBER = String.raw`(\d[\d,_]*|[A-Za-z_][\w']*)(?:\s*\+\s*(\d+))?`;
const after = (names: string) =>
  new RegExp(
    String.raw`(?<![\w-])(?:${names})(?:\s*(?:num(?:ber)?|no\.?|号))?\s*(?:[=:：＝]\s*|\s(?=\d))${NUMBER}`,
    'di',
  );
const SEQ = after('seq|sequence|序号');
const ACKNOWLEDGES = after('ack|acknowledg(?:e)?ment|确认号');
const LENGTH = /(?<![\w-])(?:len|length|长度)\s*[=:：]?\s*(\d+)|(\d+)\s*(?:bytes?|octets?|字节)/i;
/** Chinese textbooks write control bits as `SYN=1, ACK=1`. */
const BITS = /\b(SYN|ACK|FIN|RST|PSH)\s*=\s*([01])\b/g;
const WORDS = /(?<![A-Za-z])(SYN|ACK|FIN|RST|PSH)(?![A-Za-z])(?!\s*[=:：]\s*[\w])/g;
const FLAGS = { SYN, ACK, FIN, RST, PSH } as const;

/**
 * Reads a segment off a text; undefined when it names no control bit and no number.
 *
 * @param offset - where the text begins in its document
 */
export function readSegment(text: string, offset: number): NoteSegment | undefined {
  const asBits = [...text.matchAll(BITS)];
  // `ACK=1` is a control bit beside others written so, and a number alone.
  const bits = asBits.some(([, name]) => name !== 'ACK') ? asBits : [];
  const rest = bits.reduce((left, [whole]) => left.replace(whole, ' '.repeat(whole.length)), text);
  const numbered = ACKNOWLEDGES.exec(rest);
  const set = flags(
    ...bits.flatMap(([, name, on]) => (on === '1' ? [bitOf(name)] : [])),
    ...[...rest.matchAll(WORDS)].map(([, name]) => bitOf(name)),
    ...(numbered === null ? [] : [ACK]),
  );
  const seq = numberOf(SEQ.exec(rest), offset);
  const ack = numberOf(numbered, offset);
  if (set === 0 && seq === undefined && ack === undefined) return undefined;
  return { flags: set, seq, ack, length: lengthOf(text, set) };
}

function bitOf(name = ''): Flags {
  return FLAGS[name as keyof typeof FLAGS];
}

function numberOf(found: RegExpExecArray | null, offset: number): NoteNumber | undefined {
  const place = found?.indices?.[1];
  const [word, plus] = [found?.[1], found?.[2]];
  if (word === undefined || place === undefined) return undefined;
  const end = found?.indices?.[2]?.[1] ?? place[1];
  const at = { from: offset + place[0], to: offset + end };
  if (/^\d/.test(word)) {
    const value = Number(word.replace(/[,_]$/, '').replace(/[,_]/g, ''));
    const trimmed = /[,_]$/.test(word) && plus === undefined ? at.to - 1 : at.to;
    return { symbol: '', plus: value + Number(plus ?? 0), from: at.from, to: trimmed };
  }
  return { symbol: word, plus: Number(plus ?? 0), ...at };
}

function lengthOf(text: string, set: Flags): number | undefined {
  const said = LENGTH.exec(text);
  if (said !== null) return Number(said[1] ?? said[2]);
  if (set & PSH || /data|数据|payload|GET|POST|HTTP|hello/i.test(text)) return undefined;
  return 0;
}
