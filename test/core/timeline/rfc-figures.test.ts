import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ACK, FIN, RST, type Segment, SYN } from '../../../core/tcp/segment.ts';
import { TCP_STATES, type TcpState } from '../../../core/tcp/states.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { timelineText } from '../../../core/timeline/text.ts';
import { HOSTS, type HostId, type Timeline } from '../../../core/timeline/timeline.ts';
import { assertGolden } from '../../golden.ts';
import { isThere, sharedPath } from '../../oracle/shared.ts';
import { FIGURES, type FigureScene } from './figures.ts';

// The figures as the RFC prints them are the expectation: what each end sends and receives, in order, and its states.

const FOLDER = new URL('../../golden/rfc-figures/', import.meta.url);
const RFC = sharedPath('rfc/rfc9293.txt');

/** What one end lives through: a segment leaves or arrives, or a state is noted. */
interface Moment {
  readonly host: HostId;
  readonly what: 'sends' | 'gets' | 'is';
  readonly segment: string;
  readonly state: TcpState | undefined;
}

const LINE = /^\s*(?:\d+\.)?\s*(.*?)\s*(-->|<--|\.\.\.)\s*(<SEQ.*>)\s*(-->|<--|\.\.\.)\s*(.*)$/;
/** Where the column of TCP Peer B begins. */
const MIDDLE = 40;
/** What the RFC says about an end instead of naming its state. */
const SAID: Readonly<Record<string, TcpState>> = {
  '(Abort!!)': 'CLOSED',
  '(ABORT!!)': 'CLOSED',
  '(return to LISTEN!)': 'LISTEN',
};

function stateIn(text: string): TcpState | undefined {
  return SAID[text] ?? TCP_STATES.find((state) => state === text);
}

/** Reads a figure: numbers in place of letters, `<DATA=10>` as plain `<DATA>`. */
function readFigure(text: string, letters: FigureScene['letters']): readonly Moment[] {
  return text.split('\n').flatMap((line): Moment[] => {
    const found = LINE.exec(line);
    if (found === null) return notesIn(line);
    const [, left = '', leftArrow, contents = '', rightArrow, right = ''] = found;
    const segment = numbered(contents, letters);
    const a = { host: 'A', segment, state: stateIn(left) } as const;
    const b = { host: 'B', segment, state: stateIn(right) } as const;
    const atA: Moment = { ...a, what: leftArrow === '-->' ? 'sends' : leftArrow === '<--' ? 'gets' : 'is' };
    const atB: Moment = { ...b, what: rightArrow === '<--' ? 'sends' : rightArrow === '-->' ? 'gets' : 'is' };
    const both = rightArrow === '<--' ? [atB, atA] : [atA, atB];
    return both.filter(({ what, state }) => what !== 'is' || state !== undefined);
  });
}

function notesIn(line: string): Moment[] {
  return [...line.matchAll(/[A-Z0-9-]{6,}/g)].flatMap(({ 0: word, index }) => {
    const state = stateIn(word);
    return state === undefined ? [] : [{ host: index < MIDDLE ? 'A' : 'B', what: 'is', segment: '', state }];
  });
}

function numbered(contents: string, letters: FigureScene['letters'] = {}): string {
  const sums = contents.replace(/([A-Z])(?:\+(\d+))?(?=>)/g, (whole, letter: string, plus = '0') => {
    const value = letters[letter];
    return value === undefined ? whole : String(value + Number(plus));
  });
  const data = /<DATA(?:=\d+)?>/.test(sums) ? '<DATA>' : '';
  return sums.replace(/<DATA(?:=\d+)?>/, '') + data;
}

