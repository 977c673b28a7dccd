import { useEffect, useRef } from 'preact/hooks';

const TYPING =
  'input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable=true]';
/** Elements that have a use for the key themselves. */
const OWNERS: Readonly<Record<string, string>> = {
  'Enter': 'button, a, summary, [role=button], [role=radio]',
  ' ': 'button, a, summary, input, [role=button]',
  'ArrowLeft': 'input, [data-arrows]',
  'ArrowRight': 'input, [data-arrows]',
  'Home': 'input',
  'End': 'input',
};

/** Whether a key pressed on this element means something to the element itself. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING) !== null) return true;
  const owners = OWNERS[key];
  return owners !== undefined && target.closest(owners) !== null;
}

/**
 * Shortcuts of one component, for as long as it is shown. Keys typed into a field, or with Ctrl, Alt or Meta, are left alone.
 *
 * @param shortcuts - `KeyboardEvent.key` → what to do; letters in lower case
 */
export function useShortcuts(shortcuts: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = latest.current[key];
      if (run === undefined || isTaken(event.target, event.key)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
