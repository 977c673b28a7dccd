import { PROFILES } from '../../core/tcp/profiles.ts';
import { inferTimeline } from '../../core/timeline/infer.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { issueText } from '../../core/wire/issue.ts';
import type { CapturePlan } from '../engine/pack.ts';
import type { WantedCapture } from './compile-scenario.ts';
import type { PackDocument } from './document.ts';

/**
 * Makes a scenario of a captured connection.
 *
 * @param bytes - the file; undefined when there is none
 * @returns undefined when it is no use; that is reported
 */
export function capturePlan(
  document: PackDocument,
  wanted: WantedCapture,
  bytes: Uint8Array | undefined,
): CapturePlan | undefined {
  const { id, file, connection, path, profile } = wanted;
  const span = document.span(path);
  if (bytes === undefined) {
    document.report('capture-missing', span, path, { name: file });
    return undefined;
  }
  const capture = decodeCapture(bytes);
  if (!capture.ok) {
    document.report('capture-unreadable', span, path, { name: file, found: issueText(capture.error) });
    return undefined;
  }
  const connections = connectionsOf(capture.value.packets);
  const chosen = connections[connection - 1];
  if (chosen === undefined) {
    const at = [...path.slice(0, -1), 'connection'];
    const [code, place] =
      connections.length === 0 ? (['capture-empty', path] as const) : (['no-such-connection', at] as const);
    document.report(code, document.span(place), place, {
      name: file,
      found: String(connection),
      times: String(connections.length),
    });
    return undefined;
  }
  return {
    kind: 'capture',
    id,
    file,
    timeline: inferTimeline(chosen, { profile: profile ?? PROFILES.rfc9293 }),
    ...(profile === undefined ? { profileUnset: true, connection: chosen } : { profile }),
  };
}
