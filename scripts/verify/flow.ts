import type { HostId } from '../../core/timeline/timeline.ts';
import type { Connection } from '../../core/wire/connections.ts';

/** A flow of one side, and which of its hosts that side is. */
export interface Flow {
  readonly connection: Connection;
  readonly host: HostId;
}
