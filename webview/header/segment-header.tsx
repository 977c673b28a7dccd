import { peerOf } from '../../core/timeline/timeline.ts';
import { portsOf } from '../../quizzes/engine/ports.ts';
import type { ArrowView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { allForms, contextPerArrow, relativeNumber } from '../numbers.ts';
import { preferences } from '../store.ts';
import { t } from '../text.ts';
import { notesOf } from '../timeline/labels.ts';

/** Control bits in header order, high bit first. RFC 9293 §3.1. */
const BITS = ['URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;

interface NumberCellProps {
  readonly label: string;
  readonly forms: readonly string[];
  /** Which of them is relative. */
  readonly relative: string | undefined;
  readonly tone: string;
}

function NumberCell({ label, forms, relative, tone }: NumberCellProps) {
  const [first = '', ...others] = forms;
  // Bare, the relative number beside a symbol would read as the symbol's value.
  const wordOf = (form: string) => (form === relative ? t('relative {0}', form) : form);
  return (
    <div class={`cell wide ${tone}`}>
      <span class="cell-label">{label}</span>
      <span class="cell-value">
        <strong>{wordOf(first)}</strong>
        {others.map((form) => (
          <span key={form} class="form">
            {' · '}
            {wordOf(form)}
          </span>
        ))}
      </span>
    </div>
  );
}

interface Props {
  readonly view: TimelineView;
  readonly arrow: ArrowView;
}

/** The twenty octets of a segment's header as RFC 9293 Figure 1 draws them. */
export function SegmentHeader({ view, arrow }: Props) {
  const context = contextPerArrow(view, preferences.value.numbers)(arrow);
  const peer = peerOf(arrow.from);
  const ports = portsOf(view.hosts, arrow);
  const notes = notesOf(arrow);
  const ordered = (forms: readonly string[]) =>
    context.mode === 'absolute'
      ? [...forms].reverse()
      : context.mode === 'relative'
        ? [...forms.slice(-2), ...forms.slice(0, -2)]
        : forms;
  return (
    <div class={`segment-header host-${arrow.from}`}>
      <div class="cell half">
        <span class="cell-label">{t('source port')}</span>
        <span class="cell-value">{ports.from}</span>
      </div>
      <div class="cell half">
        <span class="cell-label">{t('destination port')}</span>
        <span class="cell-value">{ports.to}</span>
      </div>
      <NumberCell
        label={t('sequence number')}
        forms={ordered(allForms(arrow.seq, arrow.from, context))}
        relative={relativeNumber(arrow.seq, arrow.from, context)}
        tone={`host-${arrow.from}`}
      />
      {arrow.ack === undefined ? (
        <div class="cell wide unused">
          <span class="cell-label">{t('acknowledgment number')}</span>
          <span class="cell-value">{t('not valid: ACK is not set')}</span>
        </div>
      ) : (
        <NumberCell
          label={t('acknowledgment number')}
          forms={ordered(allForms(arrow.ack, peer, context))}
          relative={relativeNumber(arrow.ack, peer, context)}
          tone={`host-${peer}`}
        />
      )}
      <div class="cell offset">
        <span class="cell-label">{t('offset')}</span>
        <span class="cell-value">{arrow.dataOffset}</span>
      </div>
      <ul class="cell bits" aria-label={t('control bits')}>
        {BITS.map((bit) => {
          const set = arrow.flags.includes(bit);
          return (
            <li key={bit} class={set ? 'set' : ''}>
              <abbr title={set ? t('{0} is set', bit) : t('{0} is not set', bit)}>{bit}</abbr>
              <span>{set ? 1 : 0}</span>
            </li>
          );
        })}
      </ul>
      <div class="cell window">
        <span class="cell-label">{t('window')}</span>
        <span class="cell-value">{arrow.window}</span>
      </div>
      <div class="cell half unused">
        <span class="cell-label">{t('checksum')}</span>
        <span class="cell-value">—</span>
      </div>
      <div class="cell half unused">
        <span class="cell-label">{t('urgent pointer')}</span>
        <span class="cell-value">{arrow.flags.includes('URG') ? arrow.urgent : '—'}</span>
      </div>
      <div class="cell wide tail">
        <span>
          <span class="cell-label">{t('options')}</span>{' '}
          {arrow.options.length > 0 ? arrow.options.join(', ') : '—'}
        </span>
        <span>
          <span class="cell-label">{t('data')}</span> {t('{0} octets', arrow.length)}
        </span>
        {notes.length > 0 && <span class="note">{notes.join(', ')}</span>}
      </div>
    </div>
  );
}
