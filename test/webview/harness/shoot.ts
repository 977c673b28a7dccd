/**
 * Takes pictures of the webview: `node --import tsx test/webview/harness/shoot.ts [folder] [filter]`.
 * Prints every complaint of the page.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { SCREENS, type ScreenName } from '../screens.ts';
import { type Look, openHarness } from './page.ts';

const SHOTS: readonly (readonly [string, ScreenName, Look])[] = [
  ['asked-dark', 'asked', {}],
  ['asked-light', 'asked', { theme: 'light' }],
  ['wrong-dark', 'wrong', {}],
  ['wrong-light', 'wrong', { theme: 'light' }],
  ['wrong-hc-dark', 'wrong', { theme: 'hc-dark' }],
  ['wrong-hc-light', 'wrong', { theme: 'hc-light' }],
  ['wrong-zh', 'wrong', { chinese: true }],
  ['right-dark', 'right', {}],
  ['asked-380', 'asked', { width: 380, height: 1500 }],
  ['wrong-380-light', 'wrong', { width: 380, height: 1700, theme: 'light' }],
  ['time-wait-380', 'time-wait', { width: 380, height: 1500 }],
  ['asked-800', 'asked', { width: 800, height: 840 }],
  ['wrong-1800', 'wrong', { width: 1800, height: 1000 }],
  ['time-wait-dark', 'time-wait', { height: 1100 }],
  ['time-wait-absolute', 'time-wait', { height: 1100, numbers: 'absolute', theme: 'light' }],
  ['crossing-dark', 'crossing', { height: 1000 }],
  ['compare-dark', 'compare', {}],
  ['compare-380', 'compare', { width: 380, height: 1600 }],
  ['prose-dark', 'prose', {}],
  ['prose-marked-light', 'prose-marked', { theme: 'light' }],
  ['not-understood', 'not-understood', {}],
  ['no-timeline', 'no-timeline', {}],
  ['exam-asked-dark', 'exam-asked', {}],
  ['exam-saved-light', 'exam-saved', { theme: 'light' }],
  ['exam-saved-380-zh', 'exam-saved', { width: 380, height: 1400, chinese: true }],
  ['drill-dark', 'drill', {}],
  ['drill-paused-dark', 'drill-paused', {}],
  ['hand-in-dark', 'hand-in', {}],
  ['hand-in-380-light', 'hand-in', { width: 380, theme: 'light' }],
  ['result-dark', 'result', { height: 900 }],
  ['result-380-zh', 'result', { width: 380, height: 1000, chinese: true }],
  ['result-failed-hc', 'result-failed', { theme: 'hc-dark', height: 900 }],
  ['summary-dark', 'summary', {}],
  ['interview-dark', 'interview', { height: 1100 }],
  ['interview-light', 'interview', { theme: 'light', height: 1100 }],
  ['interview-hc-dark', 'interview', { theme: 'hc-dark', height: 1100 }],
  ['interview-hc-light', 'interview', { theme: 'hc-light', height: 1100 }],
  ['interview-zh', 'interview', { chinese: true, height: 1100 }],
  ['interview-380', 'interview', { width: 380, height: 1500 }],
  ['capture-dark', 'capture', {}],
  ['capture-800-light', 'capture', { width: 800, theme: 'light' }],
  ['capture-empty', 'capture-empty', {}],
  ['capture-no-match', 'capture-no-match', {}],
  ['capture-large-dark', 'capture-large', {}],
  ['capture-large-light', 'capture-large', { theme: 'light' }],
  ['capture-large-hc', 'capture-large', { theme: 'hc-dark' }],
  ['capture-large-380', 'capture-large', { width: 380, height: 1300 }],
  ['capture-large-zh', 'capture-large', { chinese: true, width: 800 }],
  ['mastery-dark', 'mastery', {}],
  ['mastery-light', 'mastery', { theme: 'light' }],
  ['mastery-hc-dark', 'mastery', { theme: 'hc-dark' }],
  ['mastery-hc-light', 'mastery', { theme: 'hc-light' }],
  ['mastery-zh', 'mastery-zh', { chinese: true }],
  ['mastery-380', 'mastery', { width: 380, height: 1900 }],
  ['mastery-800', 'mastery', { width: 800, height: 1200 }],
  ['mastery-1800', 'mastery', { width: 1800 }],
  ['mastery-empty', 'mastery-empty', { theme: 'light' }],
  ['problem-dark', 'problem', {}],
  ['review-nothing-dark', 'review-nothing', {}],
  ['review-nothing-380-zh', 'review-nothing', { width: 380, chinese: true, theme: 'light' }],
  ['review-summary-light', 'review-summary', { theme: 'light' }],
];

const [folder = '/tmp/handshake-shots', filter = ''] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const harness = await openHarness();
for (const [name, screen, look] of SHOTS.filter(([each]) => each.includes(filter))) {
  const shown = await harness.show(SCREENS[screen], look);
  await shown.page.screenshot({ path: path.join(folder, `${name}.png`) });
  if (shown.complaints.length > 0) console.log(name, shown.complaints);
  await shown.close();
}
await harness.close();
