// What tcpdump printed, as packets again: pasted from a terminal, a mail or a ticket.

import { ACK, type Flags, type Segment, type SegmentOptions, SYN } from '../tcp/segment.ts';
import { add, distance, type Seq, seq } from '../tcp/seq.ts';
import { ms } from '../tcp/time.ts';
import type { Packet } from './capture.ts';
import { parseFlags } from './notation.ts';
import { clockOf, type Moment, momentsToMs } from './tcpdump-time.ts';

/** What of a text is tcpdump's. */
export interface TcpdumpText {
  readonly packets: readonly Packet[];
  /** Lines that tell of a TCP segment, and of them those that could not be read, from 1. */
  readonly notUnderstood: readonly number[];
}

/** Both ends of a line: addresses and ports, then what is said of the segment. */
const ENDS =
  /(?<source>[\w.:%-]+)\.(?<sourcePort>[\w-]+) > (?<destination>[\w.:%-]+?)\.(?<destinationPort>[\w-]+): (?<rest>.*)$/;
const BEGINS = /\bIP6?\b|\.[\w-]+ > [\w.:%-]+\.[\w-]+:/;

/** What -n would have printed. */
const SERVICES: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  http: 80,
  www: 80,
  pop3: 110,
  imap: 143,
  https: 443,
  mysql: 3306,
  postgresql: 5432,
  'http-alt': 8080,
};

interface Line {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly when: Moment | undefined;
  readonly segment: Segment;
}

/** Reads whatever lines of `tcpdump` a text holds; everything else in it is passed over. Never throws. */
export function parseTcpdump(text: string): TcpdumpText {
  const notUnderstood: number[] = [];
  const lines = joined(text).flatMap(({ line, from }): Line[] => {
    const ends = ENDS.exec(line);
    if (ends?.groups === undefined || !/Flags \[|^[SFRP.UEW]+ /.test(ends.groups['rest'] ?? '')) return [];
    const read = lineOf(line, ends.groups, ends.index);
    if (read === undefined) notUnderstood.push(from);
    return read === undefined ? [] : [read];
  });
  const times = momentsToMs(lines.map(({ when }) => when));
  const absolute = absoluteNumbers();
  const packets = lines.map((line, place): Packet => {
    const { when: _, segment, ...ends } = line;
    return { frame: place + 1, at: times[place] ?? ms(place), ...ends, segment: absolute(line, segment) };
  });
  return { packets, notUnderstood };
}

/** Lines that a terminal, a mail or -v broke are one again. */
function joined(text: string): readonly { readonly line: string; readonly from: number }[] {
  const whole: { line: string; from: number }[] = [];
  text.split(/\r?\n/).forEach((raw, place) => {
    const line = raw.replace(/^(?:>\s?)+/, '');
    const last = whole.at(-1);
    const isEnds =
      ENDS.test(line) && last !== undefined && /\bIP6? \(/.test(last.line) && !ENDS.test(last.line);
    if (last !== undefined && line.trim() !== '' && (isEnds || !BEGINS.test(line)))
      last.line += ` ${line.trim()}`;
    else if (line.trim() !== '') whole.push({ line, from: place + 1 });
  });
  return whole;
}

function lineOf(line: string, groups: Readonly<Record<string, string>>, prefix: number): Line | undefined {
  const { source = '', destination = '', rest = '' } = groups;
  const [sourcePort, destinationPort] = [portOf(groups['sourcePort']), portOf(groups['destinationPort'])];
  const segment = rest.startsWith('Flags [') ? segmentOf(rest) : oldSegmentOf(rest);
  if (sourcePort === undefined || destinationPort === undefined || segment === undefined) return undefined;
  return { source, sourcePort, destination, destinationPort, when: clockOf(line.slice(0, prefix)), segment };
}

function portOf(text = ''): number | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : SERVICES[text];
}

/** `Flags [S.], seq 0:10, ack 1, win 512, urg 3, options [mss 1460], length 10`. */
function segmentOf(rest: string): Segment | undefined {
  const bits = /^Flags \[([^\]]*)\]/.exec(rest)?.[1] ?? '';
  const flags = flagsOf(bits);
  if (flags === undefined) return undefined;
  const number = (name: string) => {
    const found = new RegExp(String.raw`[ ,]${name} (\d+)(?::(\d+))?`).exec(rest);
    return found === null ? undefined : found;
  };
  const numbers = number('seq');
  const said = number('length')?.[1];
  const length =
    said === undefined
      ? numbers?.[2] === undefined
        ? 0
        : (Number(numbers[2]) - Number(numbers[1])) >>> 0
      : Number(said);
  const ack = number('ack')?.[1];
  return {
    flags,
    // A pure ACK is printed without its number: it is filled in from what its sender sent before.
    seq: numbers === undefined ? UNSAID : seq(Number(numbers[1])),
    ack: seq(Number(ack ?? 0)),
    length,
    window: Number(number('win')?.[1] ?? 0),
    urgent: Number(number('urg')?.[1] ?? 0),
    options: optionsOf(/options \[([^\]]*)\]/.exec(rest)?.[1] ?? ''),
  };
}

