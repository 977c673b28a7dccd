import { isKind } from '../../core/timeline/pattern.ts';
import { SEGMENT_KINDS } from '../../core/timeline/scenario.ts';
import type { HostId, Step, Timeline } from '../../core/timeline/timeline.ts';
import { readWhen } from '../format/ask-phrases.ts';

/** A moment that really comes in a run, as an author writes it. */
export interface Moment {
  readonly phrase: string;
  /** Milliseconds of simulated time. */
  readonly at: number;
}

/** Everything a question on this run can be asked at, in the order it happens. */
export function momentsOf(timeline: Timeline): readonly Moment[] {
  const times = new Map<string, number>();
  const moments: Moment[] = [{ phrase: 'start', at: 0 }];
  const seen = (phrase: string, at: number) => {
    const count = (times.get(phrase) ?? 0) + 1;
    times.set(phrase, count);
    const numbered = count === 1 ? phrase : `${phrase} ${count}`;
    if (readWhen(numbered).ok) moments.push({ phrase: numbered, at });
  };
  for (const step of timeline.steps) {
    for (const phrase of phrasesOf(timeline, step)) seen(phrase, step.at);
  }
  return [...moments, { phrase: 'end', at: timeline.steps.at(-1)?.at ?? 0 }];
}

function phrasesOf(timeline: Timeline, step: Step): readonly string[] {
  const { cause, host } = step;
  const sent = step.sent.flatMap((id) => segmentPhrases(timeline, id, host, 'sends'));
  const entered = step.path.slice(1).map((state) => `${host} enters ${state}`);
  switch (cause.kind) {
    case 'arrival':
      return [...segmentPhrases(timeline, cause.transmission, host, 'receives'), ...sent, ...entered];
    case 'call':
      return [callPhrase(host, cause.call), ...sent, ...entered];
    case 'timer':
      return [
        `${host}'s ${cause.timer === 'time-wait' ? '2MSL' : cause.timer} timer fires`,
        ...sent,
        ...entered,
      ];
    default:
      return [...sent, ...entered];
  }
}

function callPhrase(host: HostId, call: string): string {
  if (call === 'crash') return `${host} crashes`;
  return call === 'reboot'
    ? `${host} reboots`
    : `${host} calls ${call.replaceAll('-', ' ').replace('eof', 'EOF')}`;
}

function segmentPhrases(timeline: Timeline, id: number, host: HostId, verb: 'sends' | 'receives'): string[] {
  const one = timeline.transmissions[id];
  if (one === undefined) return [];
  return SEGMENT_KINDS.filter((kind) => kind !== 'segment' && isKind(one.segment, one.purpose, kind)).map(
    (kind) => `${host} ${verb} ${kind}`,
  );
}
