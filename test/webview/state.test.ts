import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Change,
  change,
  FRESH,
  FRESH_VIEW,
  restore,
  type Saved,
  ZOOM_RANGE,
} from '../../webview/state.ts';

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('resume' as const), resume: fc.jsonValue() }),
  fc.record({
    kind: fc.constant('draft' as const),
    question: fc.string(),
    field: fc.string(),
    text: fc.string(),
  }),
  fc.record({ kind: fc.constant('forget-draft' as const), question: fc.string() }),
  fc.record({
    kind: fc.constant('view' as const),
    key: fc.string(),
    view: fc.record({ top: fc.nat(), left: fc.nat() }),
  }),
  fc.record({ kind: fc.constant('zoom' as const), zoom: fc.double({ min: 0.01, max: 50, noNaN: true }) }),
  fc.record({
    kind: fc.constant('fold' as const),
    fold: fc.constantFrom('header', 'step'),
    folded: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('picture' as const),
    picture: fc.constantFrom('drawing', 'text', 'ss', 'tcpdump'),
  }),
);

/** What is left after VS Code kept it as JSON. */
function roundTrip(saved: Saved): Saved {
  return restore(JSON.parse(JSON.stringify(saved)));
}

describe('what the webview keeps', () => {
  it('starts fresh from anything that it did not write', () => {
    for (const kept of [undefined, null, 1, 'x', [], {}, { zoom: 'big', views: 3, folded: [] }]) {
      assert.deepEqual({ ...restore(kept), resume: undefined }, FRESH);
    }
  });

  it('never throws, whatever was kept', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const { zoom, views } = restore(kept);
        return zoom >= ZOOM_RANGE.min && zoom <= ZOOM_RANGE.max && typeof views === 'object';
      }),
    );
  });

  it('comes back the same after any changes', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 60 }), (changes) => {
        const saved = changes.reduce(change, FRESH);
        const plain = JSON.parse(JSON.stringify(saved));
        assert.deepEqual(JSON.parse(JSON.stringify(roundTrip(saved))), plain);
      }),
    );
  });

  it('forgets the oldest, not the latest', () => {
    const saved = Array.from({ length: 40 }, (_, index) => index).reduce<Saved>(
      (state, index) => change(state, { kind: 'view', key: `run ${index}`, view: { top: index } }),
      FRESH,
    );
    assert.equal(Object.keys(saved.views).length, 30);
    assert.deepEqual(saved.views['run 39'], { ...FRESH_VIEW, top: 39 });
    assert.equal(saved.views['run 0'], undefined);
  });

  it('keeps drafts by question and field, and forgets them by question', () => {
    const steps: readonly Change[] = [
      { kind: 'draft', question: 'q', field: 'seq', text: 'y+1' },
      { kind: 'draft', question: 'q', field: 'ack', text: 'u' },
      { kind: 'draft', question: 'r', field: 'ack', text: 'x' },
    ];
    const saved = steps.reduce(change, FRESH);
    assert.deepEqual(saved.drafts, { q: { seq: 'y+1', ack: 'u' }, r: { ack: 'x' } });
    assert.deepEqual(change(saved, { kind: 'forget-draft', question: 'q' }).drafts, { r: { ack: 'x' } });
  });
});
