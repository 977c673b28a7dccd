import assert from 'node:assert/strict';
import { TCP_STATES } from '../../core/tcp/states.ts';
import { ALL_TRANSITIONS } from '../../core/tcp/transitions.ts';
import { EDGES, edgeKey, edgeWay, placeOf } from '../../webview/states/edges.ts';
import { DIAGRAM_HEIGHT, NODE_HEIGHT, type Node, USUAL } from '../../webview/states/places.ts';
import { hostMoment, stepOf } from '../../webview/timeline/moment.ts';
import { closeAsked, lastAckLost } from './timelines.ts';

const NODES: readonly Node[] = [...TCP_STATES, 'CLOSED-AGAIN'];
/** Half of "SYN-RECEIVED" with its air, in pixels: the widest box. */
const HALF = 50;

describe('the state diagram', () => {
  it('has an edge for every pair of states that a transition joins, and no other', () => {
    const pairs = new Set(
      ALL_TRANSITIONS.filter(({ from, row }) => from !== row.to).map(({ from, row }) =>
        edgeKey(from, row.to),
      ),
    );
    assert.deepEqual(new Set(EDGES.map(({ from, to }) => edgeKey(from, to))), pairs);
  });

  it('draws at all times only edges that exist', () => {
    const drawn = EDGES.filter(({ usual }) => usual).map(({ from, to }) => edgeKey(from, to));
    assert.deepEqual(drawn.sort(), USUAL.map(([from, to]) => edgeKey(from, to)).sort());
  });

  for (const width of [300, 350, 480]) {
    it(`keeps its boxes apart and inside at ${width} px`, () => {
      const half = width < 340 ? 46 : HALF;
      for (const [index, node] of NODES.entries()) {
        const at = placeOf(node, width);
        assert.ok(at.y - NODE_HEIGHT / 2 >= 0 && at.y + NODE_HEIGHT / 2 <= DIAGRAM_HEIGHT, node);
        for (const other of NODES.slice(index + 1)) {
          const there = placeOf(other, width);
          const apart = Math.abs(there.y - at.y) >= NODE_HEIGHT || Math.abs(there.x - at.x) >= half * 2 - 14;
          assert.ok(apart, `${node} / ${other}`);
        }
      }
    });
  }

  it('draws every edge with a length', () => {
    for (const edge of EDGES) {
      const { start, end } = edgeWay(edge, 360, () => HALF, 0);
      assert.ok(Math.hypot(end.x - start.x, end.y - start.y) > 4, edgeKey(edge.from, edge.to));
    }
  });
});

describe('where a host stands', () => {
  it('follows the cursor', () => {
    const view = lastAckLost();
    const path = view.steps.map(({ index }) => hostMoment(view, 'A', index).state);
    assert.deepEqual(
      [...new Set(path)],
      ['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED'],
    );
    assert.deepEqual(hostMoment(view, 'B', 15).taken.at(-1), { from: 'LAST-ACK', to: 'CLOSED' });
  });

  it('stays hidden while it is asked', () => {
    assert.equal(hostMoment(closeAsked(), 'B', 8).state, 'hidden');
    assert.equal(hostMoment(closeAsked(), 'B', 7).state, 'ESTABLISHED');
  });
});

describe('the step of a segment', () => {
  it('is that which sent it, whatever came of it', () => {
    const view = lastAckLost();
    assert.ok(view.arrows.some(({ lost }) => lost));
    for (const { id, sentIn } of view.arrows) assert.equal(stepOf(view, id), sentIn);
    assert.equal(stepOf(view, 99), undefined);
  });

  it('is that of its arrival where no step sent it, else the last one before it', () => {
    const view = lastAckLost();
    const [first, ...others] = view.arrows.map((arrow) => ({ ...arrow, sentIn: undefined }));
    assert.ok(first !== undefined);
    assert.equal(stepOf({ ...view, arrows: [first, ...others] }, first.id), first.arrivedIn);
    const astray = { ...first, arrivedIn: undefined, sentAt: (view.steps[4]?.at ?? 0) + 1 };
    assert.equal(stepOf({ ...view, arrows: [astray] }, astray.id), 4);
    assert.equal(stepOf({ ...view, arrows: [{ ...astray, sentAt: -1 }] }, astray.id), undefined);
  });
});
