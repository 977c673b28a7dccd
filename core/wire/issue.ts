import type { Bilingual } from '../text.ts';

/** What is wrong with a capture file, where, and what its owner can do about it. */
export interface CaptureIssue {
  readonly code:
    | 'empty-file'
    | 'not-a-capture'
    | 'compressed'
    | 'cut-header'
    | 'version-unsupported'
    | 'link-unsupported'
    | 'cut-record'
    | 'bad-record'
    | 'another-capture'
    | 'cut-block'
    | 'bad-block';
  /** Octets from the start of the file. */
  readonly offset: number;
  /** In English. */
  readonly message: string;
}

/** The Chinese twins of the messages. */
const CHINESE = {
  'empty-file': '文件是空的。请重新抓包，例如：tcpdump -w FILE.pcap tcp。',
  'not-a-capture':
    '这不是抓包文件：开头既没有 pcap 也没有 pcapng 的魔数。请用 tcpdump -w 保存，或在 Wireshark 中保存。',
  compressed: '文件是压缩过的。请先解压。',
  'cut-header': '文件在文件头中间就断了。请重新复制或重新抓包。',
  'version-unsupported': '无法读取这个版本的抓包文件。请转换：editcap -F pcap IN OUT。',
  'link-unsupported': '无法读取这种链路类型的帧。请用以太网或“any”接口重新抓包。',
  'cut-record': '文件在一条记录中间断了；此前的记录已经读出。请复制完整的文件，或等抓包结束后再复制。',
  'bad-record': '这里的记录声称的长度超过任何一帧；此前的记录已经读出。文件在此处损坏：请重新抓包或复制。',
  'cut-block': '文件在一个块中间断了；此前的帧已经读出。请复制完整的文件，或等抓包结束后再复制。',
  'another-capture':
    '这里开始了另一个抓包文件；此前的记录已经读出。请改用 mergecap -w OUT.pcap ONE.pcap OTHER.pcap 合并抓包。',
  'bad-block': '这里的块自相矛盾；此前的帧已经读出。文件在此处损坏：请重新抓包或复制。',
} as const satisfies Record<CaptureIssue['code'], string>;

/** One or two sentences with the remedy; the file and the place stand beside them. */
export function issueText({ code, message }: CaptureIssue): Bilingual {
  return { en: message, 'zh-CN': CHINESE[code] };
}
