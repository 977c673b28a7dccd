import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type FromWebview,
  parseFromWebview,
  parseToWebview,
  type ToWebview,
} from '../../webview/protocol.ts';
import { SCREENS } from './screens.ts';

const MESSAGES: { readonly [T in FromWebview['type']]: Extract<FromWebview, { type: T }> } = {
  'ready': { type: 'ready' },
  'question/answer': { type: 'question/answer', questionId: 'q', fields: { seq: 'x+1', ack: '' } },
  'question/reveal': { type: 'question/reveal', questionId: 'q' },
  'question/hint': { type: 'question/hint', questionId: 'q' },
  'question/retry': { type: 'question/retry', questionId: 'q' },
  'question/what-if': { type: 'question/what-if', questionId: 'q' },
  'interview/report': { type: 'interview/report' },
  'interview/review': { type: 'interview/review' },
  'lab/do': {
    type: 'lab/do',
    action: { type: 'change', request: { kind: 'call', step: 3, host: 'B', call: 'crash' } },
  },
  'question/go': { type: 'question/go', index: 3 },
  'rubric/mark': { type: 'rubric/mark', questionId: 'q', met: [true, false] },
  'sitting/pause': { type: 'sitting/pause' },
  'sitting/resume': { type: 'sitting/resume' },
  'exam/hand-in': { type: 'exam/hand-in' },
  'verdict/compare': { type: 'verdict/compare', misconception: 'fin-consumes-nothing' },
  'pack/open': { type: 'pack/open', packId: 'close' },
  'pack/restart': { type: 'pack/restart' },
  'review/start': { type: 'review/start' },
  'capture/choose': { type: 'capture/choose', connection: 0 },
  'capture/drill': { type: 'capture/drill', connection: 7 },
  'capture/what-if': { type: 'capture/what-if', connection: 7 },
  'capture/pack': { type: 'capture/pack', connection: 7 },
  'capture/rows': { type: 'capture/rows', wish: { from: 40, sort: 'bytes', down: true, filter: '10.0.0.1' } },
  'capture/part': { type: 'capture/part', from: 3000 },
  'capture/stop': { type: 'capture/stop' },
  'script/go': { type: 'script/go', line: 12 },
  'picture/drawn': { type: 'picture/drawn', request: 1, octets: new Uint8Array([0x89]) },
  'preferences/set': { type: 'preferences/set', preferences: { language: 'zh-CN', numbers: 'absolute' } },
  'link/open': { type: 'link/open', href: 'https://www.rfc-editor.org/rfc/rfc9293.html' },
};

const MALFORMED: readonly unknown[] = [
  undefined,
  null,
  'ready',
  [],
  { type: 'toString' },
  { type: '__proto__' },
  { type: 'question/answer', questionId: 'q', fields: { seq: 1 } },
  { type: 'question/answer', questionId: 'q' },
  { type: 'question/answer', questionId: 'q'.repeat(10_001), fields: {} },
  { type: 'question/go', index: -1 },
  { type: 'picture/drawn', request: -1 },
  { type: 'picture/drawn', request: 1, octets: [137, 80] },
  { type: 'question/go', index: 1.5 },
  { type: 'question/go', index: '1' },
  { type: 'rubric/mark', questionId: 'q', met: [1] },
  { type: 'preferences/set', preferences: { language: 'fr', numbers: 'absolute' } },
  { type: 'preferences/set' },
  { type: 'lab/do' },
  { type: 'lab/do', action: { type: 'keep', count: -1 } },
  {
    type: 'lab/do',
    action: { type: 'change', request: { kind: 'call', step: 3, host: 'C', call: 'crash' } },
  },
  { type: 'lab/do', action: { type: 'change', request: { kind: 'call', step: 3, host: 'B', call: 'rm' } } },
  { type: 'lab/do', action: { type: 'change', request: { kind: 'delay', arrow: 0, by: 's'.repeat(61) } } },
  { type: 'lab/do', action: { type: 'change', request: { kind: 'forge', step: 1, segment: {} } } },
  { type: 'lab/do', action: { type: 'predict', fields: { next: 1 } } },
  { type: 'link/open', href: 'https://' },
  { type: 'link/open', href: 'https:example.org' },
  { type: 'link/open', href: '//example.org/' },
  { type: 'link/open', href: 'file:///etc/passwd' },
  { type: 'link/open', href: 'javascript:alert(1)//https://example.org' },
  { type: 'link/open', href: `https://example.org/${'x'.repeat(2000)}` },
  { type: 'link/open', href: 'command:workbench.action.quit' },
];

describe('messages of the webview', () => {
  for (const [type, message] of Object.entries(MESSAGES)) {
    it(`${type} is accepted and stripped of the rest`, () => {
      assert.deepEqual(parseFromWebview({ ...message, extra: 1 }), message);
    });
  }
  it('closing the comparison names no misconception', () => {
    const message = { type: 'verdict/compare', misconception: undefined };
    assert.deepEqual(parseFromWebview(JSON.parse(JSON.stringify(message))), message);
  });
  for (const message of MALFORMED) {
    const name = JSON.stringify(message)?.slice(0, 70);
    it(`${name} is refused`, () => assert.equal(parseFromWebview(message), undefined));
  }
  it('never throws, and takes nothing that it does not know', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = parseFromWebview(value);
        return parsed === undefined || Object.hasOwn(MESSAGES, parsed.type);
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(MESSAGES)),
        fc.dictionary(fc.string(), fc.anything()),
        (type, rest) => {
          parseFromWebview({ ...rest, type });
          return true;
        },
      ),
    );
  });
});

describe('messages to the webview', () => {
  it('are told from those of others', () => {
    const message: ToWebview = {
      type: 'screen/show',
      screen: SCREENS.problem,
      preferences: { language: 'en', numbers: 'symbolic' },
      strings: {},
      resume: undefined,
      now: 0,
    };
    assert.equal(parseToWebview(message), message);
    for (const other of [undefined, null, 'x', {}, { type: 'webpackOk' }])
      assert.equal(parseToWebview(other), undefined);
  });
});