/** A segment in the RFC's notation; "other fields … have been left out in the interest of clarity", PSH among them. */
function segmentText({ flags, seq, ack, length }: Segment): string {
  const names = [
    ['SYN', SYN],
    ['FIN', FIN],
    ['RST', RST],
    ['ACK', ACK],
  ] as const;
  const set = names.flatMap(([name, bit]) => (flags & bit ? [name] : []));
  const acks = flags & ACK ? `<ACK=${ack}>` : '';
  return `<SEQ=${seq}>${acks}<CTL=${set.join(',')}>${length > 0 ? '<DATA>' : ''}`;
}

/** What one end of a Timeline lives through, from the first segment the figure shows. */
function momentsOf(timeline: Timeline, host: HostId, before: number): readonly Moment[] {
  const moments: Moment[] = [{ host, what: 'is', segment: '', state: 'CLOSED' }];
  const shown = (id: number) => id >= before;
  for (const step of timeline.steps) {
    if (step.host !== host) continue;
    const state = step.path.at(-1);
    const arrival = step.cause.kind === 'arrival' ? [step.cause.transmission] : [];
    if ([...arrival, ...step.sent].some((id) => !shown(id))) moments.length = 0;
    const text = (id: number) => {
      const transmission = timeline.transmissions[id];
      return transmission === undefined ? '' : segmentText(transmission.segment);
    };
    for (const id of arrival.filter(shown)) moments.push({ host, what: 'gets', segment: text(id), state });
    for (const id of step.sent.filter(shown)) moments.push({ host, what: 'sends', segment: text(id), state });
    moments.push({ host, what: 'is', segment: '', state });
  }
  return moments;
}

/** Walks along the figure: every segment in order, none left out, and every state that it names. */
function assertFollows(ours: readonly Moment[], figure: readonly Moment[], whole: boolean): void {
  let place = 0;
  for (const expected of figure) {
    if (expected.what === 'is') {
      const next = ours.findIndex((moment, index) => index >= place && moment.what !== 'is');
      const until = next === -1 ? ours.length : next + 1;
      const states = ours.slice(Math.max(0, place - 1), until).map(({ state }) => state);
      assert.ok(states.includes(expected.state), `${expected.host} is ${expected.state}: ${states.join()}`);
      continue;
    }
    while (ours[place]?.what === 'is') place += 1;
    const got = ours[place];
    place += 1;
    assert.deepEqual([got?.what, got?.segment], [expected.what, expected.segment], expected.host);
    if (expected.state !== undefined)
      assert.equal(got?.state, expected.state, `${expected.host} ${got?.segment}`);
  }
  const more = ours.slice(place).filter(({ what }) => what !== 'is');
  if (whole) assert.deepEqual(more, [], 'nothing follows');
}

describe('the figures of RFC 9293 §3.5 and §3.6, as it prints them (test/golden/rfc-figures)', () => {
  for (const [number, figure] of Object.entries(FIGURES)) {
    const text = readFileSync(new URL(`figure-${number}.txt`, FOLDER), 'utf8').replaceAll('\r\n', '\n');
    const title = /Figure \d+: .*/.exec(text)?.[0] ?? number;

    it(title, () => {
      const timeline = simulate(figure.scene);
      const expected = readFigure(text, figure.letters);
      assert.ok(expected.length >= 4, 'the figure was read');
      for (const host of HOSTS) {
        const own = expected.filter((moment) => moment.host === host);
        assertFollows(momentsOf(timeline, host, figure.before), own, figure.whole);
      }
      assertGolden(`rfc-figures/figure-${number}.timeline.txt`, timelineText(timeline));
    });
  }

  if (!isThere(RFC, 'figures word for word those of the RFC')) return;
  it('are word for word those of the RFC', () => {
    const rfc = readFileSync(RFC, 'utf8').replaceAll(/\s+/g, ' ');
    for (const number of Object.keys(FIGURES)) {
      const text = readFileSync(new URL(`figure-${number}.txt`, FOLDER), 'utf8');
      assert.ok(rfc.includes(text.trim().replaceAll(/\s+/g, ' ')), `Figure ${number}`);
    }
  });
});
