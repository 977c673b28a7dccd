// The shape of a pack file. Phrases inside texts are read by phrases.ts, names are resolved by compile.ts.

import * as v from 'valibot';
import { PROFILE_IDS } from '../../core/tcp/profiles.ts';
import { LANGUAGES } from '../../core/text.ts';

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const prose = v.pipe(v.string(), v.minLength(1), v.maxLength(20_000));

/** Ids are kept for ever: small letters, digits, hyphens. */
const IdSchema = v.pipe(v.string(), v.maxLength(60), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));

/** One language, or several side by side. */
const TextSchema = v.union([
  prose,
  v.strictObject({ 'en': prose, 'zh-CN': v.optional(prose) }),
  v.strictObject({ 'en': v.optional(prose), 'zh-CN': prose }),
]);
export type TextShape = v.InferOutput<typeof TextSchema>;

const Phrases = v.union([word, v.pipe(v.array(word), v.minLength(1), v.maxLength(8))]);
const flag = v.boolean();
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

/** What a profile may be told to do otherwise; times are phrases such as `30 s`. */
const OverridesSchema = v.strictObject({
  base: v.picklist(PROFILE_IDS),
  'msl': v.optional(word),
  'initial-rto': v.optional(word),
  'min-rto': v.optional(word),
  'max-rto': v.optional(word),
  'delayed-ack': v.optional(word),
  'keepalive-idle': v.optional(word),
  'keepalive-interval': v.optional(word),
  'fin-wait-2-timeout': v.optional(word),
  'user-timeout': v.optional(word),
  'challenge-interval': v.optional(word),
  'syn-retries': v.optional(count),
  'syn-ack-retries': v.optional(count),
  'syn-linear': v.optional(count),
  'data-retries': v.optional(count),
  'orphan-retries': v.optional(count),
  'quick-acks': v.optional(count),
  'initial-window': v.optional(count),
  'ephemeral-ports': v.optional(count),
  'keepalive-probes': v.optional(count),
  'mss': v.optional(count),
  'receive-buffer': v.optional(count),
  'measures-round-trip': v.optional(flag),
  'sends-mss': v.optional(flag),
  'repeats-syn-ack': v.optional(flag),
  'fin-rides-data': v.optional(flag),
  'abort-carries-ack': v.optional(flag),
  'challenge-acks': v.optional(flag),
  'ignores-rst-in-time-wait': v.optional(flag),
  'reopens-time-wait': v.optional(flag),
  'tw-recycle': v.optional(flag),
  'half-duplex-close': v.optional(flag),
  'abort-on-overflow': v.optional(flag),
  'syn-cookies': v.optional(v.picklist(['never', 'on-overflow', 'always'])),
  'takes-syn-data': v.optional(flag),
  'drops-syn-fin': v.optional(flag),
  'tw-reuse': v.optional(flag),
  'timestamps': v.optional(flag),
  'nagle': v.optional(flag),
  'sack': v.optional(flag),
  'loss-recovery': v.optional(flag),
  'tail-loss-probe': v.optional(flag),
  'counts-retries-as-time': v.optional(flag),
  'keepalive-ends-with-rst': v.optional(flag),
});
export type OverridesShape = v.InferOutput<typeof OverridesSchema>;
const ProfileSchema = v.union([v.picklist(PROFILE_IDS), OverridesSchema]);

const HostSchema = v.strictObject({
  name: v.optional(word),
  address: v.optional(word),
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
});
const DrawSchema = v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), word]);

const ActionSchema = v.strictObject({ A: v.optional(word), B: v.optional(word), network: v.optional(word) });

/** `A: send 300`, `network: cut`, `wait: 2 h`, `together: […]`; `after: 2 s` may stand with any of them. */
const LineSchema = v.strictObject({
  ...ActionSchema.entries,
  after: v.optional(word),
  wait: v.optional(word),
  together: v.optional(v.pipe(v.array(ActionSchema), v.minLength(2), v.maxLength(8))),
});
export type LineShape = v.InferOutput<typeof LineSchema>;

