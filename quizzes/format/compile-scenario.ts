import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import { type Ms, ms } from '../../core/tcp/time.ts';
import type { Fault, SymbolDefinition } from '../../core/timeline/scenario.ts';
import { HOSTS, type HostId, type TimelineHost } from '../../core/timeline/timeline.ts';
import { MISCONCEPTION_IDS } from '../engine/misconceptions.ts';
import { findMisconception } from '../engine/mutants.ts';
import type { Draw, PlannedAction, ScenarioPlan } from '../engine/pack.ts';
import { compileDuration } from './compile-duration.ts';
import { compileProfile } from './compile-profile.ts';
import { compileScript } from './compile-script.ts';
import type { PackDocument, Path } from './document.ts';
import { listOf } from './messages.ts';
import type { WantedScript } from './packetdrill-plan.ts';
import { readPhrase } from './phrase-place.ts';
import { readDelay, readDraw, readDuplicate, readLoss, readSymbol } from './phrases.ts';
import { type FrameShape, ScenarioSchema, type ScenarioShape } from './schema.ts';
import { readShape } from './shape.ts';

/** What one scenario says itself, before it takes over the rest from the one it is like. */
interface Parts {
  readonly like: string | undefined;
  readonly profile: Profile | undefined;
  readonly believe: string | undefined;
  readonly capture: { readonly file: string; readonly connection: number } | undefined;
  readonly hosts: Readonly<Partial<Record<HostId, Partial<TimelineHost>>>>;
  readonly iss: Readonly<Partial<Record<HostId, Draw>>>;
  readonly issClock: boolean | undefined;
  readonly delay: Ms | undefined;
  readonly script: readonly PlannedAction[] | undefined;
  /** A packetdrill script: its file's name, or itself. */
  readonly packetdrill: string | undefined;
  readonly continuation: readonly PlannedAction[];
  readonly network: readonly Fault[] | undefined;
  readonly symbols: readonly SymbolDefinition[];
  readonly keys: readonly string[];
}

/** A capture that a scenario wants to have read. */
export interface WantedCapture {
  readonly id: string;
  readonly file: string;
  /** From 1. */
  readonly connection: number;
  /** The scenario's, or else the pack's. */
  readonly profile: Profile | undefined;
  readonly path: Path;
}

export interface CompiledScenarios {
  readonly scripts: readonly ScenarioPlan[];
  readonly captures: readonly WantedCapture[];
  readonly packetdrill: readonly WantedScript[];
  /** Every name in the file, also of scenarios with errors. */
  readonly names: ReadonlySet<string>;
}

/** Reads the scenarios of a pack; one with errors is left out, and so are those that are like it. */
export function compileScenarios(document: PackDocument, frame: FrameShape): CompiledScenarios {
  const raw = Object.entries(frame.scenarios ?? {});
  const packProfile =
    frame.profile === undefined ? undefined : compileProfile(document, ['profile'], frame.profile);
  const parts = new Map<string, Parts>();
  for (const [id, value] of raw) {
    const path = ['scenarios', id];
    const shape = readShape(document, path, value, ScenarioSchema);
    const own = shape && compileParts(document, path, shape);
    if (own !== undefined) parts.set(id, own);
  }
  const names = new Set(raw.map(([id]) => id));
  const scripts: ScenarioPlan[] = [];
  const captures: WantedCapture[] = [];
  const packetdrill: WantedScript[] = [];
  for (const [id, own] of parts) {
    const chain = lineage(document, id, own, parts, names);
    if (chain === undefined) continue;
    const capture = chain.find((one) => one.capture !== undefined)?.capture;
    const from = chain.find((one) => one.script !== undefined || one.packetdrill !== undefined);
    if (capture !== undefined) {
      const profile = profileOf(chain, packProfile);
      captures.push({ id, ...capture, profile, path: ['scenarios', id, 'capture'] });
      warnOfIdleKeys(document, id, own, 'capture');
    } else if (from?.packetdrill !== undefined) {
      packetdrill.push(wantedScript(id, chain, from.packetdrill, packProfile));
      warnOfIdleKeys(document, id, own, 'packetdrill script');
    } else {
      const plan = assemble(document, id, chain, packProfile);
      if (plan !== undefined) scripts.push(plan);
    }
  }
  return { scripts, captures, packetdrill, names };
}

