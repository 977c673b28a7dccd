// Packs to begin with. Each is checked by a test: nothing is wrong with it.

import type { Bilingual } from '../../core/text.ts';

export interface Template {
  readonly id: 'first' | 'loss' | 'course';
  readonly name: Bilingual;
  readonly says: Bilingual;
  readonly text: string;
}

const FIRST = `format: 1
id: my-pack
title: { en: My first pack, zh-CN: 我的第一个题包 }
profile: textbook   # the TCP that plays every scenario: textbook, rfc9293 or linux

scenarios:
  close:
    # Each line happens when everything before it has come to rest.
    script:
      - B: listen
      - A: connect
      - A: send 100..900   # drawn afresh on every try
      - A: close
      - B: close

questions:
  # No answers anywhere: Handshake plays the scenario and reads them off.
  - id: syn-ack
    scenario: close
    when: B receives SYN           # the learner sees up to here
    ask: next segment from B       # flags, seq and ack
  - id: ack-of-fin
    scenario: close
    when: B receives FIN
    ask: [next segment from B, state of B]
    hints:
      - { en: "Does a FIN use up a sequence number?", zh-CN: "FIN 消耗序号吗？" }
`;

const LOSS = `format: 1
id: my-pack
title: { en: When segments are lost, zh-CN: 报文段丢失时 }
profile: rfc9293

scenarios:
  fin-lost:
    script:
      - B: listen
      - A: connect
      - A: send 300
      - A: close
      - B: close
    network:
      - lose: first FIN from A
  last-ack-lost:
    like: fin-lost
    network:
      - lose: last ACK from A

questions:
  - id: fin-again
    scenario: fin-lost
    when: A's retransmission timer fires
    ask: next segment from A
    feedback:
      retransmission-takes-new-number:
        en: "Which octets does it carry? The same ones."
        zh-CN: "它携带哪些字节？还是原来的那些。"
  - id: fin-comes-twice
    scenario: last-ack-lost
    when: A receives FIN 2
    ask: [next segment from A, time left in TIME-WAIT at A]
    difficulty: 3
    tags: [time-wait, retransmission]
`;

const COURSE = `format: 1
id: my-pack
title: { en: Opening and closing, zh-CN: 打开与关闭 }
summary: { en: "Two sections, with texts to read and a prose question.", zh-CN: "两个小节，含阅读文字和一道简答题。" }
license: CC-BY-4.0
profile: textbook

scenarios:
  whole-life:
    script:
      - B: listen
      - A: connect
      - A: send 100..900
      - A: close
      - B: close

sections:
  - title: { en: Opening, zh-CN: 打开 }
    intro:
      en: |
        Both sides choose an **initial sequence number** and tell it to the other.
      zh-CN: |
        双方各选一个**初始序号**并告诉对方。
    questions:
      - id: third-segment
        scenario: whole-life
        when: A receives SYN-ACK
        ask: next segment from A
  - title: { en: Closing, zh-CN: 关闭 }
    questions:
      - id: half-closed
        scenario: whole-life
        when: B receives FIN
        ask: state of B
      - id: last-state
        scenario: whole-life
        when: A receives FIN
        ask: state of A
      - id: why-time-wait
        prompt: { en: "Give the two reasons for TIME-WAIT.", zh-CN: "TIME-WAIT 存在的两个理由是什么？" }
        rubric:
          - { en: "the last ACK may be lost and must be repeatable", zh-CN: "最后的 ACK 可能丢失，需要能够重发" }
          - { en: "old segments must die before the same ports are used again", zh-CN: "旧报文段要在同一端口复用之前消失" }
`;

export const TEMPLATES: readonly Template[] = [
  {
    id: 'first',
    name: { en: 'A first pack', 'zh-CN': '第一个题包' },
    says: { en: 'One scenario, two questions.', 'zh-CN': '一个场景，两道题。' },
    text: FIRST,
  },
  {
    id: 'loss',
    name: { en: 'Loss and retransmission', 'zh-CN': '丢失与重传' },
    says: {
      en: 'Faults of the network, timers, feedback by misconception.',
      'zh-CN': '网络故障、定时器、针对误解的反馈。',
    },
    text: LOSS,
  },
  {
    id: 'course',
    name: { en: 'A short course', 'zh-CN': '一个小课程' },
    says: {
      en: 'Sections with texts to read, and a prose question.',
      'zh-CN': '带阅读文字的小节，和一道简答题。',
    },
    text: COURSE,
  },
];

/** The text of a template under another id. */
export function fromTemplate({ text }: Template, id: string): string {
  return text.replace('id: my-pack', `id: ${id}`);
}
