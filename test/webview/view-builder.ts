import type { Purpose } from '../../core/tcp/event.ts';
import { add, seq } from '../../core/tcp/seq.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import { type HostId, peerOf } from '../../core/timeline/timeline.ts';
import type {
  ArrowView,
  RuleView,
  StepView,
  SymbolView,
  TimelineView,
  TimerView,
} from '../../quizzes/engine/timeline-view.ts';

/** What a step sends: defaults are those of the host's next segment. */
export interface Sending {
  readonly flags: string;
  readonly length?: number;
  readonly seq?: number;
  readonly ack?: number;
  readonly window?: number;
  readonly purpose?: Purpose;
  readonly lost?: boolean;
  readonly options?: readonly string[];
  /** The network's copy of that arrow. */
  readonly copyOf?: number;
}

interface Happening {
  readonly at: number;
  readonly host: HostId;
  readonly path?: readonly TcpState[] | 'hidden';
  readonly app?: readonly string[];
  readonly timers?: readonly TimerView[];
  readonly rules?: readonly RuleView[];
  readonly sends?: readonly Sending[];
  readonly doubt?: string;
}

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** Builds the views that project.ts will make, for tests of the screen alone. Keeps the numbers of both hosts. */
export class ViewBuilder {
  readonly #steps: StepView[] = [];
  readonly #arrows: Open<ArrowView>[] = [];
  readonly #state: Record<HostId, TcpState>;
  readonly #next: Record<HostId, number>;
  readonly #received: Record<HostId, number | undefined> = { A: undefined, B: undefined };
  readonly #start: Readonly<Record<HostId, number>>;
  readonly #initial: Readonly<Record<HostId, TcpState>>;

  constructor(start: Readonly<Record<HostId, number>>, initial: Readonly<Record<HostId, TcpState>>) {
    this.#start = start;
    this.#next = { ...start };
    this.#initial = initial;
    this.#state = { ...initial };
  }

  /** An application's call. */
  call(what: string, happening: Happening): this {
    return this.#step(what, 'call', undefined, happening);
  }

  timer(what: string, happening: Happening): this {
    return this.#step(what, 'timer', undefined, happening);
  }

  /** Arrow `id` arrives. */
  arrival(id: number, happening: Happening): this {
    const arrow = this.#arrows[id];
    if (arrow === undefined) throw new Error(`no arrow ${id}`);
    arrow.arrivesAt = happening.at;
    arrow.arrivedIn = this.#steps.length;
    const counted =
      arrow.length + (arrow.flags.includes('SYN') ? 1 : 0) + (arrow.flags.includes('FIN') ? 1 : 0);
    const end = add(seq(arrow.seq), counted);
    const known = this.#received[happening.host];
    if (known === undefined || counted > 0) this.#received[happening.host] = end;
    return this.#step(`receives ${arrow.flags.join(' ')}`, 'arrival', id, happening);
  }

  /** A segment from nowhere; it arrives only when `arrival` says so. */
  forged(from: HostId, at: number, sending: Sending & { readonly seq: number }): this {
    this.#send(from, at, sending, undefined, true);
    return this;
  }

  view(
    key: string,
    more: Partial<TimelineView> & { readonly names?: Readonly<Record<HostId, string>> } = {},
  ): TimelineView {
    const { names = { A: 'Client A', B: 'Server B' }, ...rest } = more;
    const symbols: SymbolView[] = [
      { name: 'x', host: 'A', value: this.#start.A },
      { name: 'y', host: 'B', value: this.#start.B },
    ];
    return {
      key,
      hosts: {
        A: {
          name: names.A,
          address: '192.0.2.10',
          port: 51000,
          initial: this.#initial.A,
          base: this.#start.A,
        },
        B: {
          name: names.B,
          address: '198.51.100.80',
          port: 80,
          initial: this.#initial.B,
          base: this.#start.B,
        },
      },
      steps: this.#steps,
      arrows: this.#arrows,
      symbols,
      more: false,
      asked: undefined,
      ...rest,
    };
  }

  #step(what: string, cause: StepView['cause'], arrow: number | undefined, happening: Happening): this {
    const {
      at,
      host,
      path = [this.#state[host]],
      app = [],
      timers = [],
      rules = [],
      sends = [],
      doubt,
    } = happening;
    const index = this.#steps.length;
    if (path !== 'hidden') this.#state[host] = path.at(-1) ?? this.#state[host];
    for (const sending of sends) this.#send(host, at, sending, index, false);
    const variables =
      path === 'hidden'
        ? undefined
        : {
            sndUna: this.#start[host],
            sndNxt: this.#next[host],
            sndWnd: 65535,
            rcvNxt: this.#received[host],
            rcvWnd: 65535,
          };
    this.#steps.push({ index, at, host, what, cause, arrow, path, app, timers, rules, variables, doubt });
    return this;
  }

  #send(from: HostId, at: number, sending: Sending, sentIn: number | undefined, forged: boolean): void {
    const {
      flags: words,
      length = 0,
      window = 65535,
      purpose = 'fresh',
      lost = false,
      options = [],
      copyOf,
    } = sending;
    const flags = words.split(' ');
    const isNew = sending.seq === undefined;
    const number = sending.seq ?? this.#next[from];
    const ack = flags.includes('ACK') ? (sending.ack ?? this.#received[from] ?? 0) : undefined;
    if (isNew) {
      const counted = length + (flags.includes('SYN') ? 1 : 0) + (flags.includes('FIN') ? 1 : 0);
      this.#next[from] = add(seq(number), counted);
    }
    this.#arrows.push({
      id: this.#arrows.length,
      from,
      flags,
      seq: number,
      ack,
      length,
      window,
      urgent: 0,
      options,
      dataOffset: 5 + options.length,
      purpose,
      copyOf,
      forged,
      sentAt: at,
      arrivesAt: undefined,
      lost,
      sentIn,
      arrivedIn: undefined,
    });
  }

  /** The last arrow sent by a host. */
  lastFrom(host: HostId): number {
    return this.#arrows.findLast(({ from }) => from === host)?.id ?? -1;
  }

  /** Next sequence number of a host. */
  next(host: HostId): number {
    return this.#next[host];
  }

  /** Receiver of what `host` sends. */
  static peer(host: HostId): HostId {
    return peerOf(host);
  }
}
