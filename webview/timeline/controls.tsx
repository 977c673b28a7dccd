import { Icon, type IconName } from '../icons.tsx';
import { useShortcuts } from '../keys.ts';
import { PICTURES, type Saved } from '../state.ts';
import { saved, update } from '../store.ts';
import { t } from '../text.ts';
import type { Player } from './player.ts';

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled?: boolean;
  readonly class?: string;
  readonly onClick: () => void;
}

/** A button with nothing but an icon; its name is read out and shown on hover. */
function Tool({ icon, label, disabled = false, class: extra = '', onClick }: ToolProps) {
  return (
    <button
      type="button"
      class={`tool ${extra}`}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The names of tools are the same in every language. */
function pictureName(picture: Saved['picture']): string {
  if (picture === 'drawing') return t('Picture');
  return picture === 'text' ? t('Text') : picture;
}

interface Props {
  readonly player: Player;
  readonly cursor: number;
  /** Number of steps. */
  readonly count: number;
  readonly onFit: () => void;
}

/** Step, play, scrub, zoom, and picture or text. */
export function Controls({ player, cursor, count, onFit }: Props) {
  const { zoom, picture } = saved.value;
  const zoomBy = (factor: number) => update({ kind: 'zoom', zoom: zoom * factor });
  useShortcuts({
    '+': () => zoomBy(1.2),
    '=': () => zoomBy(1.2),
    '-': () => zoomBy(1 / 1.2),
    '0': () => update({ kind: 'zoom', zoom: 1 }),
  });
  const position = t('Step {0} of {1}', count === 0 ? 0 : cursor + 1, count);
  return (
    <div class="controls" role="toolbar" aria-label={t('Timeline controls')}>
      <div class="group">
        <Tool
          icon="first"
          class="spare"
          label={t('First step (Home)')}
          disabled={cursor <= 0}
          onClick={() => player.go(0)}
        />
        <Tool
          icon="back"
          label={t('Step back (←)')}
          disabled={cursor <= 0}
          onClick={() => player.go(cursor - 1)}
        />
        <Tool
          icon={player.playing ? 'pause' : 'play'}
          label={player.playing ? t('Pause (Space)') : t('Play (Space)')}
          disabled={count < 2}
          onClick={player.toggle}
        />
        <Tool
          icon="forward"
          label={t('Step forward (→)')}
          disabled={cursor >= count - 1}
          onClick={() => player.go(cursor + 1)}
        />
        <Tool
          icon="last"
          class="spare"
          label={t('Last step (End)')}
          disabled={cursor >= count - 1}
          onClick={() => player.go(count - 1)}
        />
      </div>
      <input
        class="scrub"
        type="range"
        min="0"
        max={Math.max(0, count - 1)}
        value={Math.max(0, cursor)}
        disabled={count < 2}
        aria-label={t('Step')}
        aria-valuetext={position}
        onInput={(event) => player.go(Number(event.currentTarget.value))}
      />
      <span class="position" aria-hidden="true">
        <span class="spare">{position}</span>
        <span class="brief">
          {count === 0 ? 0 : cursor + 1} / {count}
        </span>
      </span>
      <div class="group zoom">
        <Tool
          icon="minus"
          label={t('Zoom out (−)')}
          disabled={picture !== 'drawing'}
          onClick={() => zoomBy(1 / 1.2)}
        />
        <span class="percent spare">{Math.round(zoom * 100)} %</span>
        <Tool
          icon="plus"
          label={t('Zoom in (+)')}
          disabled={picture !== 'drawing'}
          onClick={() => zoomBy(1.2)}
        />
        <Tool
          icon="fit"
          class="spare"
          label={t('Fit to height')}
          disabled={picture !== 'drawing'}
          onClick={onFit}
        />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form */}
      <div class="group switch" role="group" aria-label={t('Show as')}>
        {PICTURES.map((each) => (
          <button
            type="button"
            key={each}
            class="switch-button"
            aria-pressed={picture === each}
            onClick={() => update({ kind: 'picture', picture: each })}
          >
            {pictureName(each)}
          </button>
        ))}
      </div>
    </div>
  );
}
