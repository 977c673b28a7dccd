/**
 * Builds the extension: `npm run build [-- --production] [--watch] [--tests]`.
 *
 * | from                    | to                        | runs in                                     |
 * |-------------------------|---------------------------|---------------------------------------------|
 * | desktop/main.ts         | dist/extension.cjs        | Node extension host, with the next beside it|
 * | extension/extension.ts  | dist/extension-web.cjs    | both extension hosts                        |
 * | cli/main.ts             | dist/cli.cjs              | Node: `npx handshake`                       |
 * | webview/main.tsx        | dist/webview.js, .css     | the webview                                 |
 * | quizzes/packs/**        | dist/packs/**             | read by the extension                       |
 * | webview/strings.*.json  | dist/strings.*.json       | read by the extension                       |
 * | quizzes/format/schema.ts| dist/tcpquiz.schema.json  | read by extensions for YAML                 |
 * | test/vscode/**.test.ts  | out/test-vscode/*         | both extension hosts, with `--tests`        |
 *
 * The web bundle has a twin of the name `.cjs.js`: VS Code 1.100 appends `.js` to whatever `browser` in package.json names, later
 * ones do not; and it must end in `.cjs`, or later ones take it for an ES module, as package.json says `"type": "module"`.
 */
import { watch } from 'node:fs';

import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, context, type Plugin } from 'esbuild';
import { testBundles, twin } from './build-tests.ts';
import { linkBin } from './link-bin.ts';
import { packJsonSchema } from './pack-schema.ts';
import { ROOT } from './paths.ts';

const DIST = path.join(ROOT, 'dist');
const PACKS = path.join(ROOT, 'quizzes', 'packs');
const DICTIONARY = 'strings.zh-cn.json';

/** The desktop's entry adds a reader of files, and no more: everything else is in the bundle that both hosts load. */
const restIsBeside: Plugin = {
  name: 'rest-is-beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/extension\/extension\.ts$/ }, () => ({
      path: './extension-web.cjs',
      external: true,
    }));
  },
};

/** The bundles of the product. */
function productBundles(production: boolean): readonly BuildOptions[] {
  const shared: BuildOptions = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: production,
    sourcemap: !production,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  };
  const extension: BuildOptions = {
    ...shared,
    entryPoints: ['extension/extension.ts'],
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
  };
  return [
    {
      ...extension,
      entryPoints: ['desktop/main.ts'],
      outfile: 'dist/extension.cjs',
      platform: 'node',
      plugins: [restIsBeside],
    },
    // A worker is a browser without a document: packages that tell the two apart do so by this condition.
    {
      ...extension,
      outfile: 'dist/extension-web.cjs',
      platform: 'browser',
      conditions: ['worker', 'browser'],
      plugins: [twin],
    },
    {
      ...shared,
      entryPoints: ['cli/main.ts'],
      outfile: 'dist/cli.cjs',
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      banner: { js: '#!/usr/bin/env node' },
    },
    {
      ...shared,
      entryPoints: { webview: 'webview/main.tsx' },
      outdir: 'dist',
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    },
  ];
}

/** Makes dist/packs a copy of quizzes/packs, and puts the webview's dictionaries and the packs' schema beside them. */
async function copyData(): Promise<void> {
  await rm(path.join(DIST, 'packs'), { recursive: true, force: true });
  await mkdir(PACKS, { recursive: true });
  await cp(PACKS, path.join(DIST, 'packs'), { recursive: true });
  await cp(path.join(ROOT, 'webview', DICTIONARY), path.join(DIST, DICTIONARY));
  await writeFile(path.join(DIST, 'tcpquiz.schema.json'), `${JSON.stringify(packJsonSchema(), null, 2)}\n`);
}

/** Builds everything once. */
async function buildOnce(production: boolean, tests: boolean): Promise<void> {
  const started = performance.now();
  await rm(DIST, { recursive: true, force: true });
  const bundles = [...productBundles(production), ...(tests ? testBundles() : [])];
  await Promise.all([...bundles.map((options) => build(options)), copyData()]);
  await linkBin();
  console.log(`built${production ? ' for production' : ''} in ${Math.round(performance.now() - started)} ms`);
}

/** Builds, then again after each change, until the process is ended. */
async function buildForEver(): Promise<void> {
  const contexts = await Promise.all(
    productBundles(false).map((options) => context({ ...options, logLevel: 'info' })),
  );
  await copyData();
  await Promise.all(contexts.map((each) => each.watch()));
  watch(PACKS, { recursive: true }, () => void copyData());
}

const { values } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
});

try {
  await (values.watch ? buildForEver() : buildOnce(values.production, values.tests));
} catch (error) {
  console.error(`build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
