// The whole job on a phone: a small screen held upright, fingers in place of a pointer. The test scene is started by
// tapping, its link opened on a second phone, and everything that is tapped is large enough and within the screen.
//
//   node on-a-phone.mjs --base=http://localhost:8080

import { KnownDevices } from 'puppeteer-core';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', frames: 40 });
const PHONE = KnownDevices['Pixel 5'];
// WCAG 2.2, 2.5.8: what a finger can hit.
const LEAST_PX = 24;
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

async function opened(browser, url) {
  const page = await pages.open(browser, url);
  await page.emulate(PHONE);
  await page.goto(url, { waitUntil: 'load' });
  await until(() => page.evaluate(() => Boolean(window.framecast)), 10_000, 50);
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches && navigator.maxTouchPoints > 0), `${url}: the page takes it for a phone`);
  return page;
}

/** Taps a control where a person would have to: scrolled to, large enough, nothing in front of it. */
async function tap(page, testId) {
  const selector = pages.byTestId(testId);
  await page.bringToFront();
  const control = await page.waitForSelector(selector, { timeout: 60_000 });
  await control.scrollIntoView();
  const box = await control.boundingBox();
  expect(box && box.width >= LEAST_PX && box.height >= LEAST_PX, `${testId} can be hit: ${JSON.stringify(box)}`);
  expect(box && box.x >= 0 && box.x + box.width <= PHONE.viewport.width, `${testId} is within the screen: ${JSON.stringify(box)}`);
  await control.tap();
}

async function fits(page, what) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider <= 0, `${what} is ${wider} px wider than the screen`);
}

await run(async () => {
  const browser = closing(await launchChromium());
  const studio = await opened(browser, `${given.base}/`);
  await studio.waitForSelector('[data-testid^="layer-"]', { timeout: 60_000 });
  await fits(studio, 'the studio');
  await tap(studio, 'start-scene');
  expect(await until(async () => (await pages.state(studio)).phase === 'live', 15_000), `it is live: ${JSON.stringify(await pages.state(studio))}`);
  await fits(studio, 'the live studio');
  const link = await pages.viewerLink(studio);

  const other = closing(await launchChromium());
  const watch = await opened(other, link);
  const stats = await pages.decoded(watch, given.frames, 15_000);
  expect((stats?.video?.framesDecoded ?? 0) >= given.frames, `the scene is watched: ${JSON.stringify(stats)}`);
  await fits(watch, 'the watch page');
  const picture = await (await watch.$(pages.byTestId('watch-video'))).boundingBox();
  expect(picture.width > 0.8 * PHONE.viewport.width, `the picture uses the screen: ${JSON.stringify(picture)}`);
  await tap(watch, 'unmute');
  expect(await until(() => watch.$eval(pages.byTestId('watch-video'), (element) => !element.muted), 3000), 'a tap lets it be heard');

  await tap(studio, 'stop');
  expect(await until(async () => (await pages.state(studio)).phase !== 'live', 5000), 'a tap stops it');
  return { ok: failures.length === 0, failures, inbound: stats, faults: [...studio.faults, ...watch.faults] };
});
