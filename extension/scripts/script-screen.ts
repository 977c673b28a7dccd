import type { Bilingual, Language } from '../../core/text.ts';
import { peerOf } from '../../core/timeline/timeline.ts';
import { differencesIn, type Judged, type Played } from '../../core/wire/packetdrill/play.ts';
import { projectAll } from '../../quizzes/engine/project.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type { ScriptLineView, ScriptScreen } from '../../webview/protocol.ts';
import type { ScriptReading } from './read-script.ts';

const DIFFERS: Bilingual = { en: 'differs from the script', 'zh-CN': '与脚本不同' };
const PLACE: Bilingual = { en: 'Line {0}: {1}', 'zh-CN': '第 {0} 行：{1}' };

/**
 * A script with what came of each line, and its run with the differences on the segments.
 *
 * @param key - of the timeline: the same for the same file, so that the place looked at is kept
 * @param text - the script, as it was read
 */
export function scriptScreen(
  file: string,
  key: string,
  text: string,
  { issues, played }: ScriptReading,
  language: Language,
): ScriptScreen {
  const rows = text.split(/\r?\n/);
  const view = projectAll(played.timeline, key, language);
  const peer = peerOf(played.host);
  const different = differentArrows(played, view);
  return {
    kind: 'script',
    file,
    host: played.host,
    profile: played.timeline.profile,
    expected: played.lines.filter(({ outcome, line }) => outcome !== 'unchecked' && isExpectation(line))
      .length,
    differing: differencesIn(played),
    lines: played.lines.map((judged) => lineView(judged, rows, language)),
    timeline: {
      ...view,
      hosts: { ...view.hosts, [peer]: { ...view.hosts[peer], scripted: true } },
      arrows: view.arrows.map((arrow) =>
        different.has(arrow.id) ? { ...arrow, odd: [...(arrow.odd ?? []), DIFFERS[language]] } : arrow,
      ),
    },
    problems: issues.map(({ span, message }) =>
      PLACE[language].replace('{0}', String(span.start.line)).replace('{1}', () => message[language]),
    ),
  };
}

/** Ids of arrows that came otherwise: a view numbers its own, in the order in which they leave a step. */
function differentArrows({ timeline, lines }: Played, view: TimelineView): ReadonlySet<number> {
  const ids = lines.flatMap(({ outcome, transmission, step }) => {
    if (outcome !== 'differs' || transmission === undefined || step === undefined) return [];
    const place = timeline.steps[step]?.sent.indexOf(transmission) ?? -1;
    const arrow = view.arrows.filter(({ sentIn }) => sentIn === step)[place];
    return arrow === undefined ? [] : [arrow.id];
  });
  return new Set(ids);
}

/** A line that says what the system under test is to do. */
function isExpectation(line: Judged['line']): boolean {
  return line.kind === 'call' || (line.kind === 'packet' && line.direction === 'out');
}

function lineView(
  { line, outcome, says, sent, step }: Judged,
  rows: readonly string[],
  language: Language,
): ScriptLineView {
  const { start, end } = line.span;
  const text = rows
    .slice(start.line - 1, end.line)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  const checked = line.kind === 'packet' && line.direction === 'in' ? 'unchecked' : outcome;
  return {
    number: start.line,
    text,
    outcome: checked,
    says: says.map((one) => one[language]),
    ...(outcome === 'differs' && sent !== undefined ? { sent } : {}),
    ...(step === undefined ? {} : { step }),
  };
}
