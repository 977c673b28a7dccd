import { useEffect, useState } from 'preact/hooks';
import type { ClockView } from '../../quizzes/engine/view.ts';
import { Icon } from '../icons.tsx';
import { hostNow } from '../store.ts';
import { t } from '../text.ts';

/** Seconds left at which a screen reader is told. */
const TELL_AT = [300, 60, 30, 10] as const;
/** Seconds from which on the clock stands out. */
const LOW = 10;

function leftOn(clock: ClockView): number {
  return Math.max(0, clock.state === 'running' ? clock.until - hostNow() : clock.left);
}

/** `9:05`, with hours where there are any. */
function formatClock(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** What is said aloud: only at a few moments, or it would never be silent. */
function announcement(seconds: number, whole: number): string {
  const passed = TELL_AT.filter((moment) => moment < whole && seconds <= moment).at(-1);
  if (passed === undefined) return '';
  return passed >= 60 ? t('{0} min left', passed / 60) : t('{0} s left', passed);
}

/** The time left, counted down by the second; it stands still where nothing runs. */
export function Clock({ clock }: { readonly clock: ClockView }) {
  const [, redraw] = useState(0);
  const running = clock.state === 'running';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => redraw((count) => count + 1), 250);
    return () => clearInterval(timer);
  }, [running]);
  const seconds = Math.ceil(leftOn(clock) / 1000);
  const text = formatClock(seconds);
  const low = running && seconds <= LOW;
  return (
    <>
      <span
        class={`chip clock ${clock.state} ${low ? 'low' : ''}`}
        role="timer"
        aria-label={t('Time left: {0}', text)}
        title={t('Time left: {0}', text)}
      >
        <Icon name={clock.state === 'paused' ? 'pause' : 'clock'} />
        {text}
      </span>
      <span class="only-heard" aria-live="polite">
        {running ? announcement(seconds, Math.round(clock.limit / 1000)) : ''}
      </span>
    </>
  );
}
