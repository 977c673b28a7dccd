// What leaves for other systems, in the hands of others: QTI items in a QTI 3 player, the sheet under axe.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { qtiItem } from '../../quizzes/exchange/qti-item.ts';
import { toSheet } from '../../quizzes/exchange/sheet.ts';
import type { StaticField, StaticPack, StaticQuestion } from '../../quizzes/exchange/static-question.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { shippedStatic } from '../quizzes/exchange/support.ts';

const find = createRequire(import.meta.url).resolve;
const PLAYER = find('qti3-item-player/dist/qti3Player.umd.min.js');
const STYLE = find('qti3-item-player/dist/qti3Player.css');
const VUE = find('vue/dist/vue.min.js');
const AXE = find('axe-core/axe.min.js');

/** Mounts a new player for each item, as it does not show the same item twice; its talk is turned off. */
const STAGE = `
  console.log = () => {};
  let mounted;
  window.mount = () => new Promise((ready) => {
    mounted?.$destroy();
    document.getElementById('page').innerHTML = '<div id="stage"></div>';
    let told = () => {};
    mounted = new Vue({
      el: '#stage',
      render: (h) => h(window.qti3Player, {
        props: { suppressAlertMessages: true, suppressInvalidResponseMessages: true },
        on: {
          notifyQti3PlayerReady: (player) => ready({
            load: (xml) => new Promise((done) => { told = done; player.loadItemFromXml(xml, {
              guid: String(Math.random()), status: 'interacting',
              sessionControl: { max_attempts: 0, show_feedback: false, validate_responses: false },
            }); }),
            end: () => new Promise((done) => { told = done; player.endAttempt('x'); }),
          }),
          notifyQti3ItemReady: () => told(true),
          notifyQti3EndAttemptCompleted: ({ state }) => told(state),
        },
      }),
    });
  });
`;

interface State {
  readonly outcomeVariables: readonly { readonly identifier: string; readonly value: unknown }[];
}

function outcome(state: State, name: string): unknown {
  return state.outcomeVariables.find(({ identifier }) => identifier === name)?.value;
}

/** Loads an item, writes the texts into its fields in order, and ends the attempt. */
async function play(
  page: Page,
  item: string,
  question: StaticQuestion,
  texts: readonly string[],
): Promise<State> {
  await page.evaluate(
    `window.mount().then((qti) => { window.qti = qti; return qti.load(${JSON.stringify(item)}); })`,
  );
  let gaps = 0;
  let groups = 0;
  for (const [place, field] of question.fields.entries()) {
    const text = texts[place] ?? '';
    if (field.kind === 'text') await page.locator('#page input[type=text]').nth(gaps++).fill(text);
    else {
      const group = page.locator('#page [role=radiogroup]').nth(groups++);
      const at = field.options.findIndex(({ value }) => value === text);
      await group.locator('[role=radio]').nth(at).click();
    }
  }
  return (await page.evaluate('window.qti.end()')) as State;
}

/** The right answer in another notation than the first, where there is one. */
function rightText(field: StaticField): string {
  return field.kind === 'choice' ? field.right : (field.accepted.at(-1) ?? '');
}

describe('exports in the hands of others', function () {
  this.timeout(240_000);
  let browser: Browser;
  let packs: readonly StaticPack[];
  before(async () => {
    browser = await launchBrowser();
    packs = await shippedStatic('en');
  });
  after(() => browser?.close());

  it('score as they should in a QTI 3 player', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.setContent('<!DOCTYPE html><div id="page"><div id="stage"></div></div>');
    await page.addStyleTag({ path: STYLE });
    await page.addScriptTag({ path: VUE });
    await page.addScriptTag({ path: PLAYER });
    await page.evaluate(STAGE);
    let played = 0;
    let recognised = 0;
    for (const pack of packs) {
      for (const question of pack.questions.filter(({ variant }) => variant === 1)) {
        const item = qtiItem(pack, question);
        const at = `${pack.id}/${question.id}`;
        const right = question.fields.map(rightText);
        const state = await play(page, item, question, right);
        played += 1;
        if (question.fields.length === 0) continue;
        assert.equal(Number(outcome(state, 'SCORE')), question.points, at);
        const place = question.fields.findIndex(({ mistakes }) => mistakes.length > 0);
        const mistake = question.fields[place]?.mistakes[0];
        if (mistake === undefined) continue;
        const wrong = right.map((text, each) => (each === place ? (mistake.written[0] ?? '') : text));
        const judged = await play(page, item, question, wrong);
        const expected = (question.points * (right.length - 1)) / right.length;
        assert.ok(Math.abs(Number(outcome(judged, 'SCORE')) - expected) < 1e-9, at);
        assert.deepEqual(outcome(judged, 'FEEDBACK'), [mistake.misconception], at);
        recognised += 1;
      }
    }
    assert.deepEqual(complaints, []);
    assert.ok(played > 80 && recognised > 60, `${played} ${recognised}`);
    await page.close();
  });

  it('are a sheet in which axe finds nothing amiss', async () => {
    const page = await browser.newPage();
    const axe = await readFile(AXE, 'utf8');
    for (const pack of packs.slice(0, 3)) {
      await page.setContent(toSheet(pack));
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run()')) as {
        readonly violations: readonly {
          readonly id: string;
          readonly nodes: readonly { readonly html: string }[];
        }[];
      };
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`),
        [],
      );
    }
    await page.close();
  });
});
