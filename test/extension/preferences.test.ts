import assert from 'node:assert/strict';
import { languageOf, readPace, readPreferences, settingChanges } from '../../extension/preferences.ts';

describe('preferences', () => {
  it('follow the display language unless told otherwise', () => {
    const table = [
      ['auto', 'en', 'en'],
      ['auto', 'zh-cn', 'zh-CN'],
      ['auto', 'zh-tw', 'zh-CN'],
      ['auto', 'de', 'en'],
      ['en', 'zh-cn', 'en'],
      ['zh-CN', 'en', 'zh-CN'],
    ] as const;
    for (const [setting, display, expected] of table) assert.equal(languageOf(setting, display), expected);
  });

  it('fall back to the defaults where a setting holds something strange', () => {
    assert.deepEqual(readPreferences('klingon', 7, 'zh-cn'), { language: 'zh-CN', numbers: 'symbolic' });
    assert.deepEqual(readPreferences('en', 'absolute', 'zh-cn'), { language: 'en', numbers: 'absolute' });
  });

  it('stretch a drill’s time within reason, and not at all where the setting is no number', () => {
    const table = [
      [1, 1],
      [2.5, 2.5],
      [0, 0.5],
      [1e9, 10],
      ['2', 1],
      [Number.NaN, 1],
      [undefined, 1],
    ] as const;
    for (const [setting, pace] of table) assert.equal(readPace(setting), pace);
  });

  it('write only what differs, so that "auto" survives a change of numbers', () => {
    const now = { language: 'en', numbers: 'symbolic' } as const;
    assert.deepEqual(settingChanges(now, { ...now, numbers: 'absolute' }), [
      { key: 'numbers', value: 'absolute' },
    ]);
    assert.deepEqual(settingChanges(now, now), []);
  });
});
