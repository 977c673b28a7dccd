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

const Trace = v.object({
  name: v.string(),
  start_epoch: v.number(),
  description: v.optional(v.string(), ''),
  duration: v.number(),
  one_way_delay: v.number(),
  server_port: v.optional(v.number(), 0),
  addresses: v.object({ C: v.string(), S: v.string() }),
  sysctl: v.object({ C: Sysctl, S: Sysctl }),
  timeline: v.object({ client: v.optional(Sockets, {}), server: v.optional(Sockets, {}) }),
  /** Each segment as it entered the wire: what it was, and what the wire did with it. */
  wire: v.array(
    v.object({
      t: v.number(),
      dir: v.picklist(['C>S', 'S>C']),
      flags: v.string(),
      sport: v.number(),
      dport: v.number(),
      seq: v.number(),
      ack: v.number(),
      len: v.number(),
      win: v.number(),
      verdict: v.string(),
    }),
  ),
  app: v.array(
    v.object({
      t: v.number(),
      side: v.picklist(SIDES),
      call: v.string(),
      result: v.nullable(v.union([v.number(), v.string()])),
    }),
  ),
});

/** One recorded scenario, as kernel-traces/README.md describes it. Times in seconds from its start. */
export type Trace = v.InferOutput<typeof Trace>;

export type AppCall = Trace['app'][number];

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
  return v.parse(Trace, JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')));
}

/** Reads what one side's interface saw. @throws when the file is no capture. */
export function readCapture(directory: string, name: string, side: Side): Capture {
  const read = decodeCapture(readFileSync(join(directory, `${name}.${side}.pcap`)));
  if (!read.ok) throw new Error(`${name}.${side}.pcap: ${read.error.message}`);
  return read.value;
}
