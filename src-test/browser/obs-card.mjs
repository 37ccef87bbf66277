// The studio's card for OBS and its like: what it shows is enough to publish by WHIP, the token is shown only when asked
// for, and the card is accessible and fits, wide and narrow.
//
//   node obs-card.mjs --base=http://localhost:8080 --out=folder-for-pictures

import fs from 'node:fs';
import path from 'node:path';
import { violations } from './lib/accessibility.mjs';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', out: '' });
const failures = [];
const found = [];
const LOOKS = { wide: {}, narrow: { width: 390, height: 844 }, 'narrow-dark': { width: 390, height: 844, dark: true } };

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

const value = (page, id) => page.$eval(pages.byTestId(id), (field) => field.value);
const text = (page, id) => page.$eval(pages.byTestId(id), (element) => [element.textContent, element.getAttribute('aria-pressed')].join());

async function opened(browser, look) {
  const page = await pages.open(browser, `${given.base}/`, look);
  await page.waitForSelector('[data-testid^="layer-"]');
  await page.focus(`${pages.byTestId('whip')} summary`);
  await page.keyboard.press('Enter');
  expect(await until(async () => /^http/.test(await value(page, 'whip-url')), 5000), 'the keyboard opens it, and there is an address');
  return page;
}

/** Publishes from another page with nothing but what a person copies into OBS. */
async function publish(browser, url, token) {
  const page = await browser.newPage();
  await page.goto(`${given.base}/watch`);
  const result = await page.evaluate(
    async (endpoint, bearer) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
      const context = canvas.getContext('2d');
      setInterval(() => {
        context.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
        context.fillRect(0, 0, 320, 180);
      }, 33);
      const connection = new RTCPeerConnection();
      connection.addTransceiver(canvas.captureStream(30).getVideoTracks()[0], { direction: 'sendonly' });
      await connection.setLocalDescription();
      const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/sdp' };
      const answer = await fetch(endpoint, { method: 'POST', headers, body: connection.localDescription.sdp });
      if (answer.status === 201) await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      window.obs = { connection, location: answer.headers.get('Location'), bearer };
      return answer.status;
    },
    url,
    token,
  );
  return { page, status: result };
}

async function used(browser) {
  const studio = await opened(browser, {});
  const url = await value(studio, 'whip-url');
  expect(!/[A-Za-z0-9]/.test(await value(studio, 'whip-token')), 'the token is hidden at first');
  expect((await text(studio, 'whip-reveal')) === 'Show,false', 'the button says Show');
  await pages.press(studio, 'whip-reveal');
  expect(await until(async () => (await text(studio, 'whip-reveal')) === 'Hide,true', 3000), 'asked for, it is shown');
  const token = await value(studio, 'whip-token');
  expect(token.length >= 40, 'whole');
  await pages.press(studio, 'whip-reveal');
  expect(!/[A-Za-z0-9]/.test(await value(studio, 'whip-token')), 'and hidden again');

  const sender = await publish(browser, url, token);
  expect(sender.status === 201, `address and token are enough: ${sender.status}`);
  const watch = await pages.open(browser, `${given.base}/watch?stream=${url.split('/').at(-1)}`);
  const stats = await pages.decoded(watch, 20, 15_000);
  expect((stats?.video?.framesDecoded ?? 0) >= 20, `the picture is seen: ${JSON.stringify(stats)}`);
  await studio.bringToFront();
  const shown = () => studio.$eval(pages.byTestId('status'), (status) => status.textContent);
  expect(await until(async () => (await pages.state(studio)).view === 'live' && (await shown()) === 'Live', 10_000), `the studio shows it: ${JSON.stringify(await pages.state(studio))}`);
  expect(await studio.$eval(pages.byTestId('record'), (button) => !button.disabled), 'and records it');
  const ended = await sender.page.evaluate(async () => (await fetch(window.obs.location, { method: 'DELETE', headers: { Authorization: `Bearer ${window.obs.bearer}` } })).status);
  expect(ended === 200, `and it can be ended: ${ended}`);
  expect(await until(async () => (await shown()) === 'Not started', 10_000), `the studio shows its end: ${await shown()}`);
  for (const page of [sender.page, watch, studio]) await page.close();
}

async function looks(browser, name, look) {
  const page = await opened(browser, look);
  await pages.press(page, 'whip-reveal');
  await until(async () => (await text(page, 'whip-reveal')) === 'Hide,true', 3000);
  for (const rule of (await violations(page)).violations) found.push({ look: name, ...rule });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider <= 0, `${name}: nothing is wider than the page, but ${wider} px`);
  const box = await (await page.$(pages.byTestId('whip-reveal'))).boundingBox();
  expect(box.height >= 24 && box.width >= 24, `${name}: the button can be hit: ${JSON.stringify(box)}`);
  await pages.press(page, 'whip-reveal');
  if (given.out) {
    fs.mkdirSync(given.out, { recursive: true });
    await (await page.$(pages.byTestId('whip'))).screenshot({ path: path.join(given.out, `obs-card-${name}.png`) });
  }
  await page.close();
}

await run(
  async () => {
    const browser = closing(await launchChromium());
    await used(browser);
    for (const [name, look] of Object.entries(LOOKS)) await looks(browser, name, look);
    return { ok: failures.length === 0 && found.length === 0, failures, violations: found };
  },
  { limitMillis: 60_000 },
);