/** What a scenario can say beside its capture or packetdrill script. */
const HEEDED = {
  'capture': ['like', 'capture', 'connection', 'profile'],
  'packetdrill script': ['like', 'script', 'profile', 'iss', 'symbols'],
} as const;

function warnOfIdleKeys(
  document: PackDocument,
  id: string,
  { keys }: Parts,
  kind: keyof typeof HEEDED,
): void {
  for (const name of keys) {
    if (HEEDED[kind].some((heeded) => heeded === name)) continue;
    const at = ['scenarios', id, name];
    document.warn('no-effect', document.span(at, 'key'), at, { name, other: kind });
  }
}

function wantedScript(
  id: string,
  chain: readonly Parts[],
  script: string,
  packProfile: Profile | undefined,
): WantedScript {
  const oldestFirst = chain.toReversed();
  return {
    id,
    script,
    path: ['scenarios', id, 'script'],
    profile: chain.find((one) => one.profile !== undefined)?.profile,
    packProfile,
    iss: Object.assign({}, ...oldestFirst.map((one) => one.iss)),
    symbols: symbolsOf(oldestFirst),
  };
}

/** The nearest that is named. */
function profileOf(chain: readonly Parts[], packProfile: Profile | undefined): Profile | undefined {
  return chain.find((one) => one.profile !== undefined)?.profile ?? packProfile;
}

/** The scenario and those it is like, nearest first; undefined when one of them is missing or broken. */
function lineage(
  document: PackDocument,
  id: string,
  own: Parts,
  parts: ReadonlyMap<string, Parts>,
  names: ReadonlySet<string>,
): readonly Parts[] | undefined {
  const path = ['scenarios', id, 'like'];
  const chain = [own];
  const seen = new Set([id]);
  for (let like = own.like; like !== undefined; ) {
    if (seen.has(like)) {
      document.report('like-loop', document.span(path), path, { name: id });
      return undefined;
    }
    seen.add(like);
    const next = parts.get(like);
    if (next === undefined) {
      if (!names.has(like) && chain.length === 1) {
        const expected = listOf(
          [...names].filter((name) => name !== id),
          like,
        );
        document.report('unknown-scenario', document.span(path), path, { name: like, expected });
      }
      return undefined;
    }
    chain.push(next);
    like = next.like;
  }
  return chain;
}

const DEFAULT_HOSTS = {
  A: { name: '', address: '192.0.2.1', port: 51_000 },
  B: { name: '', address: '198.51.100.2', port: 80 },
} as const satisfies Record<HostId, TimelineHost>;

/** A one-way delay that keeps round trips well below every timeout. */
const DEFAULT_DELAY = ms(25);

/** Takes each part from the nearest that has it. */
function assemble(
  document: PackDocument,
  id: string,
  chain: readonly Parts[],
  packProfile: Profile | undefined,
): ScenarioPlan | undefined {
  const path = ['scenarios', id];
  const profile = profileOf(chain, packProfile);
  const from = chain.findIndex((one) => one.script !== undefined);
  const base = chain[from]?.script;
  if (base === undefined) document.report('no-script', document.span(path, 'key'), path);
  if (base === undefined) return undefined;
  const oldestFirst = chain.toReversed();
  const host = (name: HostId): TimelineHost =>
    Object.assign({}, DEFAULT_HOSTS[name], ...oldestFirst.map((one) => one.hosts[name]));
  return {
    kind: 'script',
    id,
    profile: profile ?? PROFILES.textbook,
    ...(profile === undefined && { profileUnset: true }),
    hosts: { A: host('A'), B: host('B') },
    iss: Object.assign({}, ...oldestFirst.map((one) => one.iss)),
    ...(chain.find((one) => one.issClock !== undefined)?.issClock === true && { issClock: true }),
    delay: chain.find((one) => one.delay !== undefined)?.delay ?? DEFAULT_DELAY,
    script: [
      ...base,
      ...chain
        .slice(0, from + 1)
        .toReversed()
        .flatMap((one) => one.continuation),
    ],
    faults: chain.find((one) => one.network !== undefined)?.network ?? [],
    symbols: symbolsOf(oldestFirst),
    believe: chain.find((one) => one.believe !== undefined)?.believe,
  };
}

