// Where extension/ and webview/ meet: two unions, one per direction, and their parsers.

import { isRecord } from '../core/record.ts';
import { LANGUAGES, type Language } from '../core/text.ts';
import type { HostId } from '../core/timeline/timeline.ts';
import { type LabAction, parseLabAction } from '../quizzes/engine/lab/action.ts';
import type { LabScreen } from '../quizzes/engine/lab/lab-view.ts';
import type { MasteryScreen } from '../quizzes/engine/mastery.ts';
import type { TimelineView } from '../quizzes/engine/timeline-view.ts';
import type {
  HandInScreen,
  InterviewScreen,
  LessonScreen,
  ResultScreen,
  SummaryScreen,
} from '../quizzes/engine/view.ts';

/** How sequence numbers are written on screen. */
export const NUMBER_MODES = ['symbolic', 'relative', 'absolute'] as const;
export type NumberMode = (typeof NUMBER_MODES)[number];

export interface Preferences {
  readonly language: Language;
  readonly numbers: NumberMode;
}

/** A capture opened as a file. */
export interface CaptureScreen {
  readonly kind: 'capture';
  readonly file: string;
  /** The rows on screen, or all there are. */
  readonly connections: readonly ConnectionLine[];
  /** Which rows of the list those are; absent when they are all. */
  readonly table?: TableWindow;
  /** The file is still being read: octets so far. */
  readonly reading?: { readonly octets: number; readonly size: number };
  readonly chosen: number | undefined;
  readonly timeline: TimelineView | undefined;
  /** Which segments of the connection are drawn; absent when it is all of them. */
  readonly part?: PartView;
  /** What could not be read, as sentences that name place and remedy. */
  readonly problems: readonly string[];
}

/** Columns of the list of connections. */
const TABLE_COLUMNS = [
  'index',
  'a',
  'b',
  'segments',
  'bytes',
  'duration',
  'opened',
  'ended',
  'anomaly',
] as const;
export type TableColumn = (typeof TABLE_COLUMNS)[number];

/** Which rows of the list are wanted: some from one place on, in an order, and only those with certain words. */
export interface TableWish {
  readonly from: number;
  readonly sort: TableColumn;
  readonly down: boolean;
  readonly filter: string;
}

/** Which rows of the list were sent. */
export interface TableWindow extends TableWish {
  /** Connections found, and those that have the words. */
  readonly all: number;
  readonly matching: number;
}

/** A stretch of a connection: segments from one place to before another, out of so many, drawn so many at once. */
export interface PartView {
  readonly from: number;
  readonly to: number;
  readonly of: number;
  readonly size: number;
}

export interface ConnectionLine {
  readonly index: number;
  readonly a: string;
  readonly b: string;
  readonly segments: number;
  readonly bytes: number;
  /** Seconds. */
  readonly duration: number;
  readonly opened: string;
  readonly ended: string;
  /** The first remark, as Wireshark names it. */
  readonly anomaly?: string;
}

/** A packetdrill script that was run: what it expects beside what the core sent. */
export interface ScriptScreen {
  readonly kind: 'script';
  readonly file: string;
  /** The system under test. */
  readonly host: HostId;
  readonly profile: string;
  /** Expected segments, and those of them that came otherwise. */
  readonly expected: number;
  readonly differing: number;
  readonly lines: readonly ScriptLineView[];
  readonly timeline: TimelineView;
  /** What could not be read, with its place. */
  readonly problems: readonly string[];
}

export interface ScriptLineView {
  /** In the file, from 1. */
  readonly number: number;
  readonly text: string;
  /** `unchecked`: nothing in it is for a TCP to get right. */
  readonly outcome: 'ok' | 'differs' | 'unchecked';
  /** What differs, a sentence each. */
  readonly says: readonly string[];
  /** What the core sent instead, as the script would write it. */
  readonly sent?: string;
  /** The step of the timeline it belongs to. */
  readonly step?: number;
}

/** Nothing to show but what went wrong and what to do. */
export interface ProblemScreen {
  readonly kind: 'problem';
  readonly title: string;
  readonly problems: readonly string[];
  /** The view follows a file, and shows it as soon as that is in order. */
  readonly followsFile?: boolean;
  /** The pack to go on with. */
  readonly next?: { readonly id: string; readonly title: string } | undefined;
}

export type Screen =
  | LessonScreen
  | SummaryScreen
  | HandInScreen
  | ResultScreen
  | InterviewScreen
  | CaptureScreen
  | ScriptScreen
  | LabScreen
  | MasteryScreen
  | ProblemScreen;

