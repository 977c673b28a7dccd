import { captureCommand } from './captures.ts';
import { drawCommand } from './draw.ts';
import { exportCommand } from './export.ts';
import { gradeCommand } from './grade.ts';
import { importCommand } from './import.ts';
import type { Outcome } from './outcome.ts';
import { done, misused } from './outcome.ts';
import { runScriptCommand } from './packetdrill.ts';
import { validateCommand } from './validate.ts';
import { VERSION } from './version.ts';

const HELP = `handshake ${VERSION}: TCP quiz packs, results and captures, as in the VS Code extension.

  handshake validate PACK…
      Checks packs as the editor does. Prints each problem as file:line:column: message.

  handshake grade RESULTS.json… --pack PACK [--csv]
      Grades results again, offline, by the same engine. Refuses results of another version of the pack.
      Note: results come from the learner's own machine; grading them again does not make them cheat-proof.

  handshake export PACK --to FORMAT [--variants N] [--seed S] [--language en|zh-CN] [--results FILE]… [--out FILE]
      gift, moodle-xml, qti3, anki, html: the questions, each with N draws of its numbers (default 1, seed 1).
      csv, xapi: the results given by --results, graded.

  handshake import FILE.gift --out PACK.tcpquiz.yaml [--id ID]
      Moodle's GIFT into a pack; says what could not be taken over.

  handshake connections CAPTURE [--json]
      The TCP connections of a .pcap, .pcapng or .gz file: one line, or one JSON object a line, each.

  handshake show CAPTURE [--connection N] [--from N] [--count N]
      A connection (default 1) as a text timeline with the inferred states of both ends, from segment N on.

  handshake draw FILE --to FORMAT [--out FILE]
      [--connection N | --scenario ID --seed S] [--tap A|B|both]
      A connection of a capture, a scenario of a pack (default: its first) or a packetdrill script,
      as text, mermaid, svg, pcap or pkt. pcap holds what passes at host A, at host B, or each segment once
      as it leaves (both, the default); pkt has host A (the default) or B as the system under test.

  handshake run FILE.pkt [--profile textbook|rfc9293|linux] [--json]
      Runs a packetdrill script against our TCP (default: linux): each line ok, or how the core differs. 1 on differences.

--help prints this, --version the version.
After every command: --language en|zh-CN for what packs and problems say. PACK is a *.tcpquiz.yaml file.
Exit codes: 0 done; 1 what was given has problems, they are listed; 2 the command was not understood.
`;

const COMMANDS: Readonly<Record<string, (argv: readonly string[]) => Promise<Outcome>>> = {
  validate: validateCommand,
  grade: gradeCommand,
  draw: drawCommand,
  export: exportCommand,
  import: importCommand,
  run: runScriptCommand,
  connections: (argv) => captureCommand('connections', argv),
  show: (argv) => captureCommand('show', argv),
};

/** Runs one command line, without the program's name. Reads and writes files; prints nothing itself. */
export async function run(argv: readonly string[]): Promise<Outcome> {
  const [name, ...rest] = argv;
  if (name === undefined) return { code: 2, out: '', err: HELP };
  if (name === 'help' || argv.includes('--help') || argv.includes('-h')) return done(HELP);
  if (name === '--version' || name === '-V') return done(`${VERSION}\n`);
  if (name.startsWith('-'))
    return misused(
      `options come after the command and its file; begin with the command, not with "${name}".`,
    );
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return command === undefined
    ? misused(`there is no command "${name}"; use one of ${Object.keys(COMMANDS).join(', ')}.`)
    : command(rest);
}
