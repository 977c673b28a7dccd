import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../scripts/paths.ts';

/** A pack of one question: its only answer leads to the summary. */
const ONE_QUESTION = `format: 1
id: one-question
title: { en: One question, zh-CN: 一道题 }
profile: textbook
scenarios:
  open:
    script:
      - B: listen
      - A: connect
questions:
  - id: answer-to-syn
    scenario: open
    when: B receives SYN
    ask: flags and ack of next segment from B
`;

/** A pack that YAML itself cannot read: the list in line 4 is never closed. */
const BROKEN = `format: 1
id: broken
title: Broken
tags: [one, two
`;

/** The capture that `learnerFolder` puts in place, and the one it breaks off. */
export const CAPTURE = 'normal_client_close.client.pcap';
export const BROKEN_CAPTURE = 'broken-off.pcap';

/** Fills a folder with what a learner may have: two captures, one of them broken off, and two packs, one of them broken. */
export async function fillLearnerFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const capture = path.join(ROOT, 'quizzes', 'packs', 'captures', CAPTURE);
  const bytes = await readFile(capture);
  await cp(capture, path.join(folder, CAPTURE));
  await writeFile(path.join(folder, BROKEN_CAPTURE), bytes.subarray(0, 700));
  await writeFile(path.join(folder, 'one-question.tcpquiz.yaml'), ONE_QUESTION);
  await writeFile(path.join(folder, 'broken.tcpquiz.yaml'), BROKEN);
}