/** What a webview is to show. Each is a full snapshot: a hidden webview may miss any of them. */
export type ShowScreen = {
  readonly type: 'screen/show';
  readonly screen: Screen;
  readonly preferences: Preferences;
  /** English sentence → sentence in the learner's language; empty for English. */
  readonly strings: Readonly<Record<string, string>>;
  /** Opaque to the webview: kept with its state, so that the serializer can restore the panel. */
  readonly resume: unknown;
  /** What the host's clock says, in milliseconds since the epoch: the webview may run on another machine. */
  readonly now: number;
};

/** Asks for an SVG picture as PNG: a webview has a canvas, a host has none. */
interface DrawPicture {
  readonly type: 'picture/draw';
  /** Comes back with the answer. */
  readonly request: number;
  readonly svg: string;
  /** Pixels for each unit of the picture. */
  readonly scale: number;
}

/** Host to webview. */
export type ToWebview = ShowScreen | DrawPicture;

/** Webview to host. Treated as untrusted: see {@link parseFromWebview}. */
export type FromWebview =
  | { readonly type: 'ready' }
  /** Field name → what the learner wrote. Prose questions answer with an empty record. */
  | {
      readonly type: 'question/answer';
      readonly questionId: string;
      readonly fields: Readonly<Record<string, string>>;
    }
  /** Gives up: shows the answer, counts as wrong. */
  | { readonly type: 'question/reveal'; readonly questionId: string }
  | { readonly type: 'question/hint'; readonly questionId: string }
  /** The same question again on fresh numbers. */
  | { readonly type: 'question/retry'; readonly questionId: string }
  /** Goes to the question at this place of the progress strip; one past the last is the summary. */
  | { readonly type: 'question/go'; readonly index: number }
  | { readonly type: 'rubric/mark'; readonly questionId: string; readonly met: readonly boolean[] }
  /** Stops a drill's clock, and lets it run again. */
  | { readonly type: 'sitting/pause' }
  | { readonly type: 'sitting/resume' }
  /** Ends an exam. */
  | { readonly type: 'exam/hand-in' }
  | { readonly type: 'verdict/compare'; readonly misconception: string | undefined }
  | { readonly type: 'pack/open'; readonly packId: string }
  | { readonly type: 'pack/restart' }
  /** Opens a lesson of what is due. */
  | { readonly type: 'review/start' }
  | { readonly type: 'capture/choose'; readonly connection: number }
  | { readonly type: 'capture/drill'; readonly connection: number }
  /** Opens the what-if lab on the connection, played again. */
  | { readonly type: 'capture/what-if'; readonly connection: number }
  /** Opens the what-if lab on the run of a question that was answered. */
  | { readonly type: 'question/what-if'; readonly questionId: string }
  /** Writes the report of the interview as Markdown. */
  | { readonly type: 'interview/report' }
  /** Opens a lesson of what went badly in the interview. */
  | { readonly type: 'interview/review' }
  | { readonly type: 'lab/do'; readonly action: LabAction }
  /** Writes a pack about the connection beside the capture. */
  | { readonly type: 'capture/pack'; readonly connection: number }
  | { readonly type: 'capture/rows'; readonly wish: TableWish }
  /** Draws the chosen connection from this segment on. */
  | { readonly type: 'capture/part'; readonly from: number }
  | { readonly type: 'capture/stop' }
  /** Shows a line of the script in its editor. */
  | { readonly type: 'script/go'; readonly line: number }
  /** The picture asked for; without octets when it is larger than a canvas can be. */
  | { readonly type: 'picture/drawn'; readonly request: number; readonly octets: Uint8Array | undefined }
  | { readonly type: 'preferences/set'; readonly preferences: Preferences }
  | { readonly type: 'link/open'; readonly href: string };

type Fields = Readonly<Record<string, unknown>>;
type Parser<M> = (fields: Fields) => M | undefined;

const MAX_TEXT = 10_000;
const LONGEST_ADDRESS = 2000;

