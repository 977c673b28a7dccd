// A pack as the engine knows it: read, checked, and independent of the file it came from. It holds no answers.

import type { SocketCall } from '../../core/host/returns.ts';
import type { TimerName } from '../../core/tcp/event.ts';
import type { Profile, ProfileId } from '../../core/tcp/profiles.ts';
import type { RuleId } from '../../core/tcp/rules.ts';
import type { Flags } from '../../core/tcp/segment.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { Ms } from '../../core/tcp/time.ts';
import type { Bilingual } from '../../core/text.ts';
import type {
  Change,
  Fault,
  NumberRef,
  Scenario,
  SegmentKind,
  SymbolDefinition,
} from '../../core/timeline/scenario.ts';
import type { CallName, HostId, Timeline, TimelineHost } from '../../core/timeline/timeline.ts';
import type { Connection } from '../../core/wire/connections.ts';
import type { BilingualHtml } from './html.ts';

export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  /** One sentence for lists of packs. */
  readonly summary: Bilingual | undefined;
  readonly license: string | undefined;
  /** Who wrote it; absent when nobody says. */
  readonly authors?: readonly string[];
  readonly scenarios: Readonly<Record<string, ScenarioPlan>>;
  readonly sections: readonly Section[];
  /** Of all sections, in order. */
  readonly questions: readonly Question[];
  /** How an exam with this pack is held; undefined when its author says nothing of exams. */
  readonly exam?: ExamSettings;
}

/** What an author asks of an exam. */
export interface ExamSettings {
  /** For the whole pack. */
  readonly timeLimit: Ms | undefined;
  /** Whether the learner's seed decides the order of questions. */
  readonly shuffle: boolean;
  readonly feedback: 'at end' | 'at once';
  /** Percent of the points that is enough; undefined when there is no such line. */
  readonly pass: number | undefined;
}

/** Questions that share a text to read first. */
export interface Section {
  readonly title: Bilingual | undefined;
  readonly intro: BilingualHtml | undefined;
}

export interface Question {
  /** Unique within its pack, for ever. */
  readonly id: string;
  /** Ids this question takes the place of. */
  readonly replaces: readonly string[];
  /** Place in `Pack.sections`. */
  readonly section: number | undefined;
  /** Short, for lists. */
  readonly title: Bilingual;
  /** A key of `Pack.scenarios`; only prose can do without. */
  readonly scenario: string | undefined;
  readonly when: When;
  /** Empty in prose questions. */
  readonly asks: readonly Ask[];
  /** The author's; otherwise one is made from `when` and `asks`. */
  readonly prompt: BilingualHtml | undefined;
  /** Key points of a prose question. */
  readonly rubric: readonly Bilingual[];
  readonly hints: readonly Bilingual[];
  /** By misconception. */
  readonly feedback: Readonly<Record<string, Bilingual>>;
  readonly difficulty: 1 | 2 | 3;
  /** What it counts in an exam and in results; 1 when absent. */
  readonly points?: number;
  /** What a drill gives it, in milliseconds; by difficulty when absent. */
  readonly time?: number;
  readonly tags: readonly string[];
  /** What is right, too; absent when that is only what the core computes. */
  readonly alternatives?: readonly Alternative[];
  /** Asks of the run with this changed, from the change on: a what-if of an interview. */
  readonly whatIf?: Change;
}

/** What the author of a question accepts beside what the core computes for it. */
export type Alternative =
  /** What that profile answers on the same numbers. */
  | { readonly kind: 'profile'; readonly profile: ProfileId }
  /** What would be right at another moment of the run. */
  | { readonly kind: 'moment'; readonly when: When }
  /** One field, as a learner would write it. */
  | { readonly kind: 'value'; readonly field: string; readonly text: string }
  /** Durations that are not far from right: by milliseconds, or by percent of the right one. */
  | { readonly kind: 'within'; readonly unit: 'ms' | 'percent'; readonly amount: number };

/** The moment up to which a learner sees. `which` counts from 1. */
export type When =
  | { readonly kind: 'start' | 'end' }
  /** The arrival is seen, what the host does about it is not. */
  | { readonly kind: 'receives'; readonly host: HostId; readonly segment: SegmentKind; readonly which: Which }
  | { readonly kind: 'sends'; readonly host: HostId; readonly segment: SegmentKind; readonly which: Which }
  /** The call is seen, what follows from it is not. */
  | { readonly kind: 'calls'; readonly host: HostId; readonly call: CallName; readonly which: Which }
  /** The timer is seen to fire, what follows from it is not. */
  | { readonly kind: 'timer'; readonly host: HostId; readonly timer: TimerName; readonly which: Which }
  | { readonly kind: 'enters'; readonly host: HostId; readonly state: TcpState; readonly which: Which }
  /** Nothing was heard for too long: the connection is given up. */
  | { readonly kind: 'gives-up'; readonly host: HostId; readonly which: Which };

export type Which = number | 'last';

/** A part of a segment that can be asked. `takes` is the sequence numbers it uses up, `packet` the IPv4 total length. */
export type SegmentPart = 'flags' | 'seq' | 'ack' | 'length' | 'window' | 'takes' | 'packet';

/** RFC 9293 §3.3.1, as far as it can be asked. */
export type AskedVariable = 'SND.UNA' | 'SND.NXT' | 'RCV.NXT';

