import type { Language } from '../../core/text.ts';
import type { LabAction } from '../../quizzes/engine/lab/action.ts';
import { actInLab, type Lab, openLab } from '../../quizzes/engine/lab/lab.ts';
import { labScreen } from '../../quizzes/engine/lab/lab-screen.ts';
import type { LabScreen } from '../../quizzes/engine/lab/lab-view.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { shippedPacks } from '../quizzes/support.ts';

/** Changes by what they are about: arrows are known only once the run before is drawn. */
type Act = (screen: LabScreen) => LabAction;

const latest = ({ changed, original }: LabScreen) => changed ?? original;
const arrowFrom = (screen: LabScreen, host: 'A' | 'B') =>
  latest(screen).arrows.findLast(({ from }) => from === host)?.id ?? 0;
const loseLast =
  (host: 'A' | 'B'): Act =>
  (screen) => ({ type: 'change', request: { kind: 'lose', arrow: arrowFrom(screen, host) } });
const predictFirst: Act = () => ({ type: 'predict-first', on: true });
const crashB: Act = () => ({ type: 'change', request: { kind: 'call', step: 5, host: 'B', call: 'crash' } });
const again: Act = () => ({ type: 'change', request: { kind: 'deliver', arrow: 9_999 } });
const guess: Act = () => ({
  type: 'predict',
  fields: {
    next: 'B',
    flags: 'FIN,ACK',
    seq: 'w',
    ack: 'u',
    'A.state': 'CLOSED',
    'B.state': 'CLOSED',
    rule: 'nothing',
  },
});

const ACTS = {
  'lab/begin': [],
  'lab/last-ack-lost': [loseLast('A')],
  'lab/crash': [crashB],
  'lab/two-changes': [loseLast('A'), loseLast('B')],
  'lab/predicting': [predictFirst, loseLast('A')],
  'lab/predicted': [predictFirst, loseLast('A'), guess],
  'lab/problem': [again],
  'lab/capture': [loseLast('A')],
} as const satisfies Record<string, readonly Act[]>;

export type LabScreenName = keyof typeof ACTS;

/** A shipped scenario in the lab. */
export function labOn(
  packs: readonly Pack[],
  packId = 'four-way-close',
  scenario = 'four-way',
  seed = 7,
): Lab {
  const pack = packs.find(({ id }) => id === packId);
  const lab = pack && openLab(pack, { packId, scenario, seed, begin: undefined });
  if (!lab?.ok) throw new Error(`no scenario ${packId}/${scenario}`);
  return lab.value;
}

/** Screens of the lab on a shipped scenario, by name. */
export async function labScreens(
  language: Language,
): Promise<readonly { readonly name: LabScreenName; readonly screen: LabScreen }[]> {
  const packs = await shippedPacks();
  const fresh = labOn(packs);
  const recorded = labOn(packs, 'real-capture', 'ordinary');
  return Object.entries(ACTS).map(([name, acts]) => {
    const lab = acts.reduce<Lab>(
      (before, act) => actInLab(before, act(labScreen(before, 'en'))),
      name === 'lab/capture' ? recorded : fresh,
    );
    return { name: name as LabScreenName, screen: labScreen(lab, language) };
  });
}