/** Whether a link on screen may lead there: the web, by its full address. Packs bring links of their own. */
export function isWebAddress(href: string): boolean {
  return href.length <= LONGEST_ADDRESS && /^https?:\/\/[^\s/?#\\]\S*$/i.test(href);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.keys(value).length <= 100 && Object.values(value).every(isText);
}

function aboutQuestion<T extends 'question/reveal' | 'question/hint' | 'question/retry' | 'question/what-if'>(
  type: T,
) {
  return ({ questionId }: Fields) => (isText(questionId) ? { type, questionId } : undefined);
}

function aboutConnection<T extends 'capture/choose' | 'capture/drill' | 'capture/what-if' | 'capture/pack'>(
  type: T,
) {
  return ({ connection }: Fields) => (isIndex(connection) ? { type, connection } : undefined);
}

const PARSERS: { readonly [T in FromWebview['type']]: Parser<Extract<FromWebview, { type: T }>> } = {
  ready: () => ({ type: 'ready' }),
  'question/answer': ({ questionId, fields }) =>
    isText(questionId) && isTextRecord(fields) ? { type: 'question/answer', questionId, fields } : undefined,
  'question/reveal': aboutQuestion('question/reveal'),
  'question/hint': aboutQuestion('question/hint'),
  'question/retry': aboutQuestion('question/retry'),
  'question/what-if': aboutQuestion('question/what-if'),
  'question/go': ({ index }) => (isIndex(index) ? { type: 'question/go', index } : undefined),
  'rubric/mark': ({ questionId, met }) =>
    isText(questionId) && Array.isArray(met) && met.length <= 100 && met.every((m) => typeof m === 'boolean')
      ? { type: 'rubric/mark', questionId, met }
      : undefined,
  'sitting/pause': () => ({ type: 'sitting/pause' }),
  'sitting/resume': () => ({ type: 'sitting/resume' }),
  'exam/hand-in': () => ({ type: 'exam/hand-in' }),
  'verdict/compare': ({ misconception }) =>
    misconception === undefined || isText(misconception)
      ? { type: 'verdict/compare', misconception }
      : undefined,
  'pack/open': ({ packId }) => (isText(packId) ? { type: 'pack/open', packId } : undefined),
  'pack/restart': () => ({ type: 'pack/restart' }),
  'review/start': () => ({ type: 'review/start' }),
  'capture/choose': aboutConnection('capture/choose'),
  'capture/drill': aboutConnection('capture/drill'),
  'capture/what-if': aboutConnection('capture/what-if'),
  'interview/report': () => ({ type: 'interview/report' }),
  'interview/review': () => ({ type: 'interview/review' }),
  'lab/do': ({ action: asked }) => {
    const action = parseLabAction(asked);
    return action && { type: 'lab/do', action };
  },
  'capture/pack': aboutConnection('capture/pack'),
  'capture/rows': ({ wish }) => {
    if (!isRecord(wish)) return undefined;
    const { from, down, filter } = wish;
    const sort = TABLE_COLUMNS.find((known) => known === wish['sort']);
    return isIndex(from) && sort !== undefined && typeof down === 'boolean' && isText(filter)
      ? { type: 'capture/rows', wish: { from, sort, down, filter } }
      : undefined;
  },
  'capture/part': ({ from }) => (isIndex(from) ? { type: 'capture/part', from } : undefined),
  'capture/stop': () => ({ type: 'capture/stop' }),
  'script/go': ({ line }) => (isIndex(line) ? { type: 'script/go', line } : undefined),
  'picture/drawn': ({ request, octets }) =>
    isIndex(request) && (octets === undefined || octets instanceof Uint8Array)
      ? { type: 'picture/drawn', request, octets }
      : undefined,
  'preferences/set': ({ preferences }) => {
    if (!isRecord(preferences)) return undefined;
    const language = LANGUAGES.find((known) => known === preferences['language']);
    const numbers = NUMBER_MODES.find((known) => known === preferences['numbers']);
    return language && numbers ? { type: 'preferences/set', preferences: { language, numbers } } : undefined;
  },
  'link/open': ({ href }) => (isText(href) && isWebAddress(href) ? { type: 'link/open', href } : undefined),
};

/** Narrows whatever the webview posted, or returns undefined. Never throws. */
export function parseFromWebview(value: unknown): FromWebview | undefined {
  if (!isRecord(value) || typeof value['type'] !== 'string' || !Object.hasOwn(PARSERS, value['type'])) {
    return undefined;
  }
  return PARSERS[value['type'] as FromWebview['type']](value);
}

/** Narrows what the host posted. The host is trusted; this only tells our messages from others'. */
export function parseToWebview(value: unknown): ToWebview | undefined {
  if (!isRecord(value)) return undefined;
  const known = value['type'] === 'screen/show' || value['type'] === 'picture/draw';
  return known ? (value as unknown as ToWebview) : undefined;
}

/** A total map from message type to handler: a message without a handler does not compile. */
export type Handlers<M extends { readonly type: string }> = {
  readonly [T in M['type']]: (message: Extract<M, { type: T }>) => void;
};
