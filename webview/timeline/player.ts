import { useEffect, useState } from 'preact/hooks';
import { useShortcuts } from '../keys.ts';

export interface Player {
  readonly playing: boolean;
  readonly toggle: () => void;
  /** Goes to a step and stops playing. */
  readonly go: (step: number) => void;
}

/** Milliseconds of real time per step while playing. */
const PACE = 900;

/**
 * Steps through a timeline by hand, by key, or on its own.
 *
 * @param move - takes the next cursor
 */
export function usePlayer(cursor: number, last: number, move: (step: number) => void): Player {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return undefined;
    if (cursor >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => move(cursor + 1), PACE);
    return () => clearTimeout(timer);
  }, [playing, cursor, last, move]);
  const go = (step: number) => {
    setPlaying(false);
    if (last >= 0) move(Math.max(0, Math.min(last, step)));
  };
  const toggle = () => {
    if (!playing && cursor >= last && last > 0) move(0);
    setPlaying(!playing && last > 0);
  };
  useShortcuts({
    'ArrowLeft': () => go(cursor - 1),
    ',': () => go(cursor - 1),
    'ArrowRight': () => go(cursor + 1),
    '.': () => go(cursor + 1),
    'Home': () => go(0),
    'End': () => go(last),
    ' ': toggle,
  });
  return { playing, toggle, go };
}
