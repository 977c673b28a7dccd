import { post } from '../host.ts';
import type { PartView } from '../protocol.ts';
import { t } from '../text.ts';

/** Which segments of a long connection are drawn, and the way to the others. */
export function PartBar({ part }: { readonly part: PartView }) {
  const { from, to, of, size } = part;
  const go = (first: number) => post({ type: 'capture/part', from: Math.max(0, Math.min(first, of - 1)) });
  return (
    <nav class="part-bar" aria-label={t('Parts of this connection')}>
      <button type="button" class="secondary small" disabled={from === 0} onClick={() => go(from - size)}>
        {t('Earlier')}
      </button>
      <span role="status">{t('Segments {0} to {1} of {2}', from + 1, to, of)}</span>
      <button type="button" class="secondary small" disabled={to >= of} onClick={() => go(to)}>
        {t('Later')}
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(0, Math.ceil(of / size) - 1)}
        value={Math.floor(from / size)}
        aria-label={t('Part of the connection')}
        aria-valuetext={t('Segments {0} to {1} of {2}', from + 1, to, of)}
        onChange={(event) => go(Number(event.currentTarget.value) * size)}
      />
    </nav>
  );
}
