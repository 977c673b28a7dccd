import { inferTimeline } from '../../core/timeline/infer.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import type { ScenarioPlan } from '../engine/pack.ts';
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
): ScenarioPlan | undefined {
  const { id, file, connection, path } = wanted;
  const span = document.span(path);
  if (bytes === undefined) {
    document.report('capture-missing', span, path, { name: file });
    return undefined;
  }
  const capture = decodeCapture(bytes);
  if (!capture.ok) {
    document.report('capture-unreadable', span, path, { name: file, found: capture.error.code });
    return undefined;
  }
  const connections = connectionsOf(capture.value.packets);
  const chosen = connections[connection - 1];
  if (chosen === undefined) {
    const found = `it holds ${connections.length} TCP connections, and number ${connection} is asked for`;
    document.report('capture-unreadable', span, path, { name: file, found });
    return undefined;
  }
  return { kind: 'capture', id, file, timeline: inferTimeline(chosen) };
}
