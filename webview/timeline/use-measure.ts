import { useEffect, useMemo, useState } from 'preact/hooks';
import { TEXT } from './columns.ts';
import { canvasMeasure, type Measure } from './measure.ts';

/** At life size, in pixels. */
export const LINE_HEIGHT = 16;

/** Text widths in the fonts of the theme; new when the theme or the fonts change. */
export function useMeasure(): Measure {
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme((count) => count + 1));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fonts are read from the page, which `theme` stands for
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const family = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
    const mono = family('--vscode-editor-font-family', 'monospace');
    const text = family('--vscode-font-family', 'sans-serif');
    return canvasMeasure({
      mono: `${TEXT}px ${mono}`,
      strong: `600 ${TEXT}px ${mono}`,
      text: `${TEXT}px ${text}`,
    });
  }, [theme]);
}
