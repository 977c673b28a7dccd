import { type Markup, trusted } from './markup.ts';

/**
 * `auto`: VS Code's colours where there are any, otherwise by what the reader's system prefers. `light`, `dark`: fixed.
 * `none`: the page that holds the picture has the styles.
 */
export type SvgTheme = 'auto' | 'light' | 'dark' | 'none';

type Colours = Readonly<Record<'paper' | 'ink' | 'quiet' | 'a' | 'b' | 'bad', string>>;

/** Text against paper at least 4.5 : 1 in both. */
const LIGHT: Colours = {
  paper: '#ffffff',
  ink: '#1f2328',
  quiet: '#59636e',
  a: '#0b5cad',
  b: '#9a4b00',
  bad: '#b3261e',
};
const DARK: Colours = {
  paper: '#1e1e1e',
  ink: '#e6e6e6',
  quiet: '#a6a6a6',
  a: '#6cb6ff',
  b: '#ffb066',
  bad: '#ff8a80',
};

/** VS Code's own colours for what is not a host's: its orange may be that of a mark in the margin, too pale to read. */
const VSCODE: Readonly<Partial<Record<keyof Colours, string>>> = {
  paper: '--vscode-editor-background',
  ink: '--vscode-foreground',
  quiet: '--vscode-descriptionForeground',
};

function declarations(colours: Colours, themed: boolean): string {
  const names = Object.keys(colours) as (keyof Colours)[];
  return names
    .map((name) => {
      const own = themed ? VSCODE[name] : undefined;
      return `--hs-${name}:${own === undefined ? colours[name] : `var(${own},${colours[name]})`}`;
    })
    .join(';');
}

const ROOT = '.handshake-timeline';

const SHAPES = [
  `${ROOT}{max-width:100%;height:auto;font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12px}`,
  `${ROOT} .hs-paper{fill:var(--hs-paper)}`,
  `${ROOT} .hs-A{--hs-host:var(--hs-a)}${ROOT} .hs-B{--hs-host:var(--hs-b)}`,
  `${ROOT} text{fill:var(--hs-ink)}`,
  `${ROOT} .hs-name{font-weight:bold;font-size:14px}${ROOT} .hs-name,${ROOT} .hs-state{fill:var(--hs-host)}`,
  `${ROOT} .hs-state{font-weight:bold}${ROOT} .hs-quiet{fill:var(--hs-quiet);font-size:11px}`,
  `${ROOT} .hs-life{stroke:var(--hs-host);stroke-width:2}${ROOT} .hs-dot,${ROOT} .hs-head{fill:var(--hs-host)}`,
  `${ROOT} .hs-arrow{stroke:var(--hs-host);stroke-width:1.6}${ROOT} .hs-dashed{stroke-dasharray:6 4}`,
  `${ROOT} .hs-label{paint-order:stroke;stroke:var(--hs-paper);stroke-width:4px;stroke-linejoin:round}`,
  `${ROOT} .hs-lost{fill:none;stroke:var(--hs-bad);stroke-width:2.4}`,
].join('');

/** The style sheet of a picture in that theme. */
function themeCss(theme: Exclude<SvgTheme, 'none'>): string {
  if (theme !== 'auto') return `${ROOT}{${declarations(theme === 'dark' ? DARK : LIGHT, false)}}${SHAPES}`;
  const [light, dark] = [LIGHT, DARK].map((colours) => `${ROOT}{${declarations(colours, true)}}`);
  // VS Code's theme need not be the system's: the page's class says which it is.
  const inLight = `:is(.vscode-light,.vscode-high-contrast-light) ${light}`;
  const inDark = `:is(.vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light)) ${dark}`;
  return `${light}@media (prefers-color-scheme:dark){${dark}}${inLight}${inDark}${SHAPES}`;
}

export function styleOf(theme: SvgTheme): Markup | undefined {
  return theme === 'none' ? undefined : trusted(`<style>${themeCss(theme)}</style>`);
}
