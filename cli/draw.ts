import { fail, ok, type Result } from '../core/result.ts';
import { PROFILES } from '../core/tcp/profiles.ts';
import type { Language } from '../core/text.ts';
import { timelineText } from '../core/timeline/text.ts';
import type { Timeline } from '../core/timeline/timeline.ts';
import { parseScript } from '../core/wire/packetdrill/parse.ts';
import { playScript } from '../core/wire/packetdrill/play.ts';
import { printBestScript, printScript, scriptBegins } from '../core/wire/packetdrill/print.ts';
import { profileOfScript } from '../core/wire/packetdrill/script.ts';
import { pcapOf, type Tap } from '../core/wire/write-pcap.ts';
import { projectAll } from '../quizzes/engine/project.ts';
import { play } from '../quizzes/engine/run.ts';
import { xmlFile } from '../quizzes/exchange/markup.ts';
import { toMermaid } from '../quizzes/exchange/mermaid.ts';
import { timelineSvg } from '../quizzes/exchange/timeline-svg.ts';
import { meaningless, type Parsed, takeApart, wholeNumber } from './arguments.ts';
import { MOST_SHOWN, openConnection } from './captures.ts';
import { deliver } from './export.ts';
import { readText } from './files.ts';
import { misused, type Outcome, problems } from './outcome.ts';
import { EMPTY } from './packetdrill.ts';
import { openPack } from './packs.ts';

const TAPS = ['A', 'B', 'both'] as const;

interface How {
  readonly language: Language;
  readonly tap: Tap;
}

/** Formats a Timeline can be drawn in. */
const FORMATS: Readonly<Record<string, (timeline: Timeline, how: How) => string | Uint8Array | undefined>> = {
  text: (timeline) => timelineText(timeline),
  mermaid: (timeline, { language }) => toMermaid(projectAll(timeline, '', language), language),
  svg: (timeline, { language }) => xmlFile(timelineSvg(projectAll(timeline, '', language), language)),
  pcap: (timeline, { tap }) => pcapOf(timeline, tap),
  pkt: (timeline, { tap }) => {
    const host = tap === 'both' ? 'A' : tap;
    if (!scriptBegins(timeline, host)) return undefined;
    return timeline.origin === 'capture' ? printBestScript(timeline, host) : printScript(timeline, host);
  },
};

/** `draw FILE --to FORMAT …`. */
export async function drawCommand(argv: readonly string[]): Promise<Outcome> {
  const parsed = takeApart(argv, {
    to: { type: 'string' },
    connection: { type: 'string' },
    scenario: { type: 'string' },
    seed: { type: 'string' },
    tap: { type: 'string' },
    out: { type: 'string' },
  });
  if (!parsed.ok) return parsed.error;
  const { files, text, language } = parsed.value;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0)
    return misused('draw needs one file: a capture, a pack or a packetdrill script.');
  const format = text('to') ?? '';
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (write === undefined) {
    const known = Object.keys(FORMATS).join(', ');
    return misused(
      format === ''
        ? `draw needs --to FORMAT, one of ${known}.`
        : `--to is one of ${known}, not "${format}".`,
    );
  }
  const tap = TAPS.find((known) => known === (text('tap') ?? 'both'));
  if (tap === undefined) return misused(`--tap is A, B or both, not "${text('tap')}".`);
  const drawn = await timelineOf(file, parsed.value);
  if (!drawn.ok) return drawn.error;
  const made = write(drawn.value.timeline, { language, tap });
  if (made === undefined) return problems(`${file}: ${NO_BEGINNING}`);
  return deliver(made, parsed.value, drawn.value.warnings);
}

const NO_BEGINNING =
  'the capture begins after the SYN of this connection, so a script of it has no beginning. Choose another --connection, or draw it --to text.';

interface Drawn {
  readonly timeline: Timeline;
  readonly warnings: readonly string[];
}

async function timelineOf(file: string, parsed: Parsed): Promise<Result<Drawn, Outcome>> {
  if (/\.pkt$/.test(file)) return scriptOf(file, parsed);
  return /\.ya?ml$/.test(file) ? scenarioOf(file, parsed) : connectionOf(file, parsed);
}

async function scriptOf(file: string, parsed: Parsed): Promise<Result<Drawn, Outcome>> {
  const stray = meaningless(parsed, ['connection', 'scenario', 'seed'], 'a script');
  if (stray !== undefined) return fail(stray);
  const source = await readText(file);
  if (!source.ok) return fail(problems(source.error));
  const { script, issues } = parseScript(source.value);
  const wrong = issues.find(({ severity }) => severity === 'error');
  if (wrong !== undefined) {
    const { line, column } = wrong.span.start;
    return fail(problems(`${file}:${line}:${column}: error: ${wrong.message.en}`));
  }
  if (script.lines.length === 0) return fail(problems(`${file}:1:1: error: ${EMPTY.en}`));
  const profile = PROFILES[profileOfScript(script) ?? 'linux'];
  return ok({ timeline: playScript(script, profile).timeline, warnings: [] });
}

async function scenarioOf(file: string, parsed: Parsed): Promise<Result<Drawn, Outcome>> {
  const { text, language } = parsed;
  const stray = meaningless(parsed, ['connection'], 'a pack');
  if (stray !== undefined) return fail(stray);
  const seed = wholeNumber('seed', text('seed'), { or: 1, from: 0, to: 0xffff_ffff });
  if (!seed.ok) return seed;
  const pack = await openPack(file, language);
  if (!pack.ok) return pack;
  const { scenarios } = pack.value.pack;
  const ids = Object.keys(scenarios);
  const plan = scenarios[text('scenario') ?? ids[0] ?? ''];
  if (plan === undefined) {
    return fail(problems(`${file}: there is no scenario "${text('scenario')}"; it has ${ids.join(', ')}.`));
  }
  return ok({ timeline: play(plan, seed.value).timeline, warnings: pack.value.warnings });
}

async function connectionOf(file: string, parsed: Parsed): Promise<Result<Drawn, Outcome>> {
  const stray = meaningless(parsed, ['scenario', 'seed'], 'a capture');
  if (stray !== undefined) return fail(stray);
  const wanted = wholeNumber('connection', parsed.text('connection'), { or: 1, from: 1, to: 1_000_000_000 });
  if (!wanted.ok) return wanted;
  const opened = await openConnection(file, wanted.value);
  if (!opened.ok) return opened;
  const { view, amiss } = opened.value;
  const count = view.count();
  return ok({
    timeline: view.timeline(0, Math.min(count, MOST_SHOWN)),
    warnings: [
      ...amiss.split('\n').filter((line) => line !== ''),
      ...(count > MOST_SHOWN ? [`${file}: the first ${MOST_SHOWN} of ${count} segments are drawn.`] : []),
    ],
  });
}
