// Where packs come from beside the workspace, as plain data: what other extensions contribute, which folders the user
// names. pack-library.ts reads them.

import { isRecord } from '../../core/record.ts';
import type { Bilingual } from '../../core/text.ts';

/** A pack that an extension contributes by `contributes.handshakePacks`, by its path in that extension. */
export interface ContributedPack {
  readonly path: string;
}

/** What cannot be used of a contribution, as a sentence. */
export interface ContributionProblem {
  readonly says: Bilingual;
}

/** The contribution point, as other extensions write it. */
const POINT = 'handshakePacks';

/** Reads an extension's package.json, which may hold anything. Never throws. */
export function contributedPacks(packageJson: unknown): readonly (ContributedPack | ContributionProblem)[] {
  const contributes = isRecord(packageJson) ? packageJson['contributes'] : undefined;
  const packs = isRecord(contributes) ? contributes[POINT] : undefined;
  if (packs === undefined) return [];
  if (!Array.isArray(packs)) return [{ says: NO_LIST }];
  return packs.map((entry: unknown, place) => {
    const path = isRecord(entry) ? entry['path'] : undefined;
    if (typeof path !== 'string') return { says: noPath(place) };
    const plain = path.replace(/^\.\//, '');
    if (!/\.tcpquiz\.yaml$/.test(plain)) return { says: noPack(place, path) };
    return isWithin(plain) ? { path: plain } : { says: outside(place, path) };
  });
}

/** Whether a relative path stays in its folder. */
function isWithin(path: string): boolean {
  return !/^[/\\]|^[a-z][a-z0-9+.-]*:/i.test(path) && !path.split(/[/\\]/).includes('..');
}

const NO_LIST: Bilingual = {
  en: 'contributes.handshakePacks is no list; write [{ "path": "./my.tcpquiz.yaml" }].',
  'zh-CN': 'contributes.handshakePacks 不是列表；请写成 [{ "path": "./my.tcpquiz.yaml" }]。',
};

function noPath(place: number): Bilingual {
  return {
    en: `contributes.handshakePacks[${place}] has no path; write { "path": "./my.tcpquiz.yaml" }.`,
    'zh-CN': `contributes.handshakePacks[${place}] 没有 path；请写成 { "path": "./my.tcpquiz.yaml" }。`,
  };
}

function noPack(place: number, path: string): Bilingual {
  return {
    en: `contributes.handshakePacks[${place}]: "${path}" does not end in .tcpquiz.yaml; name the pack file.`,
    'zh-CN': `contributes.handshakePacks[${place}]：“${path}”不以 .tcpquiz.yaml 结尾；请写出题包文件。`,
  };
}

function outside(place: number, path: string): Bilingual {
  return {
    en: `contributes.handshakePacks[${place}]: "${path}" is outside the extension; put the pack into its folder.`,
    'zh-CN': `contributes.handshakePacks[${place}]：“${path}”在扩展之外；请把题包放进扩展的文件夹。`,
  };
}

export function contributionMissing(path: string): Bilingual {
  return {
    en: `contributes.handshakePacks: "${path}" is not in the extension; bring the file back or correct the path.`,
    'zh-CN': `contributes.handshakePacks：扩展中没有“${path}”；请补上该文件或改正路径。`,
  };
}

/** A folder of `handshake.packFolders`, or why it is none. */
export type FolderWish =
  | { readonly kind: 'path' | 'uri'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string; readonly says: Bilingual };

/** Reads the setting `handshake.packFolders`, which may hold anything. Never throws. */
export function folderWishes(setting: unknown): readonly FolderWish[] {
  if (!Array.isArray(setting)) return [];
  const texts = setting.map((each: unknown) => (typeof each === 'string' ? each.trim() : String(each)));
  return [...new Set(texts)]
    .filter((text) => text !== '')
    .map((text): FolderWish => {
      if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return { kind: 'uri', text };
      if (/^[/\\]|^[a-z]:[/\\]/i.test(text)) return { kind: 'path', text };
      return { kind: 'bad', text, says: folderRelative(text) };
    });
}

function folderRelative(text: string): Bilingual {
  return {
    en: `handshake.packFolders: "${text}" is no full path; write it from the root on, for example /home/me/packs.`,
    'zh-CN': `handshake.packFolders：“${text}”不是完整路径；请从根目录写起，例如 /home/me/packs。`,
  };
}

export function folderMissing(text: string): Bilingual {
  return {
    en: `handshake.packFolders: the folder ${text} cannot be read; create it, or take it out of the setting.`,
    'zh-CN': `handshake.packFolders：无法读取文件夹 ${text}；请创建它，或将它从设置中去掉。`,
  };
}
