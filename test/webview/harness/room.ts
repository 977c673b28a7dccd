import type { Page } from 'playwright-core';

/** Runs in the page: what is wider than the pane, and text that its box cuts off. */
function findCut(): string[] {
  const over = document.documentElement.scrollWidth - innerWidth;
  const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const wide = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
    const high = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
    // What is there for screen readers alone is cut on purpose.
    return (wide || high) && element.clientWidth > 2 && element.clientHeight > 2 && element.innerText?.trim();
  });
  const names = cut.map(
    (element) =>
      `cut off: <${element.tagName.toLowerCase()} class="${element.className}"> ${element.innerText.slice(0, 60)}`,
  );
  return over > 0 ? [`${over} px wider than the pane`, ...names] : names;
}

/** What is wider than the page, and texts that are cut off; one line for each. */
export function sidewaysAndCut(page: Page): Promise<readonly string[]> {
  return page.evaluate(findCut);
}
