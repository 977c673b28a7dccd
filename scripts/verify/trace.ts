import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { TCP_STATES } from '../../core/tcp/states.ts';
import { type Capture, decodeCapture } from '../../core/wire/capture.ts';

export const SIDES = ['client', 'server'] as const;
export type Side = (typeof SIDES)[number];

const State = v.object({
  t: v.number(),
  state: v.picklist(TCP_STATES),
  via: v.string(),
});

const Sockets = v.record(v.string(), v.array(State));
const Sysctl = v.record(v.string(), v.union([v.number(), v.string()]));
const Number0 = v.optional(v.number(), 0);

/** One spelling per address, as captures are read: IPv6 has many (RFC 5952). */
const Address = v.pipe(v.string(), v.transform(canonical));

/** What is absent was not recorded; fields not named here are passed over. */
const Trace = v.object({
  name: v.optional(v.string(), ''),
  start_epoch: v.optional(v.number()),
  description: v.optional(v.string(), ''),
  duration: v.optional(v.number()),
  one_way_delay: Number0,
  server_port: Number0,
  addresses: v.object({ C: Address, S: Address }),
  sysctl: v.optional(v.object({ C: v.optional(Sysctl, {}), S: v.optional(Sysctl, {}) }), {}),
  timeline: v.optional(v.object({ client: v.optional(Sockets), server: v.optional(Sockets) }), {}),
  /** Each segment as it entered the wire: what it was, and what the wire did with it. */
  wire: v.optional(
    v.array(
      v.object({
        t: v.number(),
        dir: v.picklist(['C>S', 'S>C']),
        flags: v.string(),
        sport: v.number(),
        dport: v.number(),
        seq: v.number(),
        ack: Number0,
        len: Number0,
        win: Number0,
        verdict: v.optional(v.string(), 'deliver'),
      }),
    ),
    [],
  ),
  app: v.optional(
    v.array(
      v.object({
        t: v.number(),
        side: v.picklist(SIDES),
        call: v.string(),
        result: v.optional(v.nullable(v.union([v.number(), v.string()])), null),
      }),
    ),
    [],
  ),
});

function canonical(address: string): string {
  if (!address.includes(':') || !URL.canParse(`http://[${address}]`)) return address;
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** One recorded scenario, as kernel-traces/README.md describes it. Times in seconds from its start. */
export type Trace = v.InferOutput<typeof Trace> & {
  readonly name: string;
  readonly start_epoch: number;
  readonly duration: number;
};

export type AppCall = Trace['app'][number];

/** What one side was told to do differently. */
export function sysctlOf({ sysctl }: Trace, side: Side): Readonly<Record<string, number | string>> {
  return sysctl[side === 'client' ? 'C' : 'S'] ?? {};
}

/** Names of the traces in a directory, in order. */
export function tracesIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Reads a trace's JSON. @throws when it is not in the format: a broken oracle must not pass in silence. */
export function readTrace(directory: string, name: string): Trace {
  const file = `${name}.json`;
  const read = v.safeParse(Trace, parseJson(file, readFileSync(join(directory, file), 'utf8')));
  if (!read.success) {
    const [issue] = read.issues;
    throw new Error(`${file}: ${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`);
  }
  const trace = read.output;
  const last = Math.max(0, ...trace.wire.map(({ t }) => t), ...trace.app.map(({ t }) => t));
  return {
    ...trace,
    name: trace.name || name,
    start_epoch: trace.start_epoch ?? startOf(directory, name),
    duration: trace.duration ?? last,
  };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the start is not told, the first packet of either capture is taken for it. */
function startOf(directory: string, name: string): number {
  const starts = SIDES.flatMap((side) => {
    const at = readCapture(directory, name, side)?.startedAt;
    return at === undefined ? [] : [at.seconds + at.nanoseconds / 1e9];
  });
  return starts.length === 0 ? 0 : Math.min(...starts);
}

/** Reads what one side's interface saw; undefined when nobody recorded it. @throws when the file is no capture. */
export function readCapture(directory: string, name: string, side: Side): Capture | undefined {
  const file = `${name}.${side}.pcap`;
  if (!existsSync(join(directory, file))) return undefined;
  const read = decodeCapture(readFileSync(join(directory, file)));
  if (!read.ok) throw new Error(`${file}: ${read.error.message}`);
  return read.value;
}
