/** A pack of so many questions on forty scenarios, with hints and feedback in both languages. */
export function bigPack(questions: number): string {
  const scenarios = Array.from(
    { length: 40 },
    (_, place) => `  s${place}:
    script:
      - B: listen
      - A: connect
      - A: send ${100 + place}..900
      - A: close
      - B: close
`,
  );
  // In the order of a connection's life, so that no picture gives away what is asked later.
  const asked = [
    ['B receives SYN', 'next segment from B', 'syn-consumes-nothing'],
    ['B receives FIN', 'next segment from B', 'fin-consumes-nothing'],
    ['A receives FIN', 'state of A', 'no-time-wait'],
  ] as const;
  const items = Array.from({ length: questions }, (_, place) => {
    const [when, ask, misconception] = asked[Math.floor((place * asked.length) / questions)] ?? asked[0];
    return `  - id: q-${place}
    scenario: s${place % 40}
    when: ${when}
    ask: ${ask}
    hints:
      - { en: "What does it use up?", zh-CN: "它消耗多少？" }
    feedback:
      ${misconception}: { en: "Look at the drawing again.", zh-CN: "再看看图。" }
`;
  });
  return `format: 1
id: big
title: { en: Big, zh-CN: 大 }
profile: textbook
scenarios:
${scenarios.join('')}questions:
${items.join('')}`;
}