/** Stands for a number that was not printed, until {@link absoluteNumbers} knows it. */
const UNSAID = Number.NaN as Seq;

function flagsOf(letters: string): Flags | undefined {
  const plain = letters.replace(/[EWe\d]|none/g, '');
  return plain === '' ? parseFlags('none') : parseFlags(plain);
}

/** tcpdump before 4.0: `P 1:11(10) ack 1 win 5840 <nop,nop,timestamp 1 2>`. */
function oldSegmentOf(rest: string): Segment | undefined {
  const found =
    /^(?<bits>[SFRP.UEW]+) (?:(?<from>\d+):\d+\((?<length>\d+)\))?(?: ?ack (?<ack>\d+))?(?: win (?<win>\d+))?(?: urg (?<urg>\d+))?(?: <(?<options>[^>]*)>)?/.exec(
      rest,
    )?.groups;
  if (found === undefined) return undefined;
  const { bits = '', from, length, ack, win, urg, options = '' } = found;
  const flags = flagsOf(bits.replace('.', '') + (ack === undefined ? '' : '.'));
  if (flags === undefined) return undefined;
  return {
    flags,
    seq: from === undefined ? UNSAID : seq(Number(from)),
    ack: seq(Number(ack ?? 0)),
    length: Number(length ?? 0),
    window: Number(win ?? 0),
    urgent: Number(urg ?? 0),
    options: optionsOf(options),
  };
}

/** `mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7,sack 1 {1:2}`. */
function optionsOf(text: string): SegmentOptions {
  const one = (pattern: RegExp) => pattern.exec(text);
  const mss = one(/\bmss (\d+)/)?.[1];
  const scale = one(/\bwscale (\d+)/)?.[1];
  const stamps = one(/\b(?:TS val|timestamp) (\d+)(?: ecr)? (\d+)/);
  const sack = one(/\bsack \d+ ((?:\{\d+:\d+\})+)/)?.[1];
  return {
    ...(mss === undefined ? {} : { mss: Number(mss) }),
    ...(scale === undefined ? {} : { windowScale: Number(scale) }),
    ...(/\bsackOK\b/.test(text) ? { sackPermitted: true } : {}),
    ...(stamps === null ? {} : { timestamps: { value: Number(stamps[1]), echo: Number(stamps[2]) } }),
    ...(sack === undefined
      ? {}
      : {
          sack: [...sack.matchAll(/(\d+):(\d+)/g)].map(
            ([, from, to]) => [seq(Number(from)), seq(Number(to))] as const,
          ),
        }),
  };
}

/**
 * Without -S, tcpdump counts each direction from its first number once that was printed. Returns absolute numbers, and
 * fills in those of pure ACKs, which are not printed.
 */
function absoluteNumbers(): (line: Line, segment: Segment) => Segment {
  const bases = new Map<string, Seq>();
  const relative = new Map<string, boolean>();
  const reached = new Map<string, Seq>();
  const keyOf = (a: string, b: string) => `${a} ${b}`;
  return ({ source, sourcePort, destination, destinationPort }, segment) => {
    const [from, to] = [`${source} ${sourcePort}`, `${destination} ${destinationPort}`];
    const [own, peer] = [keyOf(from, to), keyOf(to, from)];
    const opens = (segment.flags & SYN) !== 0;
    const number = (key: string, value: Seq): Seq => {
      const base = bases.get(key);
      if (base === undefined || opens) return value;
      const next = reached.get(key) ?? base;
      const far = (one: Seq) => Math.abs(distance(next, one));
      const counts = relative.get(key) ?? far(add(base, value)) < far(value);
      relative.set(key, counts);
      return counts ? add(base, value) : value;
    };
    const ack = segment.flags & ACK ? number(peer, segment.ack) : segment.ack;
    const first = Number.isNaN(segment.seq) ? (reached.get(own) ?? seq(0)) : number(own, segment.seq);
    if (opens || !bases.has(own)) bases.set(own, first);
    if (segment.flags & ACK && !bases.has(peer)) bases.set(peer, add(ack, -1));
    reached.set(own, add(first, segment.length + (opens ? 1 : 0) + (segment.flags & 1)));
    if (segment.flags & ACK && !reached.has(peer)) reached.set(peer, ack);
    const base = bases.get(peer);
    const sack = segment.options.sack?.map(
      ([left, right]) =>
        [shift(left, base, relative.get(peer)), shift(right, base, relative.get(peer))] as const,
    );
    return {
      ...segment,
      seq: first,
      ack,
      options: sack === undefined ? segment.options : { ...segment.options, sack },
    };
  };
}

function shift(value: Seq, base: Seq | undefined, counts: boolean | undefined): Seq {
  return base !== undefined && counts === true ? add(base, value) : value;
}
