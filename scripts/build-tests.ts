import { globSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { ROOT, TEST_BUNDLES } from './paths.ts';

/** What the worker host has instead of node:assert. Any other node module in such a test fails the build, as it should. */
const webAssert: Plugin = {
  name: 'web-assert',
  setup(build) {
    build.onResolve({ filter: /^node:assert(\/strict)?$/ }, () => ({
      path: path.join(ROOT, 'test', 'vscode', 'web-assert.ts'),
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
  };
}

/**
 * The tests that run inside VS Code: test/vscode/**\/*.test.ts in the Node extension host,
 * and all of them but test/vscode/node/** in the web worker extension host.
 *
 * @throws Error when there are none: a glob that finds nothing is a mistake, not a success
 */
export async function testBundles(): Promise<readonly BuildOptions[]> {
  const tests = globSync('test/vscode/**/*.test.ts', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const webTests = tests.filter((file) => !file.startsWith('test/vscode/node/'));
  if (webTests.length === 0) throw new Error('no test found in test/vscode');
  return [
    bundle(tests, 'node.cjs', { platform: 'node' }),
    bundle(webTests, 'web.cjs.js', { platform: 'browser', plugins: [webAssert] }),
  ];
}
