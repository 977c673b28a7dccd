import assert from 'node:assert/strict';
import { absenceOf } from './shared.ts';

describe('recordings beside the checkout', () => {
  const cases: readonly (readonly [env: Readonly<Record<string, string>>, fails: boolean])[] = [
    [{}, false],
    [{ CI: 'true' }, true],
    [{ CI: 'true', HANDSHAKE_NO_SHARED: '1' }, false],
    [{ HANDSHAKE_NO_SHARED: '1' }, false],
  ];
  for (const [env, fails] of cases)
    it(`absent under ${JSON.stringify(env)}`, () => {
      assert.deepEqual(absenceOf('/nowhere', 'all traces', env), {
        line: 'NOT RUN: all traces: /nowhere is absent',
        fails,
      });
    });

  it('are not spoken of when they are there', () =>
    assert.equal(absenceOf('/', 'all', { CI: 'true' }), undefined));
});
