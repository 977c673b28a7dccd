import type { Language } from '../../core/text.ts';
import { readScript } from '../../extension/scripts/read-script.ts';
import { scriptScreen } from '../../extension/scripts/script-screen.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type {
  HandInScreen,
  InterviewScreen,
  LessonScreen,
  QuestionView,
  ResultScreen,
  SittingView,
  SummaryScreen,
  VerdictView,
} from '../../quizzes/engine/view.ts';
import type { CaptureScreen, ProblemScreen, Screen } from '../../webview/protocol.ts';
import { MASTERY, MASTERY_EMPTY, MASTERY_ZH } from './mastery-screens.ts';
import {
  closeAnswered,
  closeAsked,
  closeMisunderstood,
  crossing,
  download,
  lastAckLost,
  rule,
} from './timelines.ts';

const PACK = { id: 'close-basics', title: '四次挥手 · Closing a connection', profile: 'textbook' } as const;

const QUESTION: QuestionView = {
  id: 'ack-of-fin',
  draftKey: 'close-basics/ack-of-fin/1',
  prompt:
    '<p><strong>Server B</strong> has just received <code>FIN seq=u</code>. Build the segment it sends next.</p>',
  host: 'B',
  fields: [
    { kind: 'flags', name: 'flags', label: 'flags' },
    { kind: 'number', name: 'seq', label: 'seq' },
    { kind: 'number', name: 'ack', label: 'ack' },
    { kind: 'state', name: 'state', label: 'server is now', host: 'B' },
  ],
  hints: [],
  hintsLeft: 2,
  difficulty: 2,
  selfMarked: false,
  tries: 0,
  given: {},
  notUnderstood: [],
};

const WRONG: VerdictView = {
  outcome: 'partly',
  summary: '3 of 4 fields right',
  fields: [
    { name: 'flags', correct: true, given: 'ACK', expected: 'ACK' },
    { name: 'seq', correct: true, given: 'y+1', expected: 'y+1' },
    { name: 'ack', correct: false, given: 'u', expected: 'u+1' },
    { name: 'state', correct: true, given: 'CLOSE-WAIT', expected: 'CLOSE-WAIT' },
  ],
  rules: [
    rule('fin-consumes', '3.4', 'FIN takes one sequence number, as SYN does: it is acknowledged with seq+1.'),
    rule(
      'ESTABLISHED/recv-fin',
      '3.10.7.4',
      'The peer’s FIN is acknowledged at once and the state is CLOSE-WAIT: waiting for our own application to close.',
    ),
  ],
  misconceptions: [
    {
      id: 'fin-consumes-nothing',
      name: 'FIN consumes no sequence number',
      text: 'FIN, like SYN, takes one number, so the next octet expected is u+1.',
      source: 'RFC 9293 §3.4',
      href: 'https://www.rfc-editor.org/rfc/rfc9293.html#section-3.4',
      feedback: 'Look at what SYN did in the handshake.',
      playable: true,
      instead: false,
    },
  ],
  points: [],
};

function lesson(timeline: TimelineView | undefined, more: Partial<LessonScreen> = {}): LessonScreen {
  return {
    kind: 'lesson',
    pack: PACK,
    intro:
      '<p>Each direction of a connection closes by itself: a <code>FIN</code>, and its acknowledgment.</p><p>Whoever closes first waits at the end.</p>',
    marks: ['right', 'right', 'wrong', 'open', 'open', 'open', 'open', 'self'],
    index: 3,
    timeline,
    question: QUESTION,
    verdict: undefined,
    compare: undefined,
    branchable: true,
    profiles: [],
    ...more,
  };
}

const TIMER_QUESTION: QuestionView = {
  ...QUESTION,
  id: 'timer-restarts',
  draftKey: 'close-basics/timer-restarts/1',
  prompt:
    '<p>The last ACK of A was lost, and B’s FIN came again. How long does <em>A</em> now stay in TIME-WAIT, and why does it stay at all?</p>',
  host: 'A',
  fields: [
    { kind: 'duration', name: 'left', label: 'time left in TIME-WAIT' },
    {
      kind: 'choice',
      name: 'why',
      label: 'Who sends next?',
      options: [
        { value: 'A', label: 'Client A' },
        { value: 'B', label: 'Server B' },
        { value: 'nobody', label: 'nobody until a timer fires' },
      ],
    },
  ],
  hints: ['What does the arrival of a FIN do to the timer?', 'RFC 9293 says “restart the 2 MSL timeout”.'],
  hintsLeft: 0,
};