const FaultSchema = v.strictObject({
  lose: v.optional(word),
  delay: v.optional(word),
  duplicate: v.optional(word),
});

/** A name in one line, a text in several. */
const PacketdrillSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(100_000));

export const ScenarioSchema = v.strictObject({
  like: v.optional(word),
  profile: v.optional(ProfileSchema),
  believe: v.optional(word),
  capture: v.optional(word),
  /** Which connection of the capture, from 1. */
  connection: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  hosts: v.optional(v.strictObject({ A: v.optional(HostSchema), B: v.optional(HostSchema) })),
  iss: v.optional(v.strictObject({ A: v.optional(DrawSchema), B: v.optional(DrawSchema) })),
  /** Whether later connections number by the clock. */
  'iss-clock': v.optional(flag),
  delay: v.optional(word),
  /** Lines; or a packetdrill script: the name of its file, or its text. */
  script: v.optional(
    v.union([v.pipe(v.array(LineSchema), v.minLength(1), v.maxLength(200)), PacketdrillSchema]),
  ),
  /** Lines after the script of the scenario it is like. */
  continue: v.optional(v.pipe(v.array(LineSchema), v.minLength(1), v.maxLength(200))),
  network: v.optional(v.pipe(v.array(FaultSchema), v.maxLength(50))),
  symbols: v.optional(v.record(v.pipe(v.string(), v.regex(/^[\p{L}][\p{L}\p{N}_']{0,15}$/u)), word)),
});
export type ScenarioShape = v.InferOutput<typeof ScenarioSchema>;

export const QuestionSchema = v.strictObject({
  id: IdSchema,
  replaces: v.optional(v.union([IdSchema, v.array(IdSchema)])),
  title: v.optional(TextSchema),
  scenario: v.optional(word),
  when: v.optional(word),
  ask: v.optional(Phrases),
  prompt: v.optional(TextSchema),
  rubric: v.optional(v.pipe(v.array(TextSchema), v.minLength(1), v.maxLength(20))),
  hints: v.optional(v.pipe(v.array(TextSchema), v.maxLength(10))),
  feedback: v.optional(v.record(v.string(), TextSchema)),
  difficulty: v.optional(v.picklist([1, 2, 3])),
  points: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1000))),
  tags: v.optional(v.pipe(v.array(word), v.maxLength(20))),
  alternatives: v.optional(v.pipe(v.array(word), v.minLength(1), v.maxLength(8))),
});
export type QuestionShape = v.InferOutput<typeof QuestionSchema>;

export const SectionSchema = v.strictObject({
  title: v.optional(TextSchema),
  intro: v.optional(TextSchema),
  questions: v.array(v.unknown()),
});

/** How an exam is held; `time-limit` is a phrase such as `45 min`, `pass` a percentage. */
const ExamSchema = v.strictObject({
  'time-limit': v.optional(word),
  'shuffle': v.optional(flag),
  'feedback': v.optional(v.picklist(['at end', 'at once'])),
  'pass': v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
});
export type ExamShape = v.InferOutput<typeof ExamSchema>;

/** The frame of a pack. Scenarios and questions are read one by one, so that one bad one does not spoil the rest. */
export const FrameSchema = v.strictObject({
  format: v.literal(1),
  id: IdSchema,
  version: v.optional(word),
  title: TextSchema,
  summary: v.optional(TextSchema),
  license: v.optional(word),
  author: v.optional(word),
  authors: v.optional(v.pipe(v.array(word), v.minLength(1), v.maxLength(50))),
  /** What its texts are in; otherwise the languages of its title. */
  languages: v.optional(v.pipe(v.array(v.picklist(LANGUAGES)), v.minLength(1))),
  profile: v.optional(ProfileSchema),
  intro: v.optional(TextSchema),
  exam: v.optional(ExamSchema),
  scenarios: v.optional(v.record(v.string(), v.unknown())),
  questions: v.optional(v.array(v.unknown())),
  sections: v.optional(v.array(SectionSchema)),
});
export type FrameShape = v.InferOutput<typeof FrameSchema>;