/** x and y stand for the two ISSs, before all other names, unless the author says otherwise. */
function symbolsOf(oldestFirst: readonly Parts[]): readonly SymbolDefinition[] {
  const named = new Map(oldestFirst.flatMap((one) => one.symbols).map((symbol) => [symbol.name, symbol]));
  const own = [...named.values()];
  const isMissing = ({ name, host }: SymbolDefinition) =>
    !named.has(name) && !own.some((symbol) => symbol.of === 'iss' && symbol.host === host);
  return [...ISS_NAMES.filter(isMissing), ...own];
}

const ISS_NAMES: readonly SymbolDefinition[] = [
  { name: 'x', host: 'A', of: 'iss' },
  { name: 'y', host: 'B', of: 'iss' },
];

function compileParts(document: PackDocument, path: Path, shape: ScenarioShape): Parts | undefined {
  const before = document.issues().length;
  const parts: Parts = {
    like: shape.like,
    profile:
      shape.profile === undefined ? undefined : compileProfile(document, [...path, 'profile'], shape.profile),
    believe: shape.believe,
    capture:
      shape.capture === undefined ? undefined : { file: shape.capture, connection: shape.connection ?? 1 },
    hosts: definedOnly(shape.hosts ?? {}),
    iss: compileIss(document, [...path, 'iss'], shape.iss ?? {}),
    issClock: shape['iss-clock'],
    delay: shape.delay === undefined ? undefined : compileDuration(document, [...path, 'delay'], shape.delay),
    script:
      typeof shape.script === 'object'
        ? compileScript(document, [...path, 'script'], shape.script)
        : undefined,
    packetdrill: typeof shape.script === 'string' ? shape.script : undefined,
    continuation: compileScript(document, [...path, 'continue'], shape.continue ?? []),
    network: shape.network?.flatMap((fault, place) =>
      compileFault(document, [...path, 'network', place], fault),
    ),
    symbols: Object.entries(shape.symbols ?? {}).flatMap(
      ([name, text]) =>
        readPhrase(document, [...path, 'symbols', name], text, (phrase) => readSymbol(phrase, name)) ?? [],
    ),
    keys: Object.keys(shape),
  };
  if (shape.believe !== undefined && findMisconception(shape.believe) === undefined) {
    const at = [...path, 'believe'];
    const expected = listOf(MISCONCEPTION_IDS, shape.believe);
    document.report('unknown-misconception', document.span(at), at, { name: shape.believe, expected });
  }
  return document.issues().length === before ? parts : undefined;
}

function definedOnly(hosts: NonNullable<ScenarioShape['hosts']>): Parts['hosts'] {
  const kept: Partial<Record<HostId, Partial<TimelineHost>>> = {};
  for (const host of HOSTS) {
    const { name, address, port } = hosts[host] ?? {};
    kept[host] = { ...(name && { name }), ...(address && { address }), ...(port && { port }) };
  }
  return kept;
}

function compileIss(
  document: PackDocument,
  path: Path,
  iss: NonNullable<ScenarioShape['iss']>,
): Partial<Record<HostId, Draw>> {
  const drawn: Partial<Record<HostId, Draw>> = {};
  for (const host of HOSTS) {
    const given = iss[host];
    if (given === undefined) continue;
    const range =
      typeof given === 'number'
        ? { from: given, to: given }
        : readPhrase(document, [...path, host], given, readDraw);
    if (range !== undefined) drawn[host] = range;
  }
  return drawn;
}

const FAULTS = { lose: readLoss, delay: readDelay, duplicate: readDuplicate } as const;

function compileFault(
  document: PackDocument,
  path: Path,
  shape: { readonly [K in keyof typeof FAULTS]?: string | undefined },
): Fault[] {
  const kinds = (['lose', 'delay', 'duplicate'] as const).filter((kind) => shape[kind] !== undefined);
  if (kinds.length !== 1) {
    document.report('bad-value', document.span(path), path, {
      found:
        kinds.length === 0
          ? { en: 'nothing', 'zh-CN': '空白' }
          : { en: 'more than one fault', 'zh-CN': '多于一个故障' },
      expected: listOf([
        'lose: last ACK from A',
        'delay: first SYN from A by 1 s',
        'duplicate: first SYN from A after 1 s',
      ]),
    });
    return [];
  }
  return kinds.flatMap(
    (kind) => readPhrase(document, [...path, kind], shape[kind] ?? '', FAULTS[kind]) ?? [],
  );
}