const PROSE: QuestionView = {
  ...QUESTION,
  id: 'why-time-wait',
  draftKey: 'close-basics/why-time-wait/1',
  prompt: '<p>Give the two reasons for TIME-WAIT.</p>',
  host: undefined,
  fields: [],
  selfMarked: true,
};

const SUMMARY: SummaryScreen = {
  kind: 'summary',
  pack: PACK,
  marks: ['right', 'right', 'wrong', 'right', 'right', 'open', 'right', 'self'],
  misconceptions: [
    { name: 'FIN consumes no sequence number', text: 'FIN, like SYN, takes one number.', times: 2 },
    {
      name: 'The passive closer holds TIME-WAIT',
      text: 'It is the one that closes first that waits.',
      times: 1,
    },
  ],
  next: { id: 'loss', title: 'Loss and retransmission' },
};

const EXAM: SittingView = {
  mode: 'exam',
  clock: { state: 'stopped', left: 1_421_000, limit: 2_700_000 },
  saved: false,
  over: false,
};
const DRILL: SittingView = {
  mode: 'drill',
  clock: { state: 'stopped', left: 47_000, limit: 90_000 },
  saved: false,
  over: false,
};
const GIVEN: HandInScreen['marks'] = ['given', 'given', 'open', 'given', 'given', 'open', 'given', 'given'];

const RESULT: ResultScreen = {
  kind: 'result',
  pack: PACK,
  marks: ['right', 'right', 'wrong', 'right', 'wrong', 'open', 'right', 'self'],
  sitting: { ...EXAM, over: true },
  why: 'handed-in',
  took: 1_279_000,
  points: 6.67,
  possible: 10,
  percent: 66,
  pass: { line: 60, reached: true },
  questions: [
    { title: 'The answer to a SYN', outcome: 'right', points: 1, possible: 1 },
    {
      title: 'The third segment of the handshake, and what it acknowledges',
      outcome: 'right',
      points: 2,
      possible: 2,
    },
    { title: 'The ACK of a FIN', outcome: 'partly', points: 0.67, possible: 1 },
    { title: 'Who waits in TIME-WAIT', outcome: 'right', points: 3, possible: 3 },
    { title: 'A FIN that comes again', outcome: 'wrong', points: 0, possible: 1 },
    { title: 'How long the timer still runs', outcome: 'open', points: 0, possible: 2 },
    { title: 'A reset in the window', outcome: 'right', points: 1, possible: 1 },
    { title: 'Why TIME-WAIT', outcome: 'self', points: undefined, possible: 1 },
  ],
};

const INTERVIEW: InterviewScreen = {
  kind: 'interview',
  pack: { id: 'interview:drill', title: 'Interview drill', profile: '' },
  marks: [
    'right',
    'right',
    'self',
    'wrong',
    'wrong',
    'self',
    'right',
    'wrong',
    'self',
    'open',
    'open',
    'open',
  ],
  role: 'sre',
  planned: 10,
  used: 497_000,
  graded: { right: 3, of: 8 },
  points: { met: 4, of: 8 },
  lines: [
    {
      title: 'B receives a SYN while its accept queue is full',
      outcome: 'right',
      points: undefined,
      took: 41_000,
    },
    {
      title: 'B receives a SYN while its accept queue is full · why?',
      outcome: 'right',
      points: undefined,
      took: 22_000,
    },
    {
      title: 'B receives a SYN while its accept queue is full · what if?',
      outcome: 'self',
      points: { met: 2, of: 3 },
      took: 75_000,
    },
    { title: 'The ACK of a FIN', outcome: 'wrong', points: undefined, took: 63_000 },
    { title: 'The ACK of a FIN · why?', outcome: 'wrong', points: undefined, took: 45_000 },
    { title: 'The ACK of a FIN · what if?', outcome: 'self', points: { met: 0, of: 2 }, took: 51_000 },
    { title: 'A reset in the window', outcome: 'right', points: undefined, took: 58_000 },
    { title: 'A reset in the window · why?', outcome: 'wrong', points: undefined, took: 67_000 },
    { title: 'A reset in the window · what if?', outcome: 'self', points: { met: 2, of: 3 }, took: 75_000 },
    { title: 'How long the timer still runs', outcome: 'open', points: undefined, took: undefined },
    { title: 'How long the timer still runs · why?', outcome: 'open', points: undefined, took: undefined },
    {
      title: 'How long the timer still runs · what if?',
      outcome: 'open',
      points: { met: 0, of: 3 },
      took: undefined,
    },
  ],
  misconceptions: SUMMARY.misconceptions,
  review: [
    { pack: 'Four-way close and half-close', title: 'The ACK of a FIN' },
    { pack: 'Closing in every case', title: 'A reset in the window' },
  ],
};

