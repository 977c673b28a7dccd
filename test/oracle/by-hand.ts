// What the hosts of a trace did not do themselves, told from what the trace holds: segments that one interface received and
// the other never sent, or received more often; and a host that forgot its connections.

import type { Capture } from '../../core/wire/capture.ts';
import { readCapture, readTrace, type Side } from '../../scripts/verify/trace.ts';

/** Why what a host sends in this trace need not follow from its calls; undefined when nobody interfered. */
export function interference(directory: string, name: string): string | undefined {
  const { app, addresses } = readTrace(directory, name);
  if (app.some(({ call }) => call.startsWith('crash')))
    return 'a host crashed, and knew no more of its connections';
  const captures = {
    client: readCapture(directory, name, 'client'),
    server: readCapture(directory, name, 'server'),
  };
  const ways: readonly (readonly [Side, Side, string])[] = [
    ['client', 'server', addresses.C],
    ['server', 'client', addresses.S],
  ];
  for (const [from, to, address] of ways) {
    const sent = countsOf(captures[from], address);
    for (const [segment, times] of countsOf(captures[to], address))
      if (times > (sent.get(segment) ?? 0))
        return `the ${to} received what the ${from} did not send: ${segment}`;
  }
  return undefined;
}

/** How often each segment from that address was seen. */
function countsOf(capture: Capture | undefined, address: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { source, sourcePort, destinationPort, segment } of capture?.packets ?? []) {
    if (source !== address) continue;
    const { flags, seq, ack, length } = segment;
    const key = [sourcePort, destinationPort, flags, seq, ack, length].join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
