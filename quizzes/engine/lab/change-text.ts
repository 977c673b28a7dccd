// A change in words, by what the learner sees of the run it is made in.

import { unreachable } from '../../../core/result.ts';
import type { Language } from '../../../core/text.ts';
import type { Change, Deed } from '../../../core/timeline/scenario.ts';
import type { Timeline } from '../../../core/timeline/timeline.ts';
import { formatFlags } from '../../../core/wire/notation.ts';
import { numberedText } from '../compare.ts';
import { CALLS, TIMER_NAMES } from '../describe.ts';
import { formatDuration } from '../durations.ts';

/** "A's ACK seq=u+1 ack=w+1 is lost": a change of `run`. */
export function changeText(run: Timeline, change: Change, language: Language): string {
  switch (change.kind) {
    case 'act':
      return `${momentText(run, change.after, language)}${deedText(change.what, language)}`;
    case 'fire': {
      const timer = TIMER_NAMES[change.timer][language];
      const moment = momentText(run, change.after, language);
      return language === 'en'
        ? `${moment}${change.host}’s ${timer} fires before its time`
        : `${moment}${change.host} 的${timer}提前到期`;
    }
    default:
      return segmentChangeText(run, change, language);
  }
}

function segmentChangeText(
  run: Timeline,
  change: Extract<Change, { readonly transmission: number }>,
  language: Language,
): string {
  const sent = run.transmissions[change.transmission];
  if (sent === undefined) return '';
  const name = numberedText(run, sent, language);
  const english = language === 'en';
  const whose = english ? `${sent.from}’s ${name}` : `${sent.from} 的 ${name} `;
  switch (change.kind) {
    case 'lose':
      return english ? `${whose} is lost` : `${whose}丢失`;
    case 'deliver':
      return english ? `${whose} is not lost` : `${whose}没有丢失`;
    case 'delay':
      return english
        ? `${whose} comes ${formatDuration(change.by, language)} later`
        : `${whose}晚到 ${formatDuration(change.by, language)}`;
    case 'duplicate':
      return english
        ? `${whose} comes twice, ${formatDuration(change.after, language)} apart`
        : `${whose}到达两次，相隔 ${formatDuration(change.after, language)}`;
    default:
      return unreachable(change);
  }
}

function momentText(run: Timeline, step: number, language: Language): string {
  const at = formatDuration(run.steps[step]?.at ?? 0, language);
  return language === 'en' ? `at ${at} (step ${step + 1}) ` : `${at}（第 ${step + 1} 步）时 `;
}

function deedText(what: Deed, language: Language): string {
  const english = language === 'en';
  switch (what.kind) {
    case 'call':
      return `${what.host} ${CALLS[what.call][language]}`;
    case 'cut':
      return english ? 'the path is cut' : '链路中断';
    case 'heal':
      return english ? 'the path is whole again' : '链路恢复';
    case 'forge': {
      const flags = formatFlags(what.flags).join(' ') || (english ? 'no flags' : '无标志位');
      return english
        ? `someone forges ${flags}, seemingly from ${what.from}`
        : `有人伪造 ${flags}，看似来自 ${what.from}`;
    }
    default:
      return unreachable(what);
  }
}
