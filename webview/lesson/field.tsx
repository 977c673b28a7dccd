import { TCP_STATES } from '../../core/tcp/states.ts';
import { formatState, parseFlags } from '../../core/wire/notation.ts';
import type { FieldVerdictView, FieldView } from '../../quizzes/engine/view.ts';
import { Icon } from '../icons.tsx';
import { t } from '../text.ts';
import { FlagsChips, FlagsText } from './flags-field.tsx';
import { OrderField } from './order-field.tsx';
import { PLACEHOLDERS } from './placeholders.ts';

interface Props {
  readonly field: FieldView;
  readonly id: string;
  readonly value: string;
  readonly verdict: FieldVerdictView | undefined;
  /** Why this cannot be graded as it stands. */
  readonly complaint: string | undefined;
  /** Answered: nothing can be changed any more. */
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

/** Whether there is something to grade. */
export function isAnswered(field: FieldView, value: string): boolean {
  if (field.kind === 'order') return true; // as they stand is an order, too
  return field.kind === 'flags' ? parseFlags(value) !== undefined : value.trim() !== '';
}

type ControlProps = Pick<Props, 'field' | 'id' | 'value' | 'disabled' | 'complaint' | 'onChange'>;

/** The id of the line that judges the field of this id, for whoever hears the field rather than sees it. */
function judgementOf(id: string): string {
  return `${id}-judgement`;
}

function Control({ field, id, value, disabled, complaint, onChange }: ControlProps) {
  const judged = { 'aria-invalid': complaint !== undefined, 'aria-describedby': judgementOf(id) };
  switch (field.kind) {
    case 'flags':
      return <FlagsText label={field.label} {...{ value, disabled, judged, onChange }} />;
    case 'state':
      return (
        <label class={`boxed host-${field.host}`}>
          <span class="boxed-label">{field.label}</span>
          <select
            id={id}
            value={value}
            disabled={disabled}
            {...judged}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            <option value="">{t('choose a state')}</option>
            {TCP_STATES.map((state) => (
              <option key={state} value={state}>
                {field.spelling === undefined
                  ? state
                  : state === 'CLOSED'
                    ? t('no line')
                    : formatState(state, field.spelling)}
              </option>
            ))}
          </select>
        </label>
      );
    case 'choice':
      return (
        <fieldset class="choice" disabled={disabled} aria-describedby={judgementOf(id)}>
          <legend>{field.label}</legend>
          <div class="options">
            {field.options.map((option, place) => (
              <label key={option.value} class="option">
                <input
                  type="radio"
                  id={place === 0 ? id : undefined}
                  name={field.name}
                  value={option.value}
                  checked={value === option.value}
                  onChange={() => onChange(option.value)}
                />
                <span>{option.label}</span>
              </label>
            ))}
          </div>
        </fieldset>
      );
    case 'order':
      return (
        <OrderField
          id={id}
          label={field.label}
          items={field.items}
          describedBy={judgementOf(id)}
          {...{ value, disabled, onChange }}
        />
      );
    case 'word':
      return (
        <label class="boxed">
          <span class="boxed-label">{field.label}</span>
          <input
            type="text"
            id={id}
            list={`${id}-words`}
            value={value}
            readOnly={disabled}
            {...judged}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            size={12}
            placeholder={PLACEHOLDERS.word}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <datalist id={`${id}-words`}>
            {field.words.map((word) => (
              <option key={word} value={word} />
            ))}
          </datalist>
        </label>
      );
    case 'number':
    case 'duration':
      return (
        <label class="boxed">
          <span class="boxed-label">{field.label}</span>
          <input
            type="text"
            id={id}
            value={value}
            readOnly={disabled}
            {...judged}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            size={8}
            placeholder={PLACEHOLDERS[field.kind === 'number' && field.counts ? 'count' : field.kind]}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        </label>
      );
  }
}

type JudgementProps = Pick<Props, 'id' | 'verdict' | 'complaint'>;

/** The judgement of one field in words; its line is there from the start, so nothing moves. */
function Judgement({ id, verdict, complaint }: JudgementProps) {
  if (verdict?.correct) {
    return (
      <div class="judgement" id={judgementOf(id)}>
        <Icon name="right" /> {t('right')}
      </div>
    );
  }
  const text = verdict ? t('expected {0}', verdict.expected) : complaint;
  return (
    <div class="judgement" id={judgementOf(id)} title={text}>
      {text !== undefined && (
        <>
          <Icon name={verdict ? 'wrong' : 'note'} /> {text}
        </>
      )}
    </div>
  );
}

/** One thing to fill in, and after the verdict whether it was right. */
export function Field({ field, id, value, verdict, complaint, disabled, onChange }: Props) {
  const outcome = verdict ? (verdict.correct ? 'right' : 'wrong') : complaint === undefined ? '' : 'missing';
  const box = (
    <div class={`field ${field.kind} ${outcome}`}>
      <Control {...{ field, id, value, disabled, complaint, onChange }} />
      <Judgement {...{ id, verdict, complaint }} />
    </div>
  );
  if (field.kind !== 'flags') return box;
  return (
    <>
      <FlagsChips id={id} label={field.label} {...{ value, disabled, onChange }} />
      {box}
    </>
  );
}
