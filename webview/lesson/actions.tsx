import type { ComponentChildren } from 'preact';
import type { QuestionView, SittingView, VerdictView } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { useShortcuts } from '../keys.ts';
import { t } from '../text.ts';

interface ButtonProps {
  readonly primary?: boolean;
  readonly keyName?: string;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly expanded?: boolean;
  readonly onClick?: () => void;
  readonly children: ComponentChildren;
}

/** A button that shows its key. */
export function Action({
  primary = false,
  keyName,
  submit = false,
  disabled = false,
  expanded,
  onClick,
  children,
}: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={primary ? 'primary' : 'secondary'}
      disabled={disabled}
      aria-expanded={expanded}
      onClick={onClick}
    >
      {children}
      {keyName && <kbd>{keyName}</kbd>}
    </button>
  );
}

interface Props {
  readonly question: QuestionView;
  readonly verdict: VerdictView | undefined;
  readonly sitting: SittingView | undefined;
  readonly whyOpen: boolean;
  /** Whether its run can be taken to the what-if lab. */
  readonly branchable: boolean;
  /** Undefined where all profiles answer alike. */
  readonly profilesOpen: boolean | undefined;
  readonly onProfiles: () => void;
  readonly onWhy: () => void;
  readonly onNext: () => void;
  readonly onRetry: () => void;
  /** Exam: goes to the page where it is handed in. */
  readonly onHandIn: () => void;
  readonly onHint: (() => void) | undefined;
}

function checkWords(isExam: boolean, selfMarked: boolean): string {
  if (isExam) return t('Save answer');
  return selfMarked ? t('Show key points') : t('Check');
}

/** What can be done before the answer, and after it. */
export function Actions(props: Props) {
  const { question, verdict, sitting, whyOpen, branchable, profilesOpen } = props;
  const { onProfiles, onWhy, onNext, onRetry, onHint, onHandIn } = props;
  const { id: questionId, selfMarked, hints, hintsLeft } = question;
  const playable = verdict?.misconceptions.find((each) => each.playable);
  const compare = playable ? () => post({ type: 'verdict/compare', misconception: playable.id }) : undefined;
  const whatIf = verdict && branchable ? () => post({ type: 'question/what-if', questionId }) : undefined;
  const profiles = verdict && profilesOpen !== undefined ? onProfiles : undefined;
  const why = verdict && verdict.rules.length > 0 ? onWhy : undefined;
  useShortcuts({ 'p': compare, 'w': why, 'i': whatIf, 'm': profiles });
  const isExam = sitting?.mode === 'exam';
  if (sitting?.saved) {
    return (
      <div class="actions">
        <Action primary keyName="⏎" onClick={onNext}>
          {t('Next')}
        </Action>
        <Action onClick={onHandIn}>{t('Hand in')}</Action>
      </div>
    );
  }
  if (verdict === undefined) {
    return (
      <div class="actions">
        <Action primary submit keyName="⏎">
          {checkWords(isExam, selfMarked)}
        </Action>
        {(hintsLeft > 0 || hints.length > 0) && (
          <Action keyName="H" disabled={onHint === undefined} {...(onHint ? { onClick: onHint } : {})}>
            {hintsLeft > 0 ? t('Hint ({0} left)', hintsLeft) : t('No hint left')}
          </Action>
        )}
        {isExam && <Action onClick={onNext}>{t('Leave open')}</Action>}
        {isExam && <Action onClick={onHandIn}>{t('Hand in')}</Action>}
        {!selfMarked && !isExam && (
          <Action onClick={() => post({ type: 'question/reveal', questionId })}>{t('Show answer')}</Action>
        )}
      </div>
    );
  }
  return (
    <div class="actions">
      <Action primary keyName="⏎" onClick={onNext}>
        {t('Next')}
      </Action>
      {compare && (
        <Action keyName="P" onClick={compare}>
          {t('Play both rules')}
        </Action>
      )}
      {why && (
        <Action keyName="W" expanded={whyOpen} onClick={why}>
          {t('Why?')}
        </Action>
      )}
      {profiles && profilesOpen !== undefined && (
        <Action keyName="M" expanded={profilesOpen} onClick={profiles}>
          {t('Profiles')}
        </Action>
      )}
      {whatIf && (
        <Action keyName="I" onClick={whatIf}>
          {t('What if…')}
        </Action>
      )}
      {isExam && !sitting.over && <Action onClick={onHandIn}>{t('Hand in')}</Action>}
      {!selfMarked && !isExam && <Action onClick={onRetry}>{t('Try again on fresh numbers')}</Action>}
    </div>
  );
}
