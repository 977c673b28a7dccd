import { useEffect, useRef } from 'preact/hooks';
import { post } from '../host.ts';
import { useShortcuts } from '../keys.ts';
import { t } from '../text.ts';

/** Covers the question while the clock of a drill stands. */
export function Paused() {
  const button = useRef<HTMLButtonElement>(null);
  const resume = () => post({ type: 'sitting/resume' });
  useEffect(() => {
    const focus = () => button.current?.focus();
    if (document.hasFocus()) return focus();
    window.addEventListener('focus', focus, { once: true });
    return () => window.removeEventListener('focus', focus);
  }, []);
  useShortcuts({ Enter: resume });
  return (
    <main class="pause-cover">
      <h2>{t('The clock stands still')}</h2>
      <p class="quiet">{t('The question is covered until you go on.')}</p>
      <button type="button" class="primary" ref={button} onClick={resume}>
        {t('Go on')}
        <kbd>⏎</kbd>
      </button>
    </main>
  );
}