const CONNECTIONS = Array.from({ length: 24 }, (_, index) => ({
  index,
  a: `192.0.2.${10 + (index % 5)}:${51_000 + index * 7}`,
  b: index % 4 === 3 ? '[2001:db8::8a2e:370:7334]:443' : '198.51.100.80:80',
  segments: 10 + ((index * 37) % 200),
  bytes: 1000 + ((index * 7919) % 90_000),
  duration: 0.25 + ((index * 13) % 140) * 1.7,
  opened: index % 6 === 5 ? 'capture begins late' : 'three-way handshake',
  ended: ['four-way close', 'RST from server', 'still open'][index % 3] ?? '',
}));

const CAPTURE: CaptureScreen = {
  kind: 'capture',
  file: 'download-with-loss.pcapng',
  connections: CONNECTIONS,
  chosen: 1,
  timeline: download(30),
  problems: [
    'Packet 812 is cut off after 40 octets (snap length); its segment is left out. Capture with -s 0 to keep it.',
  ],
};

/** A part of a long connection, in a list that is longer than what was sent of it, while the file is read. */
const LARGE: CaptureScreen = {
  ...CAPTURE,
  connections: CONNECTIONS.map((row) => ({ ...row, anomaly: row.index % 3 === 0 ? 'Retransmission' : '' })),
  table: { from: 0, sort: 'index', down: false, filter: '', all: 83_200, matching: 83_200 },
  part: { from: 2000, to: 3000, of: 1_000_000, size: 1000 },
  reading: { octets: 412_000_000, size: 1_000_000_000 },
  timeline: withRemarks(download(30)),
};

function withRemarks(view: TimelineView): TimelineView {
  const notes = ['Dup ACK', 'Fast Retransmission', 'Previous segment not captured'];
  return {
    ...view,
    arrows: view.arrows.map((arrow, place) =>
      place % 5 === 2 ? { ...arrow, odd: [notes[place % notes.length] ?? ''] } : arrow,
    ),
  };
}

const SCRIPT_TEXT = `// A server that is asked for a page.
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1460>
+0 > S. 0:0(0) ack 2 <...>
+.1 < . 1:1(0) ack 1 win 32792
+0 accept(3, ..., ...) = 4
+.05 < P. 1:101(100) ack 1 win 257
+0 > . 1:1(0) ack 101
+.02 write(4, ..., 500) = 500
+0 > P. 1:501(500) ack 100
+.1 < . 101:101(0) ack 501 win 257
+0 close(4) = 0
+0 > F. 501:501(0) ack 101
+.05 < F. 101:101(0) ack 502 win 257
+0 > . 502:502(0) ack 102
`;

const scriptIn = (language: Language) =>
  scriptScreen('server.pkt', 'server', SCRIPT_TEXT, readScript(SCRIPT_TEXT), language);

const PROBLEM: ProblemScreen = {
  kind: 'problem',
  title: 'close-basics.tcpquiz.yaml cannot be used yet',
  problems: [
    'Line 12: “B: lsten” is not a call. Did you mean “listen”?',
    'Line 31: question “ack-of-fin” names the scenario “fourway”, which does not exist. There are: four-way, last-ack-lost.',
  ],
  followsFile: true,
};

