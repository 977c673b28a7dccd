import { unreachable } from '../../core/result.ts';
import type { Language } from '../../core/text.ts';
import { formatDuration } from './durations.ts';
import type { Alternative } from './pack.ts';
import { whenTitle } from './prompts.ts';

/** What of an answer the author accepts: "as the profile linux has it". */
export function alternativeText(alternative: Alternative, language: Language): string {
  const english = language === 'en';
  switch (alternative.kind) {
    case 'profile':
      return english ? `as profile ${alternative.profile} has it` : `行为模式 ${alternative.profile} 的答案`;
    case 'moment':
      return english
        ? `as of another moment: ${whenTitle(alternative.when, 'en')}`
        : `另一时刻的答案：${whenTitle(alternative.when, 'zh-CN')}`;
    case 'value':
      return english ? 'another way to see it' : '另一种看法';
    case 'within': {
      const { unit, amount } = alternative;
      const most = unit === 'percent' ? `${amount} %` : formatDuration(amount, language);
      return english ? `near enough: within ${most}` : `足够接近：误差不超过 ${most}`;
    }
    default:
      return unreachable(alternative);
  }
}
