/** What a command says and how it ends. */
export interface Outcome {
  readonly code: ExitCode;
  /** For the standard output: the result, and nothing but the result. */
  readonly out: string;
  /** For people: whatever is amiss. */
  readonly err: string;
}

/** 0: done. 1: what was given has problems; they are listed. 2: the command itself was not understood. */
type ExitCode = 0 | 1 | 2;

/** Done as asked: exit code 0. */
export function done(out: string, err = ''): Outcome {
  return { code: 0, out, err };
}

/** Each problem on a line: file, place, remedy. */
export function problems(...lines: readonly string[]): Outcome {
  return { code: 1, out: '', err: lines.map((line) => `${line}\n`).join('') };
}

/** The command was not understood: exit code 2. */
export function misused(message: string): Outcome {
  return { code: 2, out: '', err: `handshake: ${message}\nSee handshake --help.\n` };
}
