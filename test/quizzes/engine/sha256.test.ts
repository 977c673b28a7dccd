import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { canonicalJson } from '../../../quizzes/engine/canonical-json.ts';
import { sha256, sha256Text } from '../../../quizzes/engine/sha256.ts';

describe('SHA-256 (FIPS 180-4)', () => {
  it('is what OpenSSL computes', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const octets = new Uint8Array(length).fill(length);
      assert.equal(sha256(octets), createHash('sha256').update(octets).digest('hex'), `${length}`);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(sha256Text(text), createHash('sha256').update(text).digest('hex'));
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    assert.equal(canonicalJson({ b: [1, { d: 1, c: undefined }], a: null }), '{"a":null,"b":[1,{"d":1}]}');
  });
});
