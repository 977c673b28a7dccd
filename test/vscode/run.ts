// The browser build of mocha: it needs neither files nor a terminal, and sets the globals `mocha` and `Mocha`.
import 'mocha/mocha.js';

// The base of mocha's reporters prints nothing: `run` prints, with what every extension host has.
mocha.setup({ ui: 'bdd', reporter: Mocha.reporters.Base, timeout: 240_000, forbidOnly: true });

/** Begins every line that tests print, to tell them from what VS Code prints; scripts/vscode/launcher.ts looks for it. */
const MARK = '[test] ';

/**
 * Runs every test of the bundle inside this extension host. VS Code calls it (`extensionTestsPath`).
 *
 * @throws Error when a test failed or there was none: VS Code then exits with a code that is not 0
 */
export function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    let passed = 0;
    let failed = 0;
    const runner = Mocha.prototype.run.call(mocha, () => {
      console.log(`${MARK}${passed} passed, ${failed} failed`);
      if (failed > 0) reject(new Error(`${failed} failed`));
      else if (passed === 0) reject(new Error('no test ran'));
      else resolve();
    });
    runner.on('pass', (test) => {
      passed += 1;
      console.log(`${MARK}ok   ${test.fullTitle()}`);
    });
    runner.on('pending', (test) => console.log(`${MARK}skip ${test.fullTitle()}`));
    runner.on('fail', (test, error) => {
      failed += 1;
      console.log(`${MARK}FAIL ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
}
