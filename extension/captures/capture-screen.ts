import type { Language } from '../../core/text.ts';
import type { ConnectionView } from '../../core/wire/connection-view.ts';
import { project } from '../../quizzes/engine/project.ts';
import { seeAll } from '../../quizzes/engine/visibility.ts';
import type { CaptureScreen, ProblemScreen, TableWish } from '../../webview/protocol.ts';
import { SCREEN_TEXTS } from '../panels/screen-texts.ts';
import { tableOf } from './capture-table.ts';
import type { OpenCapture } from './captures.ts';

/** Segments of a connection that are drawn at once. */
export const PART = 500;

/** What is looked at in a capture. */
export interface Look {
  readonly connection: number;
  /** The first segment that is drawn. */
  readonly from: number;
  readonly table: TableWish;
}

/** Why a capture shows nothing. */
export function captureProblem(capture: OpenCapture, language: Language): ProblemScreen {
  return {
    kind: 'problem',
    title: SCREEN_TEXTS.captureUnreadable[language],
    problems: capture.problems(language),
  };
}

/**
 * The connections of a capture with a part of the chosen one drawn, or why there is none.
 *
 * @param view - the chosen connection; undefined while the capture is read, or when there is none
 */
export function captureScreen(
  capture: OpenCapture,
  view: ConnectionView | undefined,
  look: Look,
  language: Language,
): CaptureScreen | ProblemScreen {
  const read = capture.reading();
  if (read === undefined && capture.count() === 0)
    return { ...captureProblem(capture, language), followsFile: true };
  const { rows, table } = tableOf(capture, look.table, language);
  return {
    kind: 'capture',
    file: capture.name,
    connections: rows,
    table,
    ...(read === undefined ? {} : { reading: { octets: read, size: capture.size } }),
    problems: capture.problems(language),
    ...(view === undefined
      ? { chosen: undefined, timeline: undefined }
      : { chosen: look.connection, ...drawn(capture, view, look, language) }),
  };
}

function drawn(
  capture: OpenCapture,
  view: ConnectionView,
  look: Look,
  language: Language,
): Pick<CaptureScreen, 'timeline' | 'part'> {
  const count = view.count();
  const from = Math.max(0, Math.min(look.from, count - 1));
  const to = Math.min(count, from + PART);
  const timeline = view.timeline(from, to);
  return {
    timeline: project(timeline, {
      key: `${capture.address}#${look.connection}@${from}`,
      visibility: seeAll(timeline),
      language,
      symbols: timeline.symbols,
      asked: undefined,
      more: false,
    }),
    ...(count > PART ? { part: { from, to, of: count, size: PART } } : {}),
  };
}
