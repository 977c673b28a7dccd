// What the extension itself says: in the language of lessons, which may differ from VS Code's display language.

import chinese from '../l10n/bundle.l10n.zh-cn.json';
import { languageInUse } from './settings.ts';

const CHINESE: Readonly<Record<string, string>> = chinese;

/**
 * Says a sentence as the setting `handshake.language` wants it, which `vscode.l10n` of the same name cannot. Titles of
 * commands, views and settings, in package.nls, are VS Code's own: they follow its display language.
 */
export const l10n = {
  /** @param message - in English; `{0}` and so on stand for the arguments */
  t(message: string, ...args: readonly (string | number)[]): string {
    const text = languageInUse() === 'en' ? message : (CHINESE[message] ?? message);
    return text.replace(/\{(\d+)\}/g, (whole, place: string) => String(args[Number(place)] ?? whole));
  },
};
