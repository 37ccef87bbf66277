// The page of a sink with viewers, as bin/framecast shows it: at the sizes of a desk and of a phone, and when the
// program ends.
//
//   node watch-sink.mjs --url=http://127.0.0.1:8090/ --out=target/screenshots
//
// Says {"event":"watching"} when frames are decoded in both sizes; the program is to be ended then. Prints one JSON line:
// the counters at two moments, what does not lie where it should, what is shown in the end. Exit 0 when all was seen.

import fs from 'node:fs';
import path from 'node:path';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ url: 'http://127.0.0.1:8090/', out: '', frames: 20, within: 15_000 });
const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

async function shoot(page, name) {
  if (!given.out) return;
  fs.mkdirSync(given.out, { recursive: true });
  await page.bringToFront();
  await page.screenshot({ path: path.join(given.out, `sink-${name}.png`) });
}

/** What is shown and does not lie whole within the window, or is too small for a finger. */
function misplaced(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push('the page scrolls');
    for (const element of document.querySelectorAll('video, button, .pill, h1, .message p')) {
      const { left, top, right, bottom, height } = element.getBoundingClientRect();
      if (!height) continue;
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) found.push(`${element.tagName} is cut off`);
      if (element.tagName === 'BUTTON' && height < 44) found.push(`${element.textContent} is ${height} high`);
    }
    return found;
  });
}

await run(async () => {
  const browser = closing(await launchChromium());
  const wrong = [];
  let first;
  let later;
  const seen = [];
  for (const [size, how] of Object.entries(SIZES)) {
    const page = await pages.open(browser, given.url, how);
    first = await pages.decoded(page, given.frames, given.within);
    later = await pages.decoded(page, (first?.video?.framesDecoded ?? 0) + 30, given.within);
    await shoot(page, `live-${size}`);
    wrong.push(...(await misplaced(page)));
    seen.push(page);
  }
  process.stdout.write('{"event":"watching"}\n');
  // The program's end is no fault of the page.
  const faults = seen.flatMap((page) => [...page.faults]);
  const ended = await until(async () => (await Promise.all(seen.map(pages.state))).every(({ view }) => view === 'waiting'), 15_000);
  for (const [index, size] of Object.keys(SIZES).entries()) {
    await shoot(seen[index], `ended-${size}`);
    wrong.push(...(await misplaced(seen[index])));
  }
  return { ok: true, first, later, end: ended ? 'waiting' : 'live', misplaced: wrong, faults };
});
