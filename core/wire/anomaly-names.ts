import type { Bilingual } from '../text.ts';
import type { Anomaly } from './analysis.ts';

/** Anomalies as Wireshark names them. */
export const ANOMALY_NAMES = {
  'retransmission': { en: 'Retransmission', 'zh-CN': '重传' },
  'fast-retransmission': { en: 'Fast Retransmission', 'zh-CN': '快速重传' },
  'spurious-retransmission': { en: 'Spurious Retransmission', 'zh-CN': '虚假重传' },
  'out-of-order': { en: 'Out-Of-Order', 'zh-CN': '乱序' },
  'duplicate-ack': { en: 'Dup ACK', 'zh-CN': '重复 ACK' },
  'previous-segment-not-captured': { en: 'Previous segment not captured', 'zh-CN': '前一报文段未捕获' },
  'acked-unseen-segment': { en: 'ACKed unseen segment', 'zh-CN': '确认了未捕获的报文段' },
  'keep-alive': { en: 'Keep-Alive', 'zh-CN': '保活探测' },
  'keep-alive-ack': { en: 'Keep-Alive ACK', 'zh-CN': '保活 ACK' },
  'zero-window': { en: 'ZeroWindow', 'zh-CN': '零窗口' },
  'zero-window-probe': { en: 'ZeroWindowProbe', 'zh-CN': '零窗口探测' },
  'zero-window-probe-ack': { en: 'ZeroWindowProbeAck', 'zh-CN': '零窗口探测 ACK' },
  'window-full': { en: 'Window Full', 'zh-CN': '窗口已满' },
  'window-update': { en: 'Window Update', 'zh-CN': '窗口更新' },
  'port-reused': { en: 'Port numbers reused', 'zh-CN': '端口号重用' },
  'reset': { en: 'RST', 'zh-CN': 'RST' },
} as const satisfies Record<Anomaly, Bilingual>;
