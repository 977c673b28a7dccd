import assert from 'node:assert/strict';
import { RULES } from '../../../core/tcp/rules.ts';
import { TCP_STATES, type TcpState } from '../../../core/tcp/states.ts';
import { ALL_TRANSITIONS, findTransition } from '../../../core/tcp/transitions.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { assertGolden } from '../../golden.ts';
import { SCENES } from '../timeline/scenes.ts';

describe('the transition table (RFC 9293 Figure 5, §3.10)', () => {
  it('reaches every state from CLOSED', () => {
    const seen = new Set<TcpState>(['CLOSED']);
    for (const state of seen)
      for (const { from, row } of ALL_TRANSITIONS) if (from === state) seen.add(row.to);
    assert.deepEqual([...seen].sort(), [...TCP_STATES].sort());
  });

  it('leads back to CLOSED from every state', () => {
    const back = new Set<TcpState>(['CLOSED']);
    for (const state of back)
      for (const { from, row } of ALL_TRANSITIONS) if (row.to === state) back.add(from);
    assert.deepEqual([...back].sort(), [...TCP_STATES].sort());
  });

  it('has one row for each state, trigger and role', () => {
    for (const { from, row } of ALL_TRANSITIONS) {
      const role = row.role ?? 'active';
      assert.equal(findTransition(from, row.on, role), row, `${from}/${row.on} is hidden by a row above it`);
    }
  });

  it('gives every rule both languages', () => {
    for (const [id, { says }] of Object.entries(RULES))
      assert.ok(says.en.length > 20 && /[\u4e00-\u9fff]/.test(says['zh-CN']), id);
  });

  it('is what the scenes walk along: every change of state is a row', () => {
    const rows = new Set(ALL_TRANSITIONS.map(({ from, row }) => `${from}>${row.to}`));
    for (const [name, scene] of Object.entries(SCENES)) {
      for (const step of simulate(scene).steps) {
        if (step.cause.kind === 'call' && step.cause.call === 'crash') continue;
        step.path.slice(1).forEach((to, place) => {
          assert.ok(
            rows.has(`${step.path[place]}>${to}`),
            `${name}, step ${step.index}: ${step.path.join(' > ')}`,
          );
        });
      }
    }
  });

  it('reads as a table', () => {
    const lines = ALL_TRANSITIONS.map(
      ({ from, row }) =>
        `| ${from} | ${row.on}${row.role ? ` (${row.role} open)` : ''} | ${row.to} | ${row.send ?? ''} | ${typeof row.rfc === 'string' ? row.rfc : row.rfc.practice} |`,
    );
    const head = ['| state | trigger | next | sends | RFC 9293 |', '|---|---|---|---|---|'];
    assertGolden('transitions.md', `${[...head, ...lines].join('\n')}\n`);
  });
});