/** One thing asked. */
export type Ask =
  /** Of the first segment `host` sends that is not visible yet. */
  | { readonly kind: 'segment'; readonly host: HostId; readonly parts: readonly SegmentPart[] }
  /** After everything that happens at the cut; of the host's connection of that number, from 1, or of all. */
  | { readonly kind: 'state'; readonly host: HostId; readonly connection?: number }
  | { readonly kind: 'variable'; readonly host: HostId; readonly variable: AskedVariable }
  /** Until that timer fires, from the cut on. */
  | { readonly kind: 'time-left'; readonly host: HostId; readonly timer: TimerName }
  /** Who puts the next segment on the wire, and whether that needs a timer. */
  | { readonly kind: 'next-sender' }
  /** What the application is told at the cut. */
  | { readonly kind: 'app'; readonly host: HostId }
  /** What a call gives back at the cut, or `finally` when it has blocked. */
  | {
      readonly kind: 'returns';
      readonly host: HostId;
      readonly call: SocketCall | undefined;
      readonly finally: boolean;
    }
  /** From the cut until that moment comes next. */
  | { readonly kind: 'time-until'; readonly host: HostId; readonly moment: Moment }
  /** Segments of a kind a host sends in the whole run, or from the cut on. */
  | {
      readonly kind: 'count';
      readonly host: HostId;
      readonly segment: SegmentKind;
      readonly from: 'start' | 'cut';
    }
  /** Sockets of a host in a state. */
  | { readonly kind: 'sockets'; readonly host: HostId; readonly state: TcpState }
  /** Which of a host's timers would fire first, or when. */
  | { readonly kind: 'next-timer'; readonly host: HostId; readonly of: 'name' | 'time' }
  /** A column of the line that ss prints for a socket. */
  | {
      readonly kind: 'ss';
      readonly host: HostId;
      readonly column: SsColumn;
      readonly socket: 'listener' | 'newest' | number;
    }
  /** What a program forgot to call. */
  | { readonly kind: 'missing-call'; readonly host: HostId }
  /** So many segments that come next, to be put in order. */
  | { readonly kind: 'order'; readonly count: number }
  /** Which of some segments, all but one of which come next, cannot be. */
  | { readonly kind: 'impossible' }
  /** Which of some rules decides the answers to other asks; see rule-choice.ts, which chooses them. No file can ask it. */
  | { readonly kind: 'rule'; readonly of: readonly Ask[]; readonly options: readonly RuleId[] };

/** An ask about one host. */
export type HostAsk = Extract<Ask, { readonly host: HostId }>;

export type SsColumn = 'state' | 'recv-q' | 'send-q';

/** A moment that can be waited for. */
export type Moment = When | { readonly kind: 'returns'; readonly host: HostId; readonly call: SocketCall };

/** How a scenario's Timeline comes to be. */
export type ScenarioPlan = ScriptPlan | PacketdrillPlan | CapturePlan;

/** A captured connection. */
export interface CapturePlan {
  readonly kind: 'capture';
  readonly id: string;
  readonly file: string;
  readonly timeline: Timeline;
  /** By which the states were inferred; `rfc9293` when absent. */
  readonly profile?: Profile;
  /** Nobody named a profile: only what every profile answers alike may be asked. */
  readonly profileUnset?: boolean;
  /** What was captured, to infer its states by each profile; only when none was named. */
  readonly connection?: Connection;
}

/** What a packetdrill script came to; only its initial sequence numbers are left open. */
export interface PacketdrillPlan {
  readonly kind: 'packetdrill';
  readonly id: string;
  /** Undefined when the script stands in the pack itself. */
  readonly file: string | undefined;
  readonly profile: Profile;
  /** By the script's own numbers. */
  readonly scenario: Scenario;
  /** Drawn anywhere when absent. */
  readonly iss: Readonly<Partial<Record<HostId, Draw>>>;
}

/** A run of the core, with what is drawn afresh on every try left open. */
export interface ScriptPlan {
  readonly kind: 'script';
  readonly id: string;
  readonly profile: Profile;
  /** Nobody named a profile: only what every profile answers alike may be asked. */
  readonly profileUnset?: boolean;
  readonly hosts: Readonly<Record<HostId, TimelineHost>>;
  /** Drawn anywhere when absent. */
  readonly iss: Readonly<Partial<Record<HostId, Draw>>>;
  /** Later connections of a host number by the clock. */
  readonly issClock?: boolean;
  /** One-way. */
  readonly delay: Ms;
  readonly script: readonly PlannedAction[];
  readonly faults: readonly Fault[];
  readonly symbols: readonly SymbolDefinition[];
  /** Plays the run by the rules of this misconception instead of the sound ones. */
  readonly believe: string | undefined;
}

/** An integer drawn from a range, both ends included. */
export interface Draw {
  readonly from: number;
  readonly to: number;
  /** Only `from` plus multiples of this; 1 when absent. */
  readonly step?: number;
}

/** A line of a script; lengths and times may be drawn. Times in milliseconds. */
export interface PlannedAction {
  readonly when:
    | { readonly kind: 'settled' | 'with-previous' }
    | { readonly kind: 'after'; readonly wait: Draw };
  readonly what:
    | {
        readonly kind: 'call';
        readonly host: HostId;
        readonly call: CallName;
        readonly length?: Draw;
        /** Of its own: the peer's is always that of its host. */
        readonly port?: number;
        readonly backlog?: number;
        /** The host's connection it is made on, from 1; 0 is its listener. */
        readonly connection?: number;
      }
    | {
        readonly kind: 'forge';
        readonly from: HostId;
        readonly flags: Flags;
        readonly seq: NumberRef;
        readonly ack?: NumberRef;
        readonly length: number;
        /** Of the one it seems to come from; its host's own when absent. */
        readonly port?: number;
        /** TSval of a timestamps option. */
        readonly timestamp?: number;
      }
    | { readonly kind: 'cut' | 'heal' }
    | { readonly kind: 'wait'; readonly time: Draw };
}
