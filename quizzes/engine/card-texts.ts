// Cards of segments in words.

import type { Language } from '../../core/text.ts';
import { peerOf } from '../../core/timeline/timeline.ts';
import { partOf, type Value } from './ask.ts';
import { segmentText } from './describe.ts';
import { formatSymbolic } from './numbers.ts';
import type { Ask } from './pack.ts';
import type { Known } from './parse-answer.ts';
import { type Card, type Cards, impossibleCards, orderCards } from './segment-cards.ts';

/** The cards an ask shows; undefined when it shows none. */
export function cardsOf({ run, cut }: Known, ask: Ask): Cards | undefined {
  if (cut === undefined) return undefined;
  if (ask.kind === 'order') return orderCards(run.timeline, cut, ask.count);
  return ask.kind === 'impossible' ? impossibleCards(run.timeline, cut) : undefined;
}

/** "a: A → B SYN ACK seq=y ack=x+1": with the names a learner knows. */
export function cardText(
  { symbols }: Pick<Known, 'symbols'>,
  { letter, from, segment }: Card,
  language: Language,
): string {
  const write = (value: Value) =>
    value.kind === 'seq' && value.number !== undefined
      ? formatSymbolic(value.number, { host: value.host, symbols, base: undefined })
      : undefined;
  const ack = write(partOf(segment, 'ack', from));
  const numbers = `seq=${write(partOf(segment, 'seq', from))}${ack === undefined ? '' : ` ack=${ack}`}`;
  return `${letter}: ${from} → ${peerOf(from)} ${segmentText(segment, language)} ${numbers}`;
}
