import { useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { t } from '../text.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly items: readonly { readonly value: string; readonly label: string }[];
  /** Letters in the learner's order; empty before anything was moved. */
  readonly value: string;
  readonly disabled: boolean;
  /** The id of what judges the order. */
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
}

/** The letters as they stand: the learner's, and whatever a text from elsewhere leaves out at the end. */
function lettersOf(items: Props['items'], value: string): readonly string[] {
  const all = items.map((item) => item.value);
  const own = [...value.replaceAll(/[^a-z]/g, '')].filter((letter) => all.includes(letter));
  return [...new Set([...own, ...all])];
}

/** Cards that are moved up and down by buttons, or by Alt and an arrow key. */
export function OrderField({ id, label, items, value, disabled, describedBy, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const letters = lettersOf(items, value);
  /** One of its buttons can always be used. */
  const focusItem = (place: number) =>
    list.current?.querySelectorAll('li')[place]?.querySelector<HTMLElement>('button:enabled')?.focus();
  const move = (from: number, to: number) => {
    const letter = letters[from];
    if (disabled || letter === undefined || to < 0 || to >= letters.length) return;
    const rest = letters.filter((other) => other !== letter);
    onChange([...rest.slice(0, to), letter, ...rest.slice(to)].join(''));
    requestAnimationFrame(() => focusItem(to));
  };
  const onKeyDown = (event: KeyboardEvent, place: number) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) move(place, place + by);
    else focusItem(place + by);
  };
  return (
    <div class="order">
      <span class="boxed-label" id={`${id}-label`}>
        {label}
      </span>
      <ol ref={list} aria-labelledby={`${id}-label`} aria-describedby={`${id}-how ${describedBy}`}>
        {letters.map((letter, place) => (
          <li key={letter} onKeyDown={(event) => onKeyDown(event, place)}>
            <span class="card-text">{items.find((item) => item.value === letter)?.label}</span>
            <button
              type="button"
              class="tool"
              aria-label={t('Move {0} up', letter)}
              title={t('Move {0} up', letter)}
              disabled={disabled || place === 0}
              onClick={() => move(place, place - 1)}
            >
              <span class="turned">
                <Icon name="down" />
              </span>
            </button>
            <button
              type="button"
              id={place === 0 ? id : undefined}
              class="tool"
              aria-label={t('Move {0} down', letter)}
              title={t('Move {0} down', letter)}
              disabled={disabled || place === letters.length - 1}
              onClick={() => move(place, place + 1)}
            >
              <Icon name="down" />
            </button>
          </li>
        ))}
      </ol>
      <span class="how" id={`${id}-how`}>
        {t('Move with Alt+↑ and Alt+↓, or with the buttons.')}
      </span>
    </div>
  );
}

/** What stands there before anything was moved. */
export function unmoved(items: Props['items']): string {
  return items.map((item) => item.value).join('');
}
