// `S. 0:0(0) ack 1 win 65535 urg 0 <mss 1460,sackOK,TS val 1 ecr 2,nop,wscale 7>`

import { ACK, FIN, type Flags, flags, PSH, RST, type SegmentOptions, SYN, URG } from '../../tcp/segment.ts';
import { type Seq, seq } from '../../tcp/seq.ts';
import type { Scanner } from './scanner.ts';
import type { PacketSpec } from './script.ts';

/** ECN's E, W and A have no part in a connection's life: read, and left out. */
const LETTERS: Readonly<Record<string, Flags>> = {
  F: FIN,
  S: SYN,
  R: RST,
  P: PSH,
  '.': ACK,
  U: URG,
  E: flags(),
  W: flags(),
  A: flags(),
};

const SAYS = {
  flags: {
    en: 'Control bits are expected here: letters of S F R P . U E W, or "-" for none.',
    'zh-CN': '此处应为标志位：由 S F R P . U E W 组成，没有标志位写“-”。',
  },
  numbers: {
    en: 'Sequence numbers are expected here: first:last(length), for example 1:1001(1000).',
    'zh-CN': '此处应为序号，写作 first:last(length)，例如 1:1001(1000)。',
  },
  length: {
    en: 'The length in brackets is not the distance between the two sequence numbers.',
    'zh-CN': '括号里的长度与两个序号之差不符。',
  },
  number: { en: 'A number is expected here.', 'zh-CN': '此处应为数字。' },
  option: {
    en: 'This TCP option is not known. Known are mss, wscale, sackOK, sack, TS val … ecr …, nop, eol, FO, FOEXP, md5, exp.',
    'zh-CN':
      '未知的 TCP 选项。已知的有 mss、wscale、sackOK、sack、TS val … ecr …、nop、eol、FO、FOEXP、md5、exp。',
  },
  close: {
    en: 'The list of options ends with ">"; options are separated by commas.',
    'zh-CN': '选项列表以“>”结束，选项之间用逗号分隔。',
  },
} as const;

const NUMBER = /\d+/y;

function numberAt(s: Scanner): number {
  return Number(s.need(NUMBER, SAYS.number)[0]);
}

/** A segment after its direction. */
export function parsePacket(s: Scanner): PacketSpec {
  const set = flagsAt(s);
  s.skipBlanks();
  const begin = s.at;
  const numbers = s.need(/(\d+)(?::(\d+))?\s*\(\s*(\d+)\s*\)/y, SAYS.numbers);
  const [first, last, length] = [Number(numbers[1]), Number(numbers[2] ?? numbers[1]), Number(numbers[3])];
  if (numbers[2] !== undefined && (last - first) >>> 0 !== length) s.fail(SAYS.length, begin);
  const ack = s.take(/ack\b/y) && numberAt(s);
  const window = s.take(/win\b/y) && numberAt(s);
  const urgent = s.take(/urg\b/y) && numberAt(s);
  return { flags: set, seq: first, length, ack, window, urgent, options: optionsAt(s) };
}

function flagsAt(s: Scanner): Flags {
  s.skipBlanks();
  const begin = s.at;
  const word = s.need(/-(?=\s)|[A-Z0-9.]+(?=\s)/y, SAYS.flags)[0];
  if (word === '-') return flags();
  // Digits are the ACE field of Accurate ECN.
  const letters = [...word.replace(/\d/g, '')];
  if (letters.some((letter) => LETTERS[letter] === undefined)) s.fail(SAYS.flags, begin);
  return flags(...letters.map((letter) => LETTERS[letter] ?? flags()));
}

/** Undefined where any options will do. */
function optionsAt(s: Scanner): SegmentOptions | undefined {
  // The next line may begin with a direction only behind a time, so "<" here opens the options.
  if (s.take(/</y) === undefined) return undefined;
  if (s.take(/\.\.\.\s*>/y) !== undefined) return undefined;
  let options: SegmentOptions = {};
  if (s.take(/>/y) !== undefined) return options;
  for (;;) {
    options = { ...options, ...optionAt(s) };
    if (s.take(/,/y) !== undefined) continue;
    s.need(/>/y, SAYS.close);
    return options;
  }
}

function optionAt(s: Scanner): SegmentOptions {
  const known = OPTIONS.find(([pattern]) => s.take(pattern) !== undefined);
  return known === undefined ? s.fail(SAYS.option) : known[1](s);
}

const OPTIONS: readonly (readonly [RegExp, (s: Scanner) => SegmentOptions])[] = [
  [/nop\b/y, () => ({})],
  [/(?:eol|EOL)\b/y, () => ({})],
  [/mss\b/y, (s) => ({ mss: numberAt(s) })],
  [/wscale\b/y, (s) => ({ windowScale: numberAt(s) })],
  [/sackOK\b/y, () => ({ sackPermitted: true })],
  [/sack\b/y, (s) => ({ sack: blocksAt(s) })],
  [
    /TS\s+val\b/y,
    (s) => {
      const value = numberAt(s);
      s.need(/ecr\b/y, SAYS.number);
      return { timestamps: { value, echo: numberAt(s) } };
    },
  ],
  // Fast Open cookies, MD5 and experiments: read over. Bytes stand as hexadecimal digits, or as a name.
  [/(?:FOEXP|FO|md5|exp-[\w-]+|exp|mp_\w+|mpcapable|add_address)\b/y, (s) => skipWords(s)],
];

function skipWords(s: Scanner): SegmentOptions {
  s.take(/[^,>]*/y);
  return {};
}

function blocksAt(s: Scanner): (readonly [Seq, Seq])[] {
  const blocks: (readonly [Seq, Seq])[] = [];
  for (;;) {
    const block = s.take(/(\d+)\s*:\s*(\d+)/y);
    if (block === undefined) return blocks.length > 0 ? blocks : s.fail(SAYS.number);
    blocks.push([seq(Number(block[1])), seq(Number(block[2]))]);
  }
}
