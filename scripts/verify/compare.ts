// Compares an inferred sequence of states with the kernel's. The rules are about how a kernel reports, never about
// a particular trace:
//
// 1. LISTEN is the listener's: a child begins at SYN-RECEIVED, and where RFC 9293 goes back to LISTEN the child is gone.
// 2. SYN-RECEIVED of a listener and TIME-WAIT are seen by polling every 2 ms: shorter ones may be missing.
//    With SYN cookies there is no SYN-RECEIVED at all, and so no end of it.
// 3. FIN-WAIT-2 may be passed within a microsecond when one segment holds both the FIN and the ACK of ours.
// 4. CLOSED between two lives of one pair of ports may be missing: the new one takes the place of the old.
// 5. A timer that was due in the last two seconds of a trace need not have fired in it: kernel timers are coarse.

import type { TcpState } from '../../core/tcp/states.ts';

/** A state and how long it lasted, in milliseconds. */
export interface Spell {
  readonly state: TcpState;
  readonly lasted: number;
  /** Left by a timer, this long before the end of the trace. */
  readonly byTimer?: number;
}

const POLL = 5;
const COARSE_TIMER = 2000;

/** The first difference between the two, or undefined when they agree. */
export function firstDifference(
  inferred: readonly Spell[],
  kernel: readonly Spell[],
  cookies: boolean,
): string | undefined {
  let i = 0;
  let k = 0;
  while (i < inferred.length || k < kernel.length) {
    const ours = inferred[i];
    const theirs = kernel[k];
    if (ours !== undefined && ours.state === theirs?.state) {
      i += 1;
      k += 1;
    } else if (ours !== undefined && mayBeMissing(inferred, i, cookies)) i += 1;
    else if (theirs !== undefined && mayBeMissing(kernel, k, cookies)) k += 1;
    else return `place ${k + 1}: kernel ${theirs?.state ?? '(end)'}, inferred ${ours?.state ?? '(end)'}`;
  }
  return undefined;
}

function mayBeMissing(spells: readonly Spell[], place: number, cookies: boolean): boolean {
  const spell = spells[place];
  const before = spells[place - 1]?.state;
  const after = spells[place + 1]?.state;
  if (spell === undefined) return false;
  switch (spell.state) {
    case 'SYN-RECEIVED':
      return before !== 'SYN-SENT' && (cookies || spell.lasted < POLL);
    case 'TIME-WAIT':
      return spell.lasted < POLL;
    case 'FIN-WAIT-2':
      return before === 'FIN-WAIT-1' && after === 'TIME-WAIT' && spell.lasted < POLL;
    case 'CLOSED':
      if (spell.byTimer !== undefined && after === undefined && spell.byTimer < COARSE_TIMER) return true;
      if (cookies && before === 'SYN-RECEIVED' && place === 1) return true;
      return after === 'SYN-SENT' || after === 'SYN-RECEIVED';
    default:
      return false;
  }
}

/** Joins equal neighbours and tells how long each lasted, up to `end`. Times in milliseconds. */
export function spellsOf(
  states: readonly { readonly state: TcpState; readonly at: number; readonly byTimer?: boolean }[],
  end: number,
): Spell[] {
  const changes = states.filter(({ state }, place) => state !== states[place - 1]?.state);
  return changes.map(({ state, at, byTimer }, place) => ({
    state,
    lasted: (changes[place + 1]?.at ?? end) - at,
    ...(byTimer ? { byTimer: end - at } : {}),
  }));
}
