import type { Language } from '../core/text.ts';
import { NUMBER_MODES, type NumberMode, type Preferences } from '../webview/protocol.ts';

/** What `handshake.language` may hold. */
const LANGUAGE_SETTINGS = ['auto', 'en', 'zh-CN'] as const;
export type LanguageSetting = (typeof LANGUAGE_SETTINGS)[number];

/**
 * The language of lessons: the setting, or with `auto` the one closest to VS Code's display language.
 *
 * @param display - a BCP 47 tag as `vscode.env.language` gives it, for example "zh-cn"
 */
export function languageOf(setting: LanguageSetting, display: string): Language {
  if (setting !== 'auto') return setting;
  return /^zh\b/i.test(display) ? 'zh-CN' : 'en';
}

/** Reads preferences from raw setting values; a value we do not know counts as the default. */
export function readPreferences(language: unknown, numbers: unknown, display: string): Preferences {
  const setting: LanguageSetting = LANGUAGE_SETTINGS.find((known) => known === language) ?? 'auto';
  const mode: NumberMode = NUMBER_MODES.find((known) => known === numbers) ?? 'symbolic';
  return { language: languageOf(setting, display), numbers: mode };
}

/** How far a drill's time can be stretched or cut. */
const PACE = { least: 0.5, most: 10 } as const;

/** Reads `handshake.drillPace`; what is no number counts as 1. */
export function readPace(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 1;
  return Math.min(PACE.most, Math.max(PACE.least, value));
}

/** What to write into the settings so that `wanted` comes true: only what differs from what holds now. */
export function settingChanges(
  now: Preferences,
  wanted: Preferences,
): readonly { readonly key: 'language' | 'numbers'; readonly value: string }[] {
  return (['language', 'numbers'] as const)
    .filter((key) => now[key] !== wanted[key])
    .map((key) => ({ key, value: wanted[key] }));
}
