import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';
import type { Fold } from './state.ts';
import { saved, update } from './store.ts';

interface Props {
  readonly fold: Fold;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A part of the side that can be folded away, and stays so. */
export function Panel({ fold, title, children }: Props) {
  const folded = saved.value.folded[fold];
  return (
    <section class={`panel panel-${fold} ${folded ? 'folded' : ''}`} aria-label={title}>
      <h2>
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => update({ kind: 'fold', fold, folded: !folded })}
        >
          <Icon name="down" />
          {title}
        </button>
      </h2>
      {!folded && <div class="panel-body">{children}</div>}
    </section>
  );
}
