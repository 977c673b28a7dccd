import { t } from '../text.ts';

/** The frame of a lesson before anything arrived, so that nothing jumps when it does. */
export function LoadingScreen() {
  return (
    <div class="lesson loading" role="status" aria-label={t('Loading')}>
      <div class="header-bar" />
      <div class="timeline-pane" />
      <div class="side-panels" />
      <div class="question-pane" />
    </div>
  );
}
