// What a person does with hands and ears: everything by the keyboard alone, the viewer link copied where the browser
// allows it and where it does not, the watch page's sound.
//
//   node share-and-listen.mjs --base=http://localhost:8080

import { launchChromium } from './lib/browsers.mjs';
import { tab, walk } from './lib/keyboard.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080' });
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

/** Presses Tab until one of these has the focus; null if it never has. */
async function tabTo(page, wanted, most = 60) {
  for (let i = 0; i < most; i++) {
    const at = await tab(page);
    if (at.is === wanted) return at;
  }
  return null;
}

const buttonSays = (page, words) => until(() => page.$eval(`${pages.byTestId('copy-link')} span`, (span, text) => span.textContent === text, words), 3000, 50);

/** What the clipboard holds, by way of a field of its own. */
async function pasted(page) {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('textarea'), { id: 'test-paste' }));
    document.getElementById('test-paste').focus();
  });
  await page.keyboard.down('Control');
  await page.keyboard.press('v');
  await page.keyboard.up('Control');
  const text = await until(() => page.$eval('#test-paste', (area) => area.value), 1000, 50);
  await page.$eval('#test-paste', (area) => area.remove());
  return text;
}

async function copying(page, link) {
  await page.evaluate(() => {
    const refused = async () => {
      throw new DOMException('not allowed', 'NotAllowedError');
    };
    navigator.clipboard.writeText = refused;
  });
  await pages.press(page, 'copy-link');
  expect(await buttonSays(page, 'Copied'), 'copied the older way');
  expect((await pasted(page)) === link, 'the link is in the clipboard');
  await buttonSays(page, 'Copy');
  await page.evaluate(() => (document.execCommand = () => false));
  await pages.press(page, 'copy-link');
  expect(await buttonSays(page, 'Press Ctrl+C'), 'where nothing copies, the page says so');
  const selected = await page.$eval(pages.byTestId('viewer-link'), (field) => field === document.activeElement && field.value.slice(field.selectionStart, field.selectionEnd));
  expect(selected === link, `and has the link selected: ${selected}`);
}

async function listening(browser, link) {
  const watch = await pages.open(browser, link);
  await pages.decoded(watch, 10, 10_000);
  const sound = () => watch.$eval(pages.byTestId('watch-video'), (video) => ({ muted: video.muted, paused: video.paused, volume: video.volume, heard: video.webkitAudioDecodedByteCount ?? null }));
  const label = () => watch.$eval(`${pages.byTestId('unmute')} span`, (span) => span.textContent);
  expect((await sound()).muted && (await label()) === 'Unmute', 'muted at first');
  await pages.press(watch, 'unmute');
  const loud = await sound();
  expect(!loud.muted && !loud.paused && loud.volume > 0 && (await label()) === 'Mute', `unmuted: ${JSON.stringify(loud)}`);
  const heard = await until(async () => (await pages.inbound(watch)).audio.audioLevel > 0.001, 3000);
  expect(heard, `sound that can be heard: ${JSON.stringify(await pages.inbound(watch))}`);
  await pages.press(watch, 'unmute');
  expect((await sound()).muted && (await label()) === 'Unmute', 'muted again');
  return watch.faults;
}

await run(async () => {
  const browser = closing(await launchChromium());
  const page = await pages.open(browser, `${given.base}/`);
  await page.waitForSelector('[data-testid^="layer-"]');
  await page.bringToFront();
  const stops = await walk(page, expect);
  for (const wanted of ['start-camera', 'start-screen', 'start-scene', 'sound', 'layer-detect', 'opt-detect-confidence', 'layer-boxes']) expect(stops.includes(wanted), `Tab reaches ${wanted}`);
  expect(/^Skip/.test(stops[0]), `the first stop skips the rest: ${stops[0]}`);

  await page.reload({ waitUntil: 'load' });
  await page.waitForSelector('[data-testid^="layer-"]');
  await tab(page);
  await page.keyboard.press('Enter');
  expect((await tab(page)).is === 'start-camera', 'the skip link leads to the sources');
  expect(await tabTo(page, 'start-scene'), 'the test scene');
  await page.keyboard.press('Enter');
  expect(await until(async () => (await pages.state(page)).view === 'live', 10_000), 'started by the keyboard');
  const link = await pages.viewerLink(page);
  await copying(page, link);
  const watchFaults = await listening(browser, link);
  await page.bringToFront();
  await page.focus(pages.byTestId('sound'));
  expect((await tab(page)).is === 'stop', 'stop follows the sound');
  await page.keyboard.press('Enter');
  expect(await until(async () => (await pages.state(page)).phase === 'idle', 3000), 'stopped by the keyboard');
  expect((await page.evaluate(() => document.activeElement.dataset.testid)) === 'start-camera', 'and the focus is where one begins');
  const faults = [...page.faults, ...watchFaults].filter((fault) => !/^404 DELETE \/whep\//.test(fault));
  expect(faults.length === 0, faults.join());
  return { ok: failures.length === 0, failures, stops };
});
