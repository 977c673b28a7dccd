// What a capture holds, connection by connection, in one pass and with memory for the connections only.

import type { Result } from '../result.ts';
import type { AnomalySet } from './analysis.ts';
import { type Conversation, hear } from './conversation.ts';
import { type ConversationList, conversationTable } from './conversation-table.ts';
import { flowTable } from './flows.ts';
import { type Frame, type FramesRead, frameReader } from './frames.ts';
import { type Incarnation, NO_ISNS, note, place, placeRest } from './incarnations.ts';
import { formatAddress, type IpView } from './ip.ts';
import type { CaptureIssue } from './issue.ts';
import { emptySegmentView, readSegment, type SegmentView } from './segment-view.ts';
import { segmentFinder } from './segments.ts';

/** One end of a flow. */
export interface FlowEnd {
  readonly address: string;
  readonly port: number;
}

/** One segment, once it is known which connection it is of. */
export interface Seen {
  /** Valid during the call only. */
  readonly conversation: Conversation;
  readonly side: 0 | 1;
  readonly segment: SegmentView;
  readonly frame: number;
  readonly odd: AnomalySet;
  /** The TCP header, as far as it was captured. */
  readonly header: Uint8Array;
}

/** Who wants to see segments, beside the connections they are of. */
export interface Onlooker {
  wants(flow: number): boolean;
  see(seen: Seen): void;
}

/** A capture being read. */
export interface CaptureIndexer {
  /** Takes the next octets of the file; false once more of them are of no use. */
  push(chunk: Uint8Array): boolean;
  /** Nothing follows. An error when nothing could be read at all. */
  end(): Result<FramesRead, CaptureIssue>;
  octets(): number;
  /** In order of appearance; once read to the end, in order of their first frames. */
  readonly conversations: ConversationList;
  /** TCP segments so far. */
  segments(): number;
  flowEnd(flow: number, side: 0 | 1): FlowEnd;
}

interface Held {
  readonly side: 0 | 1;
  readonly segment: SegmentView;
  readonly frame: number;
  readonly header: Uint8Array;
}

/** The longest TCP header. RFC 9293 §3.1. */
const LONGEST_HEADER = 60;
const NO_HEADER = new Uint8Array();
const NONE = -1;

interface Flow extends Incarnation {
  /** The number of that of the moment; -1 when there is none. */
  conversation: number;
  turns: number;
  waiting: Held[] | undefined;
}

/** Written out: an object made of another would be several times as slow to use. */
function newFlow(): Flow {
  return {
    over: false,
    fins: 0,
    isns: NO_ISNS,
    begun: false,
    spoke: 0,
    asking: undefined,
    asked: 0,
    held: 0,
    conversation: NONE,
    turns: 0,
    waiting: undefined,
  };
}

/**
 * Makes the reader of one capture.
 *
 * @param onlooker - sees segments in the order of the file, but for those that wait for what tells their connection
 */
export function captureIndexer(onlooker?: Onlooker): CaptureIndexer {
  const find = segmentFinder();
  const table = flowTable();
  const flows: Flow[] = [];
  const conversations = conversationTable();
  const view = emptySegmentView();
  const present: { -readonly [Key in keyof Held]: Held[Key] } = {
    side: 0,
    segment: view,
    frame: 0,
    header: NO_HEADER,
  };
  let segments = 0;

  function take(flow: Flow, number: number, held: Held): void {
    const { side, segment, frame } = held;
    if (flow.conversation === NONE) {
      flow.conversation = conversations.begin(number, flow.turns, side, frame, segment.at);
      flow.turns += 1;
    }
    const now = conversations.look(flow.conversation);
    const odd = hear(now, side, segment, frame);
    if (onlooker?.wants(number)) onlooker.see({ ...held, conversation: now, odd });
  }

  function release(flow: Flow, number: number, verdict: 'begin' | 'release'): void {
    if (verdict === 'begin') flow.conversation = NONE;
    const { waiting } = flow;
    flow.waiting = undefined;
    for (const held of waiting ?? []) {
      note(flow, held.side, held.segment);
      take(flow, number, held);
    }
  }

  function visit(frame: Frame): boolean {
    const located = find(frame);
    if (located === undefined || !readSegment(located.bytes, located.view, view)) return false;
    segments += 1;
    const found = table.find(located.bytes, located.view, view.sourcePort, view.destinationPort);
    const number = found >> 1;
    const side = (found & 1) as 0 | 1;
    let flow = flows[number];
    if (flow === undefined) {
      flow = newFlow();
      flows.push(flow);
    }
    present.side = side;
    present.frame = frame.number;
    view.at = frame.at;
    present.header = onlooker?.wants(number) ? headerOf(located.bytes, located.view) : NO_HEADER;
    const verdict = place(flow, side, view);
    if (verdict === 'hold') {
      flow.waiting ??= [];
      flow.waiting.push({ ...present, segment: { ...view } });
      return true;
    }
    if (verdict !== 'take') {
      release(flow, number, verdict);
      note(flow, side, view);
    }
    take(flow, number, present);
    return true;
  }

  const reader = frameReader(visit);
  return {
    push: reader.push,
    octets: reader.octets,
    end() {
      const read = reader.end();
      flows.forEach((flow, number) => {
        const verdict = placeRest(flow);
        if (verdict === 'begin' || verdict === 'release') release(flow, number, verdict);
      });
      conversations.sort();
      return read;
    },
    conversations: conversations.list,
    segments: () => segments,
    flowEnd(flow, side) {
      const { address, port } = table.end(flow, side);
      return { address: formatAddress(address, 0, address.length), port };
    },
  };
}

function headerOf(bytes: Uint8Array, { start, end }: IpView): Uint8Array {
  return bytes.slice(start, Math.min(end, start + LONGEST_HEADER));
}
