// A captured connection in the lab: played again by the core from the calls that its segments tell of.

import { fail, ok, type Result } from '../../../core/result.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import type { Bilingual, Language } from '../../../core/text.ts';
import {
  type Agreement,
  agreement,
  MOST_SEGMENTS,
  type NotRetold,
  relativeNumbers,
  retell,
} from '../../../core/timeline/retell.ts';
import type { Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { Timeline, Transmission } from '../../../core/timeline/timeline.ts';
import { segmentText } from '../describe.ts';

/** What the lab branches instead of the capture, and how far it is the same. */
export interface Retold {
  readonly scenario: Scenario;
  readonly note: Bilingual;
  /** The first segment of its run that was not captured, by its id; undefined where there is none. */
  readonly apart: number | undefined;
}

/** The likeliest of them first: where several meet the capture equally well, it counts. */
const LIKELY = [PROFILES.linux, PROFILES.textbook, PROFILES.rfc9293] as const;

/**
 * Tells a captured connection again, by the profile that meets it best.
 *
 * A run that is far longer than the capture (a sender's capture holds segments that its network card cuts up) is too long.
 */
export function tellAgain(captured: Timeline): Result<Retold, NotRetold> {
  let best: { readonly scenario: Scenario; readonly run: Timeline; readonly met: Agreement } | undefined;
  for (const profile of LIKELY) {
    const told = retell(captured, profile);
    if (!told.ok) return fail(told.error);
    const run = simulate(told.value);
    if (run.end === 'limit' || run.transmissions.length > 2 * MOST_SEGMENTS) continue;
    const met = agreement(captured, run);
    if (best === undefined || met.same > best.met.same) best = { scenario: told.value, run, met };
  }
  if (best === undefined) return fail('too-long');
  const { scenario, run, met } = best;
  if (2 * met.same < met.of) return fail('parts-early');
  const note = (language: Language) => noteText(captured, run, met, language);
  return ok({ scenario, note: { en: note('en'), 'zh-CN': note('zh-CN') }, apart: met.apart?.id });
}

function noteText(captured: Timeline, run: Timeline, met: Agreement, language: Language): string {
  const english = language === 'en';
  const intro = english
    ? 'A capture cannot be changed, so this is the connection played again by the core, from the calls that its segments tell of'
    : '抓包记录无法改动，因此这里由 TCP 核心根据报文段所反映的调用重新运行这条连接';
  const { same, of, parts, goesOn } = met;
  if (parts === undefined) {
    if (english) return `${intro}: all ${of} segments are as captured${goesOn ? '; then it goes on' : ''}.`;
    return `${intro}：${of} 个报文段全部与抓包一致${goesOn ? '，此后还在继续' : ''}。`;
  }
  const host = parts.captured.from;
  const seen = relativeText(captured, parts.captured, language);
  const made = parts.played && relativeText(run, parts.played, language);
  return english
    ? `${intro}: ${same} of ${of} segments are as captured. Then ${host} sent ${seen} in the capture, and here ${made ?? 'nothing more'} (numbers from the ISS on).`
    : `${intro}：${of} 个报文段中有 ${same} 个与抓包一致。此后抓包中 ${host} 发送 ${seen}，这里${made === undefined ? '不再发送' : `是 ${made}`}（序号从 ISS 起算）。`;
}

function relativeText(timeline: Timeline, sent: Transmission, language: Language): string {
  const { seq, ack } = relativeNumbers(timeline, sent);
  return `${segmentText(sent.segment, language)} seq=${seq}${ack === undefined ? '' : ` ack=${ack}`}`;
}
