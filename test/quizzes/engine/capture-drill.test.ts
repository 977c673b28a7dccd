import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import type { Timeline } from '../../../core/timeline/timeline.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import { act, captureLesson, lessonItems, lessonScreen } from '../../../quizzes/engine/lesson.ts';

const CAPTURES = join(import.meta.dirname, '../../../quizzes/packs/captures');

function timelineOf(file: string): Timeline {
  const capture = decodeCapture(new Uint8Array(readFileSync(join(CAPTURES, file))));
  assert.ok(capture.ok);
  const [first] = connectionsOf(capture.value.packets);
  assert.ok(first);
  return inferTimeline(first);
}

describe('a drill on a capture', () => {
  for (const file of readdirSync(CAPTURES)) {
    it(`asks about the life of ${file}, in its order`, () => {
      let lesson = captureLesson(timelineOf(file), 1, file);
      const items = lessonItems(lesson, 'en');
      assert.ok(items.length >= 5 && items.length <= 8, `${items.length} questions`);
      let steps = 0;
      for (const [index, item] of items.entries()) {
        lesson = act(lesson, { type: 'go', index });
        const before = lessonScreen(lesson, 'en');
        assert.ok(before.kind === 'lesson');
        assert.equal(before.verdict, undefined);
        assert.ok((before.timeline?.steps.length ?? 0) >= steps, 'later questions show more');
        steps = before.timeline?.steps.length ?? 0;
        lesson = act(lesson, { type: 'reveal', questionId: item.id });
        const after = lessonScreen(lesson, 'en');
        assert.ok(after.kind === 'lesson' && after.verdict);
        assert.ok(after.verdict.fields.every(({ expected }) => expected !== ''));
        assert.ok(after.verdict.rules.length > 0, item.id);
      }
    });
  }

  it('names misconceptions on captured numbers, too', () => {
    let lesson = captureLesson(timelineOf('normal_client_close.client.pcap'), 1, 'capture');
    const [first] = lessonItems(lesson, 'en');
    assert.equal(first?.id, 'answer-to-syn-b');
    lesson = act(lesson, {
      type: 'answer',
      questionId: first.id,
      fields: { 'B.flags': 'SYN ACK', 'B.seq': 'y', 'B.ack': 'x' },
    });
    const shown = lessonScreen(lesson, 'en');
    assert.ok(shown.kind === 'lesson');
    assert.deepEqual(
      shown.verdict?.misconceptions.map(({ id }) => id),
      ['syn-consumes-nothing', 'ack-is-last-octet'],
    );
  });
});
