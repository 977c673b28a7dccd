import { ms } from '../../core/tcp/time.ts';
import type { ExamSettings } from '../engine/pack.ts';
import type { PackDocument } from './document.ts';
import { readPhrase } from './phrase-place.ts';
import { readDuration } from './phrases.ts';
import type { ExamShape } from './schema.ts';

/** What the author asks of an exam; a time limit that cannot be read is reported and left out. */
export function compileExam(document: PackDocument, shape: ExamShape): ExamSettings {
  const text = shape['time-limit'];
  const limit =
    text === undefined ? undefined : readPhrase(document, ['exam', 'time-limit'], text, readDuration);
  return {
    timeLimit: limit === undefined ? undefined : ms(limit.from),
    shuffle: shape.shuffle ?? false,
    feedback: shape.feedback ?? 'at end',
    pass: shape.pass,
  };
}
