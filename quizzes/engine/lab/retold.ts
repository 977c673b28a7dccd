// A captured connection in the lab: played again by the core from the calls that its segments tell of.

import { fail, ok, type Result } from '../../../core/result.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import type { Bilingual, Language } from '../../../core/text.ts';
import { type Agreement, agreement, type NotRetold, retell } from '../../../core/timeline/retell.ts';
import type { Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { Timeline, Transmission } from '../../../core/timeline/timeline.ts';
import { numberedText } from '../compare.ts';

/** What the lab branches instead of the capture, and how far it is the same. */
export interface Retold {
  readonly scenario: Scenario;
  readonly note: Bilingual;
}

/** The likeliest of them first: where several meet the capture equally well, it counts. */
const LIKELY = [PROFILES.linux, PROFILES.textbook, PROFILES.rfc9293] as const;

/** Tells a captured connection again, by the profile that meets it best. */
export function tellAgain(captured: Timeline): Result<Retold, NotRetold> {
  let best: { readonly scenario: Scenario; readonly run: Timeline; readonly met: Agreement } | undefined;
  for (const profile of LIKELY) {
    const told = retell(captured, profile);
    if (!told.ok) return fail(told.error);
    const run = simulate(told.value);
    const met = agreement(captured, run);
    if (best === undefined || met.same > best.met.same) best = { scenario: told.value, run, met };
  }
  if (best === undefined) return fail('begins-late');
  const { scenario, run, met } = best;
  const note = (language: Language) => noteText(captured, run, met, language);
  return ok({ scenario, note: { en: note('en'), 'zh-CN': note('zh-CN') } });
}

function noteText(
  captured: Timeline,
  run: Timeline,
  { same, of, parts }: Agreement,
  language: Language,
): string {
  const english = language === 'en';
  const intro = english
    ? 'A capture cannot be changed, so this is the connection played again by the core, from the calls that its segments tell of'
    : '抓包记录无法改动，因此这里由 TCP 核心根据报文段所反映的调用重新运行这条连接';
  if (parts === undefined)
    return english
      ? `${intro}: all ${of} segments are as captured.`
      : `${intro}：${of} 个报文段全部与抓包一致。`;
  const text = (timeline: Timeline, sent: Transmission | undefined) =>
    sent === undefined ? undefined : numberedText(timeline, sent.from, sent.segment, language);
  const [seen, made] = [text(captured, parts.captured), text(run, parts.played)];
  return english
    ? `${intro}: ${same} of ${of} segments are as captured. Then ${parts.host} sent ${seen ?? 'nothing'} in the capture, and here ${made ?? 'nothing'}.`
    : `${intro}：${of} 个报文段中有 ${same} 个与抓包一致。此后抓包中 ${parts.host} 发送 ${seen ?? '（无）'}，这里是 ${made ?? '（无）'}。`;
}
