import type { Pack } from '../engine/pack.ts';
import type { PackIssue } from './issue.ts';

export interface LoadOptions {
  /** Named in issues. */
  readonly file: string;
  /** Reads a file named by the pack, relative to it; undefined when there is none. */
  readonly readFile: (name: string) => Promise<Uint8Array | undefined>;
}

/** What could be made of a pack file. */
export interface LoadedPack {
  /** Undefined when nothing of it can be used; otherwise without the questions that have errors. */
  readonly pack: Pack | undefined;
  /** In file order. */
  readonly issues: readonly PackIssue[];
}

/** Reads a `*.tcpquiz.yaml` file of format 1. Never throws. */
export async function loadPack(_text: string, _options: LoadOptions): Promise<LoadedPack> {
  throw new Error('being written');
}
