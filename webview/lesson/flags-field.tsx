import { ACK, FIN, type Flags, has, PSH, RST, SYN, segment, URG } from '../../core/tcp/segment.ts';
import { formatFlags, parseFlags } from '../../core/wire/notation.ts';
import { t } from '../text.ts';
import { PLACEHOLDERS } from './placeholders.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  /** What is written so far: "SYN,ACK", "none", or anything typed. */
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

const CHIPS = [
  ['SYN', SYN],
  ['ACK', ACK],
  ['FIN', FIN],
  ['RST', RST],
  ['PSH', PSH],
  ['URG', URG],
] as const satisfies readonly (readonly [string, Flags])[];

/** Written as the grader reads it; no bit at all is an answer too. */
function written(set: Flags): string {
  return set === 0 ? 'none' : formatFlags(set).join(',');
}

/** Control bits as chips to press. */
export function FlagsChips({ id, label, value, disabled, onChange }: Props) {
  const set = parseFlags(value);
  const current = set ?? (0 as Flags);
  const toggle = (bit: Flags) => onChange(written((current ^ bit) as Flags));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || disabled) return;
    const chip = CHIPS.find(([name]) => name[0] === event.key.toUpperCase());
    if (chip === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    toggle(chip[1]);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own form semantics into the row */}
      <div
        class="chips"
        role="group"
        aria-label={t('{0}: press, or type the first letter', label)}
        onKeyDown={onKeyDown}
      >
        {CHIPS.map(([name, bit], place) => {
          const pressed = set !== undefined && has(segment({ flags: set }), bit);
          return (
            <button
              type="button"
              key={name}
              id={place === 0 ? id : undefined}
              class="flag"
              aria-pressed={pressed}
              disabled={disabled}
              onClick={() => toggle(bit)}
            >
              {name}
            </button>
          );
        })}
        <button
          type="button"
          class="flag none"
          aria-pressed={set === 0}
          disabled={disabled}
          title={t('A segment without any control bit')}
          onClick={() => onChange(set === 0 ? '' : 'none')}
        >
          {t('none')}
        </button>
      </div>
    </>
  );
}

interface TextProps extends Omit<Props, 'id'> {
  /** What judges it, where something does. */
  readonly judged?: { readonly 'aria-invalid': boolean; readonly 'aria-describedby': string };
}

/** The same as text. */
export function FlagsText({ label, value, disabled, judged, onChange }: TextProps) {
  return (
    <label class="boxed">
      <span class="boxed-label">{label}</span>
      <input
        type="text"
        value={value}
        readOnly={disabled}
        autocomplete="off"
        spellcheck={false}
        placeholder={PLACEHOLDERS.flags}
        size={8}
        aria-describedby={judged?.['aria-describedby']}
        aria-invalid={judged?.['aria-invalid'] || (value !== '' && parseFlags(value) === undefined)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
