/** What VS Code puts on the page of a webview, for the themes it ships (VS Code 1.139). */
export interface Theme {
  readonly bodyClass: string;
  readonly colors: Readonly<Record<string, string>>;
}

export const THEMES = {
  'dark': {
    bodyClass: 'vscode-dark',
    colors: {
      'editor-background': '#1f1f1f',
      'foreground': '#cccccc',
      'descriptionForeground': '#9d9d9d',
      'sideBar-background': '#181818',
      'panel-border': '#2b2b2b',
      'button-background': '#0078d4',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#026ec1',
      'input-background': '#313131',
      'input-foreground': '#cccccc',
      'input-border': '#3c3c3c',
      'input-placeholderForeground': '#989898',
      'dropdown-background': '#313131',
      'dropdown-foreground': '#cccccc',
      'focusBorder': '#0078d4',
      'textLink-foreground': '#4daafc',
      'list-hoverBackground': '#2a2d2e',
      'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
      'charts-blue': '#59a4f9',
      'charts-orange': 'rgba(234, 92, 0, 0.33)',
      'charts-green': '#89d185',
      'charts-red': '#f14c4c',
      'charts-yellow': '#cca700',
    },
  },
  'light': {
    bodyClass: 'vscode-light',
    colors: {
      'editor-background': '#ffffff',
      'foreground': '#3b3b3b',
      'descriptionForeground': '#3b3b3b',
      'sideBar-background': '#f8f8f8',
      'panel-border': '#e5e5e5',
      'button-background': '#005fb8',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#0258a8',
      'input-background': '#ffffff',
      'input-foreground': '#3b3b3b',
      'input-border': '#cecece',
      'input-placeholderForeground': '#767676',
      'dropdown-background': '#ffffff',
      'dropdown-foreground': '#3b3b3b',
      'focusBorder': '#005fb8',
      'textLink-foreground': '#005fb8',
      'list-hoverBackground': '#f2f2f2',
      'toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)',
      'charts-blue': '#0063d3',
      'charts-orange': 'rgba(234, 92, 0, 0.33)',
      'charts-green': '#388a34',
      'charts-red': '#e51400',
      'charts-yellow': '#bf8803',
    },
  },
  'hc-dark': {
    bodyClass: 'vscode-high-contrast',
    colors: {
      'editor-background': '#000000',
      'foreground': '#ffffff',
      'descriptionForeground': 'rgba(255, 255, 255, 0.7)',
      'sideBar-background': '#000000',
      'panel-border': '#6fc3df',
      'contrastBorder': '#6fc3df',
      'contrastActiveBorder': '#f38518',
      'button-background': '#000000',
      'button-foreground': '#ffffff',
      'input-background': '#000000',
      'input-foreground': '#ffffff',
      'input-border': '#6fc3df',
      'input-placeholderForeground': 'rgba(255, 255, 255, 0.7)',
      'dropdown-background': '#000000',
      'dropdown-foreground': '#ffffff',
      'focusBorder': '#f38518',
      'textLink-foreground': '#21a6ff',
      'list-hoverBackground': 'rgba(255, 255, 255, 0.1)',
      'charts-blue': '#59a4f9',
      'charts-green': '#89d185',
      'charts-red': '#f48771',
      'charts-yellow': '#ffd370',
    },
  },
  'hc-light': {
    bodyClass: 'vscode-high-contrast vscode-high-contrast-light',
    colors: {
      'editor-background': '#ffffff',
      'foreground': '#292929',
      'descriptionForeground': 'rgba(41, 41, 41, 0.7)',
      'sideBar-background': '#ffffff',
      'panel-border': '#0f4a85',
      'contrastBorder': '#0f4a85',
      'contrastActiveBorder': '#006bbd',
      'button-background': '#0f4a85',
      'button-foreground': '#ffffff',
      'input-background': '#ffffff',
      'input-foreground': '#292929',
      'input-border': '#0f4a85',
      'input-placeholderForeground': 'rgba(41, 41, 41, 0.7)',
      'dropdown-background': '#ffffff',
      'dropdown-foreground': '#292929',
      'focusBorder': '#006bbd',
      'textLink-foreground': '#0f4a85',
      'list-hoverBackground': 'rgba(15, 74, 133, 0.1)',
      'charts-blue': '#0063d3',
      'charts-green': '#374e06',
      'charts-red': '#b5200d',
      'charts-yellow': '#895503',
    },
  },
} as const satisfies Record<string, Theme>;

export type ThemeName = keyof typeof THEMES;

const FONTS = {
  'font-family': 'system-ui, "Ubuntu", "Droid Sans", "DejaVu Sans", sans-serif',
  'font-size': '13px',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", monospace',
  'editor-font-size': '14px',
};

/** The theme as CSS on the root element. */
export function themeCss(name: ThemeName): string {
  const all = { ...FONTS, ...THEMES[name].colors };
  const lines = Object.entries(all).map(([key, value]) => `--vscode-${key}: ${value};`);
  return `:root { ${lines.join(' ')} } body { padding: 0 20px; }`;
}
