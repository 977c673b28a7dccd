import type { SittingView } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { t } from '../text.ts';
import { Clock } from './clock.tsx';

const MODE_WORDS = {
  drill: () => t('Drill'),
  exam: () => t('Exam'),
} as const satisfies Record<SittingView['mode'], () => string>;

/** That the pack is no practice, and the time left. */
export function SittingBar({ sitting }: { readonly sitting: SittingView | undefined }) {
  if (sitting === undefined) return null;
  const { mode, clock, over } = sitting;
  return (
    <>
      <span class={`chip mode ${mode}`} title={t('How this pack is worked through')}>
        {MODE_WORDS[mode]()}
        {over && ` · ${t('over')}`}
      </span>
      {clock && <Clock clock={clock} />}
      {/* It stays when the clock stands, so that nothing moves. */}
      {mode === 'drill' && clock !== undefined && clock.state !== 'paused' && (
        <button
          type="button"
          class="chip pause"
          disabled={clock.state !== 'running'}
          onClick={() => post({ type: 'sitting/pause' })}
        >
          <Icon name="pause" /> {t('Pause')}
        </button>
      )}
    </>
  );
}
