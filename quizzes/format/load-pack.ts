import type { Pack, Question, ScenarioPlan, Section } from '../engine/pack.ts';
import { blockMarkdown } from '../markdown.ts';
import { isBeside } from './beside.ts';
import { capturePlan } from './capture-plan.ts';
import { type CheckOptions, checkQuestions, checkScenarios } from './check-pack.ts';
import { compileExam } from './compile-exam.ts';
import { type CompiledQuestion, compileQuestion } from './compile-question.ts';
import { compileScenarios } from './compile-scenario.ts';
import { bilingual, rendered } from './compile-text.ts';
import { openDocument, type PackDocument, type Path } from './document.ts';
import type { PackIssue } from './issue.ts';
import { isScriptFile, packetdrillPlan } from './packetdrill-plan.ts';
import { FrameSchema, type FrameShape } from './schema.ts';
import { readShape } from './shape.ts';

export interface LoadOptions extends CheckOptions {
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

/** The same with what it was made of. */
export interface ReadPack {
  readonly pack: Pack | undefined;
  /** Scenarios that come to rest, by id. */
  readonly plans: Readonly<Record<string, ScenarioPlan>>;
  /** Questions that can be asked, with their places. */
  readonly questions: readonly CompiledQuestion[];
}

/** Reads a `*.tcpquiz.yaml` file of format 1. Never throws. */
export async function loadPack(text: string, options: LoadOptions): Promise<LoadedPack> {
  const document = openDocument(text, options.file);
  const { pack } = await readPack(document, options);
  return { pack, issues: document.issues() };
}

const NOTHING: ReadPack = { pack: undefined, plans: {}, questions: [] };

/** Makes a pack of a document; what is wrong is reported to the document. Rejects only with what `pause` rejects with. */
export async function readPack(document: PackDocument, options: LoadOptions): Promise<ReadPack> {
  const frame = readFrame(document);
  if (frame === undefined) return NOTHING;
  const scenarios = compileScenarios(document, frame);
  const captures = await Promise.all(
    scenarios.captures.map(async (wanted) =>
      capturePlan(document, wanted, await readOrNothing(options.readFile, wanted.file)),
    ),
  );
  const played = await Promise.all(
    scenarios.packetdrill.map(async (wanted) => {
      const octets = isScriptFile(wanted.script)
        ? await readOrNothing(options.readFile, wanted.script)
        : undefined;
      return packetdrillPlan(document, wanted, octets && utf8(octets));
    }),
  );
  const resting = await checkScenarios(
    document,
    [...scenarios.scripts, ...[...captures, ...played].filter((plan) => plan !== undefined)],
    options,
  );
  const plans = Object.fromEntries(resting.map((plan) => [plan.id, plan]));
  const { sections, compiled } = await compileQuestions(document, frame, scenarios.names, options);
  const askable = compiled.filter(
    ({ question }) => question.scenario === undefined || plans[question.scenario],
  );
  const questions = await checkQuestions(document, askable, plans, options);
  if (questions.length === 0 && !document.issues().some(({ severity }) => severity === 'error')) {
    document.report('no-questions', document.span(['id']), []);
  }
  const pack =
    questions.length === 0
      ? undefined
      : packOf(
          document,
          frame,
          plans,
          sections,
          questions.map(({ question }) => question),
        );
  return { pack, plans, questions };
}

async function readOrNothing(
  readFile: LoadOptions['readFile'],
  name: string,
): Promise<Uint8Array | undefined> {
  if (!isBeside(name)) return undefined;
  try {
    return await readFile(name);
  } catch {
    return undefined;
  }
}

/** A file's text; one that is no UTF-8 is read octet by octet. */
function utf8(octets: Uint8Array): string {
  const signs = Array.from(octets, (octet) => String.fromCharCode(octet));
  try {
    return decodeURIComponent(
      signs.map((sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
    );
  } catch {
    return signs.join('');
  }
}

function readFrame(document: PackDocument): FrameShape | undefined {
  const { value } = document;
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('format' in value)) {
    // What is no YAML to its end was told already.
    if (document.issues().every(({ severity }) => severity !== 'error'))
      document.report('not-a-pack', document.span([]), []);
    return undefined;
  }
  if (value.format !== 1) {
    const found = JSON.stringify(value.format) ?? 'nothing';
    document.report('unknown-format', document.span(['format']), ['format'], { found });
    return undefined;
  }
  return readShape(document, [], value, FrameSchema);
}

interface Compiled {
  readonly sections: readonly Section[];
  readonly compiled: readonly CompiledQuestion[];
}

/** The questions at the top level first, then those of each section. */
async function compileQuestions(
  document: PackDocument,
  frame: FrameShape,
  names: ReadonlySet<string>,
  { pause }: CheckOptions,
): Promise<Compiled> {
  const sections: Section[] = [];
  const compiled: CompiledQuestion[] = [];
  const taken = new Set<string>();
  const take = async (path: Path, questions: readonly unknown[], section: number | undefined) => {
    for (const [place, value] of questions.entries()) {
      await pause?.();
      const at = [...path, place];
      // Whatever a syntax error cuts through or precedes cannot be trusted to say what its author wrote.
      if (!document.isSound(at)) continue;
      const one = compileQuestion(document, at, value, section, names);
      if (one === undefined) continue;
      if (!taken.has(one.question.id)) compiled.push(one);
      else {
        const id = [...at, 'id'];
        document.report('duplicate-id', document.span(id), id, { name: one.question.id });
      }
      taken.add(one.question.id);
    }
  };
  if (frame.intro !== undefined)
    sections.push({ title: undefined, intro: rendered(frame.intro, blockMarkdown) });
  await take(['questions'], frame.questions ?? [], frame.intro === undefined ? undefined : 0);
  for (const [place, { title, intro, questions }] of (frame.sections ?? []).entries()) {
    sections.push({
      title: title === undefined ? undefined : bilingual(title),
      intro: intro === undefined ? undefined : rendered(intro, blockMarkdown),
    });
    await take(['sections', place, 'questions'], questions, sections.length - 1);
  }
  return { sections, compiled };
}

function packOf(
  document: PackDocument,
  frame: FrameShape,
  scenarios: Readonly<Record<string, ScenarioPlan>>,
  sections: readonly Section[],
  questions: readonly Question[],
): Pack {
  return {
    id: frame.id,
    version: frame.version ?? '1.0.0',
    title: bilingual(frame.title),
    summary: frame.summary === undefined ? undefined : bilingual(frame.summary),
    license: frame.license,
    ...authorsOf(frame),
    scenarios,
    sections,
    questions,
    ...(frame.exam && { exam: compileExam(document, frame.exam) }),
  };
}

function authorsOf({ author, authors = [] }: FrameShape): Pick<Pack, 'authors'> {
  const all = [...new Set([...(author === undefined ? [] : [author]), ...authors])];
  return all.length === 0 ? {} : { authors: all };
}
