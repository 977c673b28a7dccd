import { parseTcpdump } from '../../core/wire/tcpdump-text.ts';
import { pcapOf, pcapOfPackets } from '../../core/wire/write-pcap.ts';
import { readScript } from './read-script.ts';

interface MadeCapture {
  readonly octets: Uint8Array;
  /** Lines left out, from 1. */
  readonly notUnderstood: readonly number[];
}

/** What passes at the system under test while a script runs. */
export function captureOfScript(text: string): MadeCapture | undefined {
  const { issues, played } = readScript(text);
  if (played.timeline.transmissions.length === 0) return undefined;
  const notUnderstood = issues.flatMap(({ severity, span }) =>
    severity === 'error' ? [span.start.line] : [],
  );
  return { octets: pcapOf(played.timeline, played.host), notUnderstood };
}

/** What tcpdump printed. */
export function captureOfText(text: string): MadeCapture | undefined {
  const { packets, notUnderstood } = parseTcpdump(text);
  return packets.length === 0 ? undefined : { octets: pcapOfPackets(packets), notUnderstood };
}
