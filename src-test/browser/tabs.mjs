// The studio in several tabs: the next one goes on with what a tab has left, and one at a time has it.
//
//   node tabs.mjs --base=http://localhost:8080

import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080' });
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

/** The stream of the tab's session, which opening the recordings asks for. */
async function stream(page) {
  await page.bringToFront();
  const selector = `${pages.byTestId('recordings')} summary`;
  await page.waitForSelector(selector);
  if (!(await page.$eval(pages.byTestId('recordings'), (details) => details.open))) await page.click(selector);
  return until(async () => (await pages.state(page)).stream, 15_000);
}

/** A tab behind another may wait with what it loads. */
async function show(page, address) {
  await page.bringToFront();
  await page.goto(address, { waitUntil: 'load' });
}

/** A browser that is busy takes the lock from a page that is gone in its own time, and a new tab does not wait for long. */
const nobodyHasIt = (page) => page.evaluate(async () => (await navigator.locks.query()).held.length === 0);

await run(async () => {
  const browser = closing(await launchChromium());
  const studio = `${given.base}/`;
  const first = await pages.open(browser, studio);
  const kept = await stream(first);
  await show(first, studio);
  expect((await stream(first)) === kept, 'loaded again, a tab goes on with it');
  const beside = await pages.open(browser, studio);
  expect((await stream(beside)) !== kept, 'a tab beside it has a stream of its own');

  await show(first, `${given.base}/docs/`);
  expect(await until(() => nobodyHasIt(first), 15_000), 'what shows something else has it no more');
  const next = await pages.open(browser, studio);
  expect((await stream(next)) === kept, 'when the first shows something else, a new tab goes on with it');
  await show(first, studio);
  const again = await stream(first);
  expect(again && again !== kept, 'and the first, which comes back, does not have it, too');
  expect((await stream(next)) === kept, 'the new one still has it');

  const own = await stream(beside);
  await show(beside, studio);
  expect((await stream(beside)) === own, 'a stream that is not kept survives a reload as well');
  return { ok: failures.length === 0, failures, streams: [kept, again, own] };
});
