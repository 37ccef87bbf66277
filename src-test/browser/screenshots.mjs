// Pictures of the pages for the documents and for a designer's eye.
//
//   node screenshots.mjs --base=http://localhost:8080 --out=target/screenshots [--only=streams]

import fs from 'node:fs';
import path from 'node:path';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', out: 'target/screenshots', seconds: 12, only: '' });
const LOOKS = { light: {}, dark: { dark: true }, phone: { width: 390, height: 844 }, 'phone-dark': { width: 390, height: 844, dark: true } };

const files = [];

async function shoot(page, name, whole = false) {
  const file = path.join(given.out, `${name}.png`);
  await page.screenshot({ path: file, fullPage: whole });
  files.push(file);
}

const settled = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function inLook(browser, look, how) {
  const studio = await pages.open(browser, `${given.base}/`, how);
  await studio.waitForSelector('[data-testid^="layer-"]');
  await settled(300);
  await shoot(studio, `studio-idle-${look}`, true);
  await pages.press(studio, 'start-scene');
  await until(async () => (await pages.state(studio)).view === 'live', 15_000);
  await settled(given.seconds * 1000);
  await shoot(studio, `studio-live-${look}`);
  await shoot(studio, `studio-live-${look}-whole`, true);
  const watch = await pages.open(browser, await pages.viewerLink(studio), how);
  await pages.decoded(watch, 20, 15_000);
  await watch.$eval('details', (details) => (details.open = true));
  await settled(1200);
  await shoot(watch, `watch-live-${look}`);
  await pages.press(studio, 'stop');
  await until(async () => (await pages.state(watch)).view === 'waiting', 8000);
  await watch.bringToFront();
  await shoot(watch, `watch-waiting-${look}`);
  await watch.close();
  const missing = await pages.open(browser, `${given.base}/watch?stream=no-such-stream`, how);
  await until(async () => (await pages.state(missing)).view === 'missing', 5000);
  await shoot(missing, `watch-missing-${look}`);
  await missing.close();
  const optional = await studio.$('[data-testid="layer-picture"]');
  if (optional) await pages.press(studio, 'layer-picture');
  await studio.setOfflineMode(true);
  await pages.press(studio, 'start-scene');
  await until(() => studio.$eval('#notice', (notice) => !notice.hidden), 8000);
  await shoot(studio, `studio-failing-${look}`, true);
  await studio.close();
}

/** The page of streams: empty, busy with two streams and their layers, with a refusal, out of reach. */
async function streamsInLook(browser, look, how) {
  const page = await pages.open(browser, `${given.base}/build`, how);
  await until(async () => (await pages.state(page)).phase === 'ready', 10_000);
  await settled(500);
  await shoot(page, `streams-empty-${look}`, true);
  await page.type(pages.byTestId('build-name'), 'gate');
  await pages.press(page, 'start-stream');
  await page.waitForSelector('[data-testid="thumbnail"]:not([hidden])', { timeout: 15_000 });
  for (const kind of ['text', 'boxes', 'text']) {
    await page.select(pages.byTestId('layers-choice'), kind);
    await pages.press(page, 'layers-add');
  }
  await page.select(pages.byTestId('sinks-choice'), 'file');
  await pages.press(page, 'sinks-add');
  await pages.press(page, 'start-stream');
  await settled(1500);
  await shoot(page, `streams-refused-${look}`, true);
  await page.type('[data-testid="sinks"] input[type="text"]', 'gate.mp4');
  await pages.press(page, 'start-stream');
  await until(async () => (await page.$$('[data-testid="thumbnail"]:not([hidden])')).length === 2, 15_000);
  await pages.press(page, 'card-layers');
  await settled(given.seconds * 300);
  await shoot(page, `streams-busy-${look}`, true);
  await page.setOfflineMode(true);
  await until(() => page.$eval('#streams-note', (note) => !note.hidden), 8000);
  await shoot(page, `streams-failing-${look}`, true);
  await page.setOfflineMode(false);
  await until(() => page.$eval('#streams-note', (note) => note.hidden), 8000);
  for (let left = (await page.$$(pages.byTestId('card-end'))).length; left > 0; left--) {
    await pages.press(page, 'card-end');
    await until(async () => (await page.$$('[data-testid="card-end"]')).length < left, 8000);
  }
  await page.close();
}

await run(
  async () => {
    fs.mkdirSync(given.out, { recursive: true });
    const browser = closing(await launchChromium());
    for (const [look, how] of given.only === 'streams' ? [] : Object.entries(LOOKS)) await inLook(browser, look, how);
    for (const [look, how] of Object.entries(LOOKS)) await streamsInLook(browser, look, how);
    return { ok: true, files };
  },
  { limitMillis: 240_000 },
);
