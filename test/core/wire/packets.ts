import assert from 'node:assert/strict';
import { segment } from '../../../core/tcp/segment.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Packet } from '../../../core/wire/capture.ts';
import { parseFlags } from '../../../core/wire/notation.ts';

const ENDS = [
  { address: '10.0.0.1', port: 4000 },
  { address: '10.0.0.2', port: 80 },
] as const;

/**
 * Packets as text: `30 > SYN 100` left 10.0.0.1:4000 for 10.0.0.2:80 at 30 ms; `<` is the other way.
 * After the flags come seq, ack, length and TSval, as far as they matter. Without a time: one every millisecond.
 */
export function packets(...lines: readonly string[]): Packet[] {
  return lines.map((line, index) => {
    const words = line.split(' ');
    const at = /^\d/.test(line) ? Number(words.shift()) : index;
    const [arrow, names = '', number = '0', ack = '0', length = '0', stamp] = words;
    const flags = parseFlags(names);
    assert.ok(flags !== undefined, line);
    const [from, to] = arrow === '>' ? ENDS : [ENDS[1], ENDS[0]];
    return {
      frame: index + 1,
      at: ms(at),
      source: from.address,
      sourcePort: from.port,
      destination: to.address,
      destinationPort: to.port,
      segment: segment({
        flags,
        seq: seq(Number(number)),
        ack: seq(Number(ack)),
        length: Number(length),
        window: 60_000,
        ...(stamp === undefined ? {} : { options: { timestamps: { value: Number(stamp), echo: 0 } } }),
      }),
    };
  });
}
