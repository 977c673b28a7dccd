import { TRANSITION_TEXTS } from '../../core/tcp/transition-texts.ts';
import type { Trigger } from '../../core/tcp/transitions.ts';
import { preferences } from '../store.ts';
import { t } from '../text.ts';
import type { Edge } from './edges.ts';

const TRIGGERS = {
  'open-passive': () => t('listen()'),
  'open-active': () => t('connect()'),
  'close': () => t('close()'),
  'abort': () => t('abort'),
  'recv-syn': () => t('receives SYN'),
  'recv-syn-ack': () => t('receives SYN ACK'),
  'recv-ack-of-syn': () => t('receives ACK of its SYN'),
  'recv-fin': () => t('receives FIN'),
  'recv-ack-of-fin': () => t('receives ACK of its FIN'),
  'recv-rst': () => t('receives RST'),
  'give-up': () => t('gives up'),
  'time-wait-expires': () => t('2MSL is over'),
  'fin-wait-2-expires': () => t('FIN-WAIT-2 timer fires'),
  'reuse': () => t('a new SYN takes over'),
} as const satisfies Record<Trigger, () => string>;

/** `receives FIN / sends ACK`, for each way from one state to the other. */
export function edgeTriggers(edge: Edge): string {
  const ways = edge.rows.map(({ row }) => {
    const trigger = TRIGGERS[row.on]();
    return row.send === undefined ? trigger : t('{0}, sends {1}', trigger, row.send.replace(',', ' '));
  });
  return [...new Set(ways)].join(' · ');
}

/** What the first row of an edge means, for a learner. */
export function edgeMeaning(edge: Edge): string {
  const [first] = edge.rows;
  return first === undefined ? '' : TRANSITION_TEXTS[first.id][preferences.value.language];
}
