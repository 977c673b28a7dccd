import type { Language } from '../core/text.ts';
import { project } from '../quizzes/engine/project.ts';
import { seeAll } from '../quizzes/engine/visibility.ts';
import type { CaptureScreen, ConnectionView, ProblemScreen } from '../webview/protocol.ts';
import { lifeTexts } from './capture-texts.ts';
import type { OpenCapture } from './captures.ts';
import { SCREEN_TEXTS } from './screen-texts.ts';

function connectionViews({ connections }: OpenCapture, language: Language): readonly ConnectionView[] {
  return connections.map(
    ({ hosts, summary }, index): ConnectionView => ({
      index,
      a: `${hosts.A.address}:${hosts.A.port}`,
      b: `${hosts.B.address}:${hosts.B.port}`,
      segments: summary.segments.A + summary.segments.B,
      bytes: summary.octets.A + summary.octets.B,
      duration: summary.duration / 1000,
      ...lifeTexts(summary, language),
    }),
  );
}

/** Why a capture shows nothing. */
export function captureProblem(capture: OpenCapture, language: Language): ProblemScreen {
  return {
    kind: 'problem',
    title: SCREEN_TEXTS.captureUnreadable[language],
    problems: capture.problems(language),
  };
}

/** The connections of a capture with the chosen one drawn, or why there is none. */
export function captureScreen(
  capture: OpenCapture,
  chosen: number,
  language: Language,
): CaptureScreen | ProblemScreen {
  const timeline = capture.timeline(chosen);
  if (timeline === undefined) return captureProblem(capture, language);
  return {
    kind: 'capture',
    file: capture.name,
    connections: connectionViews(capture, language),
    chosen,
    timeline: project(timeline, {
      key: `${capture.address}#${chosen}`,
      visibility: seeAll(timeline),
      language,
      symbols: timeline.symbols,
      asked: undefined,
      more: false,
    }),
    problems: capture.problems(language, chosen),
  };
}
