import type { SymbolView } from '../../quizzes/engine/timeline-view.ts';
import type { Mark, SittingView } from '../../quizzes/engine/view.ts';
import { Icon } from '../icons.tsx';
import { update } from '../store.ts';
import { t } from '../text.ts';
import { Pickers } from './pickers.tsx';
import { ProgressStrip } from './progress-strip.tsx';
import { SittingBar } from './sitting-bar.tsx';

interface Props {
  readonly title: string;
  readonly profile?: string;
  readonly symbols?: readonly SymbolView[];
  readonly marks: readonly Mark[];
  /** The question on screen; undefined on the screens behind the last. */
  readonly index?: number;
  readonly intro?: string | undefined;
  readonly introOpen?: boolean;
  readonly sitting: SittingView | undefined;
}

function symbolTitle(symbols: readonly SymbolView[]): string {
  return symbols
    .map(({ name, value }) => (value === undefined ? t('{0}: not seen yet', name) : `${name} = ${value}`))
    .join('\n');
}

/** Where the learner is: pack, profile, symbols, questions; and how things are written. */
export function HeaderBar({
  title,
  profile = '',
  symbols = [],
  marks,
  index,
  intro,
  introOpen = false,
  sitting,
}: Props) {
  return (
    <header class="header-bar">
      <h1>{title}</h1>
      <SittingBar sitting={sitting} />
      {profile !== '' && (
        <span class="chip" title={t('Whose behaviour the answers follow')}>
          {t('profile: {0}', profile)}
        </span>
      )}
      {symbols.length > 0 && (
        <span class="chip" title={symbolTitle(symbols)}>
          {t('symbols')} <code>{symbols.map(({ name }) => name).join(' ')}</code>
        </span>
      )}
      {intro !== undefined && (
        <button
          type="button"
          class="chip intro-toggle"
          aria-expanded={introOpen}
          onClick={() => update({ kind: 'intro-read', intro: introOpen ? intro : undefined })}
        >
          {t('Introduction')} <Icon name="down" />
        </button>
      )}
      <ProgressStrip marks={marks} index={index} />
      <Pickers />
    </header>
  );
}
