// axe on the pages in several states, light and dark, wide and narrow.
//
//   node axe.mjs --base=http://localhost:8080
//
// Exit 0 when it finds nothing, the pages log no error, and no request goes to another host.

import { violations } from './lib/accessibility.mjs';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080' });
const found = [];
const open = [];
const faults = [];
const states = [];

async function check(page, name) {
  const result = await violations(page);
  states.push(name);
  for (const rule of result.violations) found.push({ state: name, ...rule });
  for (const rule of result.incomplete) open.push({ state: name, ...rule });
}

/** Refusals that are part of the play: waiting for a publisher, leaving a stream that has ended, a session that is gone. */
const done = async (page, ignore = /^(409 POST|404 DELETE) \/whep\/|^401 /) => {
  faults.push(...page.faults.filter((fault) => !ignore.test(fault)));
  await page.close();
};

async function reach(page, view, millis) {
  if (!(await until(async () => (await pages.state(page)).view === view, millis))) throw new Error(`the view is not ${view}: ${JSON.stringify(await pages.state(page))}`);
}

// A picture in a picture that names no stream is refused, and that is looked at too.
const OFFLINE = /ERR_INTERNET_DISCONNECTED|^(409 POST|404 (POST|DELETE)) \/whep\/|^401 |^422 PUT \/session\/state/;

async function studioStates(browser, name, look) {
  const page = await pages.open(browser, `${given.base}/`, look);
  await page.waitForSelector('[data-testid^="layer-"]');
  await check(page, `studio idle, ${name}`);
  const layers = await page.$$eval('input[data-testid^="layer-"]', (inputs) => inputs.map((input) => input.dataset.testid.slice(6)));
  await pages.setLayers(page, layers);
  await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
  await check(page, `studio with every layer and detail open, ${name}`);
  await pages.setLayers(page, ['detect', 'boxes']);
  await pages.press(page, 'start-scene');
  await reach(page, 'live', 15_000);
  await check(page, `studio live, ${name}`);
  const link = await pages.viewerLink(page);
  const watch = await pages.open(browser, link, look);
  await pages.decoded(watch, 10, 15_000);
  await watch.$eval('details', (details) => (details.open = true));
  await check(watch, `watch live, ${name}`);
  await watch.setOfflineMode(true);
  await page.setOfflineMode(true);
  // A browser that is offline keeps its open connections: what ends them is the server.
  await page.evaluate(() => window.framecast.state().peerConnection.close());
  await watch.evaluate(() => window.framecast.state().peerConnection.close());
  await reach(watch, 'reconnecting', 12_000);
  await check(watch, `watch reconnecting, ${name}`);
  await reach(page, 'reconnecting', 12_000);
  await check(page, `studio reconnecting, ${name}`);
  await page.setOfflineMode(false);
  await done(watch, OFFLINE);
  await pages.press(page, 'stop');
  await check(page, `studio stopped, ${name}`);
  await refuseCamera(page);
  await pages.press(page, 'start-camera');
  await until(() => page.$eval('#notice', (notice) => !notice.hidden), 5000);
  await check(page, `studio, camera refused, ${name}`);
  await page.evaluate(async () => {
    const { askPairingCode } = await import('/app/ui/pairing.js');
    askPairingCode('That code was not accepted.').catch(() => {});
  });
  await page.waitForSelector('dialog[open]');
  await check(page, `studio, pairing asked for, ${name}`);
  await done(page, OFFLINE);
}

/** The page of streams: ready, with everything open, refused, with a stream that runs and is changed, out of reach. */
async function streamStates(browser, name, look) {
  const page = await pages.open(browser, `${given.base}/build`, look);
  if (!(await until(async () => (await pages.state(page)).phase === 'ready', 10_000))) throw new Error('the page of streams is not ready');
  await check(page, `streams ready, ${name}`);
  for (const list of ['layers', 'audio-layers', 'sinks']) {
    const kinds = await page.$$eval(`${pages.byTestId(`${list}-choice`)} option`, (all) => all.map(({ value }) => value));
    for (const kind of [...kinds, kinds[0]]) {
      await page.select(pages.byTestId(`${list}-choice`), kind);
      await pages.press(page, `${list}-add`);
    }
  }
  await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
  await check(page, `streams with every part, ${name}`);
  await pages.press(page, 'start-stream');
  if (!(await until(() => page.$eval('#build-form', (form) => [...form.querySelectorAll('.error-text')].some(({ textContent }) => textContent)), 5000))) throw new Error('nothing was refused');
  await check(page, `streams refused, ${name}`);
  await page.reload({ waitUntil: 'load' });
  await until(async () => (await pages.state(page)).phase === 'ready', 10_000);
  await pages.press(page, 'start-stream');
  await page.waitForSelector('[data-testid="thumbnail"]:not([hidden])', { timeout: 60_000 });
  await pages.press(page, 'card-layers');
  await page.waitForSelector('[data-testid="live-layers"]');
  await check(page, `streams with one that runs, ${name}`);
  await page.setOfflineMode(true);
  await until(() => page.$eval('#streams-note', (note) => !note.hidden), 8000);
  await check(page, `streams out of reach, ${name}`);
  await page.setOfflineMode(false);
  await until(() => page.$eval('#streams-note', (note) => note.hidden), 8000);
  await pages.press(page, 'card-end');
  await until(async () => !(await page.$('[data-testid="stream-card"]')), 8000);
  await done(page, /ERR_INTERNET_DISCONNECTED|^422 POST \/streams|^(409|503) GET \/streams\/.*\/thumbnail|^404 GET \/streams\//);
}

function refuseCamera(page) {
  return page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('no', 'NotAllowedError');
    };
  });
}

async function otherStates(browser) {
  const missing = await pages.open(browser, `${given.base}/watch?stream=no-such-stream`);
  await reach(missing, 'missing', 5000);
  await check(missing, 'watch, no such stream');
  await done(missing, /^404 POST \/whep\//);
  const unnamed = await pages.open(browser, `${given.base}/watch`);
  await check(unnamed, 'watch, no stream named');
  await done(unnamed);
  const away = await pages.open(browser, `${given.base}/`);
  await away.setOfflineMode(true);
  await pages.press(away, 'start-scene');
  await until(() => away.$eval('#notice', (notice) => !notice.hidden), 8000);
  await check(away, 'studio, server out of reach');
  await done(away, /ERR_INTERNET_DISCONNECTED/);
  const docs = await browser.newPage();
  await docs.goto(`${given.base}/docs/`);
  await check(docs, 'docs');
  await docs.goto(`${given.base}/nothing-here`);
  if (!(await docs.$eval('h1', ({ textContent }) => /not found/i.test(textContent)).catch(() => false))) throw new Error('an unknown address shows no page');
  await check(docs, 'an unknown address');
  await docs.close();
}

await run(
  async () => {
    const browser = closing(await launchChromium());
    await studioStates(browser, 'light', {});
    await studioStates(browser, 'dark, phone', { dark: true, width: 390, height: 844 });
    await streamStates(browser, 'light', {});
    await streamStates(browser, 'dark, phone', { dark: true, width: 390, height: 844 });
    await otherStates(browser);
    return { ok: found.length === 0 && faults.length === 0, states, violations: found, to_review: open.map(({ state, id }) => `${state}: ${id}`), faults };
  },
  { limitMillis: 150_000 },
);
