// A page by the keyboard alone.

/** Presses Tab and says what has the focus then, what it is called, and whether that can be seen. */
export async function tab(page) {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
    return { is: element.dataset.testid ?? element.id ?? '', tag: element.tagName, name: name.trim(), outlined: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 };
  });
}

/**
 * From the top of the page to its end: each stop has a name and an outline.
 * @param expect takes what has to hold, and the words for when it does not
 * @returns the stops, each by its test id, its id or its name
 */
export async function walk(page, expect, most = 60) {
  const stops = [];
  for (let i = 0; i < most; i++) {
    const at = await tab(page);
    if (at.tag === 'BODY') break;
    stops.push(at);
  }
  for (const stop of stops) expect(stop.name && stop.outlined, `no name or no outline: ${JSON.stringify(stop)}`);
  return stops.map(({ is, name }) => is || name);
}
