import { parseArgs } from 'node:util';
import type { Result } from '../core/result.ts';

/** Of the web workbench: a browser keeps the learner's progress by the address. */
export const PORT = 41_793;

export const HELP = `npm start [-- OPTIONS] [-- FOLDER]

Builds Handshake and opens VS Code on the lesson to go on with, or the first one.
FOLDER is opened as it is, and nothing is written into it. Without one, a folder of
Handshake's own is opened, .vscode-test/start/workspace.

  --web          VS Code in the browser, also where the desktop has one
  --port NUMBER  of the web workbench (${PORT}); progress is kept for each port by itself
  --help         this text
`;

export type StartOptions =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'start';
      readonly web: boolean;
      readonly port: number;
      /** As it was written. */
      readonly folder: string | undefined;
    };

/** Reads what stands behind `npm start --`; an error is one sentence. */
export function startOptions(args: readonly string[]): Result<StartOptions, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { web: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help === true) return { ok: true, value: { kind: 'help' } };
    const port = values.port === undefined ? PORT : Number(values.port);
    if (!Number.isInteger(port) || port < 1024 || port > 65_535)
      return { ok: false, error: `--port ${values.port}: a port is a number from 1024 to 65535.` };
    if (positionals.length > 1)
      return { ok: false, error: `One folder at a time can be opened, not ${positionals.join(', ')}.` };
    const web = values.web === true || values.port !== undefined;
    return { ok: true, value: { kind: 'start', web, port, folder: positionals[0] } };
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return { ok: false, error: `${thrown.message.split('. To specify')[0]}.` };
  }
}