/** Every kind of screen, as realistic as it gets without the core. */
export const SCREENS = {
  'asked': lesson(closeAsked()),
  'wrong': lesson(closeAnswered(), {
    verdict: WRONG,
    question: { ...QUESTION, tries: 1, given: { flags: 'ACK', seq: 'y+1', ack: 'u', state: 'CLOSE-WAIT' } },
  }),
  'right': lesson(closeAnswered(), {
    verdict: {
      ...WRONG,
      outcome: 'right',
      summary: '4 of 4 fields right',
      misconceptions: [],
      fields: WRONG.fields.map((field) => ({ ...field, correct: true, given: field.expected })),
    },
    question: { ...QUESTION, tries: 1, given: { flags: 'ACK', seq: 'y+1', ack: 'u+1', state: 'CLOSE-WAIT' } },
  }),
  'not-understood': lesson(closeAsked(), {
    question: {
      ...QUESTION,
      given: { flags: 'ACK', seq: 'y plus one', ack: 'u+1', state: 'CLOSE-WAIT' },
      notUnderstood: [{ name: 'seq', text: 'write y+1, 301, 0x1f or an absolute number' }],
    },
  }),
  'time-wait': lesson(lastAckLost(), { question: TIMER_QUESTION, index: 4 }),
  'crossing': lesson(crossing(), { index: 5 }),
  'compare': lesson(closeAnswered(), {
    verdict: WRONG,
    question: { ...QUESTION, tries: 1, given: { flags: 'ACK', seq: 'y+1', ack: 'u', state: 'CLOSE-WAIT' } },
    compare: {
      misconception: 'fin-consumes-nothing',
      name: 'FIN consumes no sequence number',
      right: closeAnswered(),
      wrong: closeMisunderstood(),
      firstDifference: 8,
      text: 'B acknowledges u instead of u+1; A’s FIN is never acknowledged and A sends it again after its retransmission timeout.',
    },
  }),
  'prose': lesson(lastAckLost(), { question: PROSE, index: 6 }),
  'prose-marked': lesson(lastAckLost(), {
    question: { ...PROSE, tries: 1 },
    index: 6,
    verdict: {
      ...WRONG,
      outcome: 'self',
      summary: '1 of 2 key points',
      fields: [],
      misconceptions: [],
      points: [
        { text: 'the last ACK may be lost and must be repeatable', met: true },
        { text: 'old segments must die before the same addresses and ports are used again', met: false },
      ],
    },
  }),
  'no-timeline': lesson(undefined, {
    question: { ...PROSE, prompt: '<p>Why is an initial sequence number random?</p>' },
  }),
  'exam-saved': lesson(closeAsked(), {
    marks: GIVEN,
    sitting: { ...EXAM, saved: true },
    question: {
      ...QUESTION,
      hintsLeft: 0,
      tries: 1,
      given: { flags: 'ACK', seq: 'y+1', ack: 'u', state: 'CLOSE-WAIT' },
    },
  }),
  'exam-asked': lesson(closeAsked(), {
    marks: GIVEN,
    index: 2,
    sitting: EXAM,
    question: { ...QUESTION, hintsLeft: 0 },
  }),
  'drill': lesson(closeAsked(), { sitting: DRILL }),
  'drill-paused': lesson(closeAsked(), {
    sitting: { ...DRILL, clock: { state: 'paused', left: 47_000, limit: 90_000 } },
  }),
  'hand-in': { kind: 'hand-in', pack: PACK, marks: GIVEN, firstOpen: 2, sitting: EXAM },
  'result': RESULT,
  'result-failed': {
    ...RESULT,
    why: 'time',
    pass: { line: 80, reached: false },
  },
  'summary': SUMMARY,
  'interview': INTERVIEW,
  'capture': CAPTURE,
  'script': scriptIn('en'),
  'capture-large': LARGE,
  'capture-no-match': {
    ...CAPTURE,
    connections: [],
    table: { from: 0, sort: 'index', down: false, filter: 'SYN-SENTT', all: 24, matching: 0 },
  },
  'capture-empty': { ...CAPTURE, connections: [], chosen: undefined, timeline: undefined, problems: [] },
  'mastery': MASTERY,
  'mastery-zh': MASTERY_ZH,
  'mastery-empty': MASTERY_EMPTY,
  'problem': PROBLEM,
  'review-nothing': {
    kind: 'problem',
    title: 'Nothing to review now',
    problems: ['Everything that was due has been asked. Next review: in 3 days.'],
    next: { id: 'four-way-close', title: 'Four-way close and half-close' },
  },
  'review-summary': { ...SUMMARY, of: 'review' },
} as const satisfies Record<string, Screen>;

export type ScreenName = keyof typeof SCREENS;
