// What a capture editor says in the language of lessons.

import type { Bilingual, Language } from '../../core/text.ts';
import type { ConnectionSummary, Ending, Opening } from '../../core/wire/connections.ts';
import { type CaptureIssue, issueText } from '../../core/wire/issue.ts';
import { fill } from '../panels/screen-texts.ts';
import type { TooLarge } from './octet-source.ts';

const OPENINGS = {
  handshake: { en: 'handshake', 'zh-CN': '三次握手' },
  simultaneous: { en: 'simultaneous open', 'zh-CN': '同时打开' },
  refused: { en: 'refused', 'zh-CN': '被拒绝' },
  unanswered: { en: 'SYN without answer', 'zh-CN': 'SYN 无应答' },
  'not-seen': { en: 'began before the capture', 'zh-CN': '抓包开始前已建立' },
} as const satisfies Record<Opening, Bilingual>;

const ENDINGS = {
  closed: { en: 'closed by both', 'zh-CN': '双方都已关闭' },
  'half-closed': { en: 'half-closed', 'zh-CN': '半关闭' },
  reset: { en: 'reset', 'zh-CN': '被重置' },
  open: { en: 'still open', 'zh-CN': '仍然打开' },
} as const satisfies Record<Ending, Bilingual>;

const PLACE: Bilingual = { en: '{0}, byte {1}: {2}', 'zh-CN': '{0} 第 {1} 字节：{2}' };

const NO_TCP: Bilingual = {
  en: '{0}: there is no TCP segment in it (frames: {1}). Capture TCP traffic, for example: tcpdump -w FILE.pcap tcp.',
  'zh-CN': '{0}：其中没有 TCP 报文段（帧数：{1}）。请抓取 TCP 流量，例如：tcpdump -w FILE.pcap tcp。',
};

/** What is wrong with a capture file: file, place, remedy. */
export function captureIssueText(file: string, issue: CaptureIssue, language: Language): string {
  return fill(PLACE, language, file, issue.offset, issueText(issue)[language]);
}

/** For a file that could be read but holds no TCP. */
export function noTcpText(file: string, frames: number, language: Language): string {
  return fill(NO_TCP, language, file, frames);
}

const BROKEN_GZIP: Bilingual = {
  en: '{0}: the gzip file breaks off or is damaged; {1} frames before that were read. Copy it again, or unpack it: gunzip FILE.gz.',
  'zh-CN': '{0}：gzip 文件中途断了或已损坏，此前的 {1} 帧已经读出。请重新复制，或先解压：gunzip FILE.gz。',
};

/** For a gzip file that can be unpacked in part. */
export function brokenGzipText(file: string, frames: number, language: Language): string {
  return fill(BROKEN_GZIP, language, file, frames);
}

const TOO_LARGE: Bilingual = {
  en: '{0} has {1} MB. Here VS Code hands a file over in one piece, and more than {2} MB would fill the memory. Open it in VS Code on the desktop, which reads any size in pieces, or cut it first: editcap -c 500000 IN OUT, or tcpdump -r IN -w OUT "tcp port 80".',
  'zh-CN':
    '{0} 有 {1} MB。在这里 VS Code 只能一次交出整个文件，超过 {2} MB 会耗尽内存。请在桌面版 VS Code 中打开（按块读取，大小不限），或先切小：editcap -c 500000 IN OUT，或 tcpdump -r IN -w OUT "tcp port 80"。',
};

/** For a file that cannot be read in pieces and does not fit into memory. */
export function tooLargeText(file: string, { octets, most }: TooLarge, language: Language): string {
  return fill(TOO_LARGE, language, file, Math.ceil(octets / 1e6), Math.floor(most / 1e6));
}

const STOPPED: Bilingual = {
  en: '{0}: reading was stopped after {1} MB; what is listed is what those hold. Close and open the file to read it all.',
  'zh-CN': '{0}：读取在 {1} MB 处被停止；列出的是其中的内容。要读取全部，请关闭后重新打开文件。',
};

/** For a file whose reading the user ended. */
export function stoppedText(file: string, octets: number, language: Language): string {
  return fill(STOPPED, language, file, (octets / 1e6).toFixed(1));
}

/** How a connection began and ended, in words. */
export function lifeTexts(
  { opening, ending }: ConnectionSummary,
  language: Language,
): { readonly opened: string; readonly ended: string } {
  return { opened: OPENINGS[opening][language], ended: ENDINGS[ending][language] };
}
