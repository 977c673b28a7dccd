import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';

/** English sentence → sentence in another language. */
type Dictionary = Readonly<Record<string, string>>;

/** The webview's own words in the learner's language. */
export interface Strings {
  /** Empty for English, and when the dictionary could not be read. */
  in(language: Language): Promise<Dictionary>;
}

const FILES = { en: undefined, 'zh-CN': 'strings.zh-cn.json' } as const satisfies Record<
  Language,
  string | undefined
>;

async function readDictionary(uri: vscode.Uri, log: vscode.LogOutputChannel): Promise<Dictionary> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch (error) {
    log.error(`${uri.toString()} could not be read; the lesson's frame stays English`, error);
    return {};
  }
}

/** Reads a dictionary, which the build put beside the webview's script, when it is first needed. */
export function openStrings(extensionUri: vscode.Uri, log: vscode.LogOutputChannel): Strings {
  const read: Partial<Record<Language, Promise<Dictionary>>> = {};
  return {
    in(language) {
      const file = FILES[language];
      if (file === undefined) return Promise.resolve({});
      read[language] ??= readDictionary(vscode.Uri.joinPath(extensionUri, 'dist', file), log);
      return read[language];
    },
  };
}
