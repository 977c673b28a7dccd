import { readdirSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { ROOT, TEST_BUNDLES } from './paths.ts';

/** Keeps a copy beside a bundle for the web worker host, with `.js` appended to its name; build.ts says why. */
export const twin: Plugin = {
  name: 'twin',
  setup(build) {
    const { absWorkingDir = '', outfile = '' } = build.initialOptions;
    const file = path.resolve(absWorkingDir, outfile);
    build.onEnd(async ({ errors }) => {
      if (errors.length === 0) await copyFile(file, `${file}.js`);
    });
  },
};

/** What the worker host has instead of node:assert. Any other node module in such a test fails the build, as it should. */
const webAssert: Plugin = {
  name: 'web-assert',
  setup(build) {
    build.onResolve({ filter: /^node:assert\/strict$/ }, () => ({ path: 'assert', namespace: 'web-assert' }));
    build.onLoad({ filter: /.*/, namespace: 'web-assert' }, () => ({
      contents: `import * as assert from './test/vscode/web-assert.ts'; export default assert;`,
      resolveDir: ROOT,
    }));
  },
};

/**
 * Mocha's browser build as the plain script that it is: its package says `"type": "module"`, so that esbuild would leave it
 * the bundle's own `module`, which it would then overwrite.
 */
const mochaAsScript: Plugin = {
  name: 'mocha-as-script',
  setup(build) {
    build.onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, async ({ path: file }) => ({
      contents: `(function (exports, module, define) {${await readFile(file, 'utf8')}\n}).call(globalThis);`,
    }));
  },
};

/** Bundles `tests` and the runner into one module that exports `run()`. */
function bundle(tests: readonly string[], outfile: string, more: BuildOptions): BuildOptions {
  const imports = tests.map((file) => `import ${JSON.stringify(`./${file}`)};`);
  return {
    absWorkingDir: ROOT,
    stdin: {
      contents: [`export { run } from './test/vscode/run.ts';`, ...imports].join('\n'),
      resolveDir: ROOT,
      sourcefile: 'all-tests.ts',
    },
    outfile: path.join(TEST_BUNDLES, outfile),
    bundle: true,
    format: 'cjs',
    target: 'es2023',
    sourcemap: 'inline',
    external: ['vscode'],
    logLevel: 'warning',
    ...more,
    plugins: [mochaAsScript, ...(more.plugins ?? [])],
  };
}

/**
 * The tests that run inside VS Code: every *.test.ts of test/vscode, in the Node extension host,
 * and all of them but test/vscode/node/** in the web worker extension host.
 *
 * @throws Error when there are none: a glob that finds nothing is a mistake, not a success
 */
export function testBundles(): readonly BuildOptions[] {
  const tests = readdirSync(path.join(ROOT, 'test', 'vscode'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/vscode/${file.replaceAll('\\', '/')}`)
    .sort();
  const webTests = tests.filter((file) => !file.startsWith('test/vscode/node/'));
  if (webTests.length === 0) throw new Error('no test found in test/vscode');
  return [
    bundle(tests, 'node.cjs', { platform: 'node' }),
    bundle(webTests, 'web.cjs', { platform: 'browser', plugins: [webAssert, twin] }),
  ];
}
