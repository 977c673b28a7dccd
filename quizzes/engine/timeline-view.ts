// What a learner may see of a timeline: plain data, made by project.ts from a Timeline and a cut, drawn by webview/.
// Nothing here may hold, or let anyone compute, what is still to be asked.

import type { Purpose, TimerName } from '../../core/tcp/event.ts';
import type { SegmentOptions } from '../../core/tcp/segment.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { HostId } from '../../core/timeline/timeline.ts';

/** A rule in the learner's language. */
export interface RuleView {
  readonly id: string;
  /** One or two sentences. */
  readonly text: string;
  /** For example "RFC 9293 §3.10.7.4". */
  readonly source: string;
  /** Where that section can be read, an https address; none for what a stack does by itself. */
  readonly href: string | undefined;
}

/** A segment as drawn: numbers are absolute; the webview shows them relative or by symbol. */
export interface ArrowView {
  readonly id: number;
  readonly from: HostId;
  /** Control bits in header order of the display: "SYN", "SYN ACK", "FIN ACK" … */
  readonly flags: readonly string[];
  readonly seq: number;
  /** Undefined without ACK. */
  readonly ack: number | undefined;
  readonly length: number;
  readonly window: number;
  readonly urgent: number;
  /** Options in words, for example "MSS 1460". */
  readonly options: readonly string[];
  /** The same as data. */
  readonly rawOptions?: SegmentOptions;
  /** Of this segment, where they are not those of the hosts. */
  readonly ports?: { readonly from: number; readonly to: number };
  /** Words of the header, options included. RFC 9293 §3.1. */
  readonly dataOffset: number;
  readonly purpose: Purpose;
  readonly copyOf: number | undefined;
  readonly forged: boolean;
  /** Captures only: what Wireshark would remark, in words. */
  readonly odd?: readonly string[];
  /** The first that was not captured, in a capture played again: what follows is the core's. */
  readonly apart?: true;
  /** Milliseconds of simulated time. */
  readonly sentAt: number;
  /** Undefined while in flight at the cut, or lost. */
  readonly arrivesAt: number | undefined;
  readonly lost: boolean;
  /** Captures only: that it was lost is a guess. */
  readonly lossUnsure?: true;
  /** Indices into `TimelineView.steps`; undefined when not visible. */
  readonly sentIn: number | undefined;
  readonly arrivedIn: number | undefined;
}

/** One visible step. */
export interface StepView {
  readonly index: number;
  /** Milliseconds of simulated time. */
  readonly at: number;
  readonly host: HostId;
  /** In the learner's language, for example "close()" or "receives FIN ACK" or "retransmission timer fires". */
  readonly what: string;
  readonly cause: 'call' | 'arrival' | 'timer' | 'departure';
  /** The arrow that arrived or departed, when the cause is one. */
  readonly arrow: number | undefined;
  /** States passed through, first and last included. Hidden while asked. */
  readonly path: readonly TcpState[] | 'hidden';
  /** What the application sees, in words: "read() returns 0 (EOF)"; of a capture what it can: "EOF can be read". */
  readonly app: readonly string[];
  readonly timers: readonly TimerView[];
  readonly rules: readonly RuleView[];
  /** Send and receive variables after the step; undefined while hidden or unknown. */
  readonly variables: VariablesView | undefined;
  /** Every socket of the host after the step; absent while hidden, and in captures. */
  readonly sockets?: readonly SocketView[];
  /** What to take with care, in words: what a capture cannot tell; a state that is in a SYN cookie only. Hidden while asked. */
  readonly doubt: string | undefined;
}

/** A line of `ss -tan`. */
export interface SocketView {
  readonly state: TcpState;
  readonly recvQ: number;
  readonly sendQ: number;
  readonly localPort: number;
  /** Undefined for a listener. */
  readonly remotePort: number | undefined;
}

export interface TimerView {
  readonly name: TimerName;
  readonly change: 'started' | 'restarted' | 'stopped';
  /** Milliseconds from the step to when it fires; undefined when stopped. */
  readonly after: number | undefined;
  /** In the learner's language, for example "2MSL timer restarts: 60 s". */
  readonly text: string;
}

/** RFC 9293 §3.3.1. Absolute numbers. */
export interface VariablesView {
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly sndWnd: number;
  readonly rcvNxt: number | undefined;
  readonly rcvWnd: number;
}

/** A named number. The value is undefined until the learner has seen it. */
export interface SymbolView {
  readonly name: string;
  readonly host: HostId;
  readonly value: number | undefined;
}

export interface HostView {
  /** "Client A", in the learner's language. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** The state before the first visible step. */
  readonly initial: TcpState;
  /** Nobody's TCP: a script says all that it sends, and it has no state. */
  readonly scripted?: true;
  /** First sequence number of this host the learner has seen: the zero of relative numbers. */
  readonly base: number | undefined;
}

/** A Timeline up to a cut. */
export interface TimelineView {
  /** Changes when another run is shown, stays while more of the same run is revealed. */
  readonly key: string;
  readonly hosts: Readonly<Record<HostId, HostView>>;
  readonly steps: readonly StepView[];
  readonly arrows: readonly ArrowView[];
  readonly symbols: readonly SymbolView[];
  /** Something follows that the learner may not see yet. */
  readonly more: boolean;
  /** Whose next segment is asked: drawn as a dashed arrow with "?". */
  readonly asked: HostId | undefined;
  /** Index of the step to stand at until the learner goes elsewhere; the last one when absent. */
  readonly rest?: number;
}
