// What the webview keeps by itself while hidden and across reloads. Everything else comes from the host.

import { isRecord } from '../core/record.ts';

/** How one timeline was last looked at. */
export interface ViewState {
  readonly left: number;
  readonly top: number;
  /** The step looked at; undefined follows the last visible one. */
  readonly cursor: number | undefined;
  /** The arrow chosen by hand; undefined follows the cursor. */
  readonly arrow: number | undefined;
}

const FOLDS = ['states', 'header', 'step', 'connections', 'script'] as const;
export type Fold = (typeof FOLDS)[number];

/** Ways to show a timeline. */
export const PICTURES = ['drawing', 'text', 'ss', 'tcpdump'] as const;

export interface Saved {
  /** Opaque: the host's own, kept for its serializer. */
  readonly resume: unknown;
  /** Draft key of a question → field name → what is written there so far. */
  readonly drafts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By the key of the timeline. */
  readonly views: Readonly<Record<string, ViewState>>;
  /** 1 is life size. */
  readonly zoom: number;
  readonly folded: Readonly<Record<Fold, boolean>>;
  /** The introduction that was put away: any other is shown. */
  readonly introRead: string | undefined;
  readonly picture: (typeof PICTURES)[number];
}

export const FRESH_VIEW: ViewState = { left: 0, top: 0, cursor: undefined, arrow: undefined };

export const FRESH: Saved = {
  resume: undefined,
  drafts: {},
  views: {},
  zoom: 1,
  folded: { states: false, header: false, step: false, connections: false, script: false },
  introRead: undefined,
  picture: 'drawing',
};

/** The oldest are forgotten. */
const MAX_KEPT = 30;
export const ZOOM_RANGE = { min: 0.4, max: 3 } as const;

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value).slice(-MAX_KEPT) : [];
}

function numberOr<T>(value: unknown, otherwise: T): number | T {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

function viewOf(value: unknown): ViewState {
  if (!isRecord(value)) return FRESH_VIEW;
  return {
    left: numberOr(value['left'], 0),
    top: numberOr(value['top'], 0),
    cursor: numberOr(value['cursor'], undefined),
    arrow: numberOr(value['arrow'], undefined),
  };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}

/** Within what can still be read and what still fits. */
function clampZoom(zoom: number): number {
  return Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, Math.round(zoom * 100) / 100));
}

/** Reads back what was kept, by this version or another. Never throws; what does not fit is as new. */
export function restore(kept: unknown): Saved {
  if (!isRecord(kept)) return FRESH;
  const folded = isRecord(kept['folded']) ? kept['folded'] : {};
  const fold = (name: Fold) => (typeof folded[name] === 'boolean' ? folded[name] : FRESH.folded[name]);
  return {
    resume: kept['resume'],
    drafts: Object.fromEntries(entries(kept['drafts']).map(([id, fields]) => [id, textsOf(fields)])),
    views: Object.fromEntries(entries(kept['views']).map(([key, view]) => [key, viewOf(view)])),
    zoom: clampZoom(numberOr(kept['zoom'], FRESH.zoom) || FRESH.zoom),
    folded: {
      states: fold('states'),
      header: fold('header'),
      step: fold('step'),
      connections: fold('connections'),
      script: fold('script'),
    },
    introRead: typeof kept['introRead'] === 'string' ? kept['introRead'] : undefined,
    picture: PICTURES.find((each) => each === kept['picture']) ?? 'drawing',
  };
}

/** Puts `value` last, so that what is used stays and the oldest goes. */
function keep<T>(record: Readonly<Record<string, T>>, key: string, value: T): Readonly<Record<string, T>> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries([...others.slice(1 - MAX_KEPT), [key, value]]);
}

/** What a learner can change about the webview's own state. */
export type Change =
  | { readonly kind: 'resume'; readonly resume: unknown }
  | { readonly kind: 'draft'; readonly question: string; readonly field: string; readonly text: string }
  | { readonly kind: 'forget-draft'; readonly question: string }
  | { readonly kind: 'view'; readonly key: string; readonly view: Partial<ViewState> }
  | { readonly kind: 'zoom'; readonly zoom: number }
  | { readonly kind: 'intro-read'; readonly intro: string | undefined }
  | { readonly kind: 'fold'; readonly fold: Fold; readonly folded: boolean }
  | { readonly kind: 'picture'; readonly picture: Saved['picture'] };

/** The state after one change. */
export function change(saved: Saved, step: Change): Saved {
  switch (step.kind) {
    case 'resume':
      return { ...saved, resume: step.resume };
    case 'draft': {
      const draft = { ...saved.drafts[step.question], [step.field]: step.text };
      return { ...saved, drafts: keep(saved.drafts, step.question, draft) };
    }
    case 'forget-draft': {
      const others = Object.entries(saved.drafts).filter(([id]) => id !== step.question);
      return { ...saved, drafts: Object.fromEntries(others) };
    }
    case 'view':
      return {
        ...saved,
        views: keep(saved.views, step.key, { ...(saved.views[step.key] ?? FRESH_VIEW), ...step.view }),
      };
    case 'zoom':
      return { ...saved, zoom: clampZoom(step.zoom) };
    case 'intro-read':
      return { ...saved, introRead: step.intro };
    case 'fold':
      return { ...saved, folded: { ...saved.folded, [step.fold]: step.folded } };
    case 'picture':
      return { ...saved, picture: step.picture };
  }
}
