// Files are read piece by piece: what a piece leaves over is read again in front of the next.

import type { CaptureIssue } from './issue.ts';

/** Octets of a file that are at hand. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** Where in the file the first of them stands. */
  readonly base: number;
  /** Nothing follows in the file. */
  readonly last: boolean;
}

/** How far a piece was read. */
export interface PieceRead {
  /** Octets of the piece that are done with; the others are wanted again. */
  readonly consumed: number;
  /** Reading ends here: the file is damaged, or breaks off. */
  readonly issue?: CaptureIssue;
}
