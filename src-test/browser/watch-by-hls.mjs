// The watch page where the network lets no UDP through: it turns to HLS by itself, says so, and plays. Where UDP is
// open it plays by WebRTC, and by HLS when that is chosen. The studio's view of its own stream does the same by itself.
//
//   node watch-by-hls.mjs --base=http://localhost:8080 --stream=demo --shots=FOLDER

import path from 'node:path';
import { violations } from './lib/accessibility.mjs';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo', shots: '' });
const NO_UDP = '--webrtc-ip-handling-policy=disable_non_proxied_udp';
/** Points all over the smallest picture that is sent, 480 × 270. */
const GRID = [20, 130, 240, 350, 460].flatMap((x) => [20, 135, 250].map((y) => [x, y]));
const NEARLY_BLACK = 40;
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

/** Collects what the page asks for of HLS: address and whether it shows its token in the header alone. */
function listen(page) {
  const asked = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/hls/')) asked.push({ path: url.pathname, query: url.search, bearer: /^Bearer /.test(request.headers().authorization ?? '') });
  });
  return asked;
}

const playsBy = (page, way, frames, millis) =>
  until(async () => {
    const now = await pages.state(page);
    return now.way === way && now.view === 'live' && now.stats?.framesDecoded >= frames && now;
  }, millis);

const note = (page) => page.$eval(pages.byTestId('delay-note'), (element) => (element.hidden ? '' : element.textContent));

async function shoot(page, name) {
  if (given.shots) await page.screenshot({ path: path.join(given.shots, `${name}.png`) });
}

/** What a page can find of its own addresses. */
const candidates = (page) =>
  page.evaluate(async () => {
    const pc = new RTCPeerConnection();
    pc.addTransceiver('video');
    const found = [];
    const done = new Promise((resolve) => {
      pc.onicecandidate = ({ candidate }) => (candidate ? found.push(candidate.candidate) : resolve());
    });
    await pc.setLocalDescription();
    await done;
    pc.close();
    return found;
  });

async function blocked() {
  const browser = closing(await launchChromium({ media: 'asked', flags: [NO_UDP] }));
  const page = await pages.open(browser, `${given.base}/watch`);
  expect((await candidates(page)).length === 0, 'this browser sends no UDP');
  const asked = listen(page);
  await page.goto(`${given.base}/watch?stream=${given.stream}`);
  const startedAt = Date.now();
  const live = await playsBy(page, 'hls', 30, 60_000);
  if (!live) throw new Error(`does not play by HLS: ${JSON.stringify([await pages.state(page), page.faults, asked.slice(-8)])}`);
  const millis = Date.now() - startedAt;
  expect(/^Playing with a few seconds’ delay: the direct/.test(await note(page)), `says so: ${await note(page)}`);
  const picture = await pages.pixels(page, pages.byTestId('watch-video'), GRID);
  const colours = new Set(picture?.pixels.map(String));
  expect(colours.size > 1 && picture.pixels.some((colour) => Math.max(...colour) > NEARLY_BLACK), `a picture: ${JSON.stringify(picture)}`);
  expect(asked.length > 5 && asked.every(({ bearer }) => bearer), 'each request shows its token');
  expect(asked.every(({ query }) => /^$|^\?_HLS_msn=\d+(&_HLS_part=\d+)?$/.test(query)), `and none in its address: ${asked.map(({ query }) => query)}`);
  expect(asked.some(({ query }) => /_HLS_part=/.test(query)), 'it waits for parts');
  await page.setViewport({ width: 1280, height: 800 });
  await shoot(page, 'watch-hls-desktop');
  await page.$eval('#stats', (details) => (details.open = true));
  await until(() => page.$eval(pages.byTestId('watch-stats'), (list) => /Behind/.test(list.textContent)), 3000);
  await shoot(page, 'watch-hls-desktop-numbers');
  const bad = (await violations(page)).violations;
  expect(bad.length === 0, `accessible: ${JSON.stringify(bad)}`);
  await page.setViewport({ width: 390, height: 844, deviceScaleFactor: 2 });
  await shoot(page, 'watch-hls-phone-numbers');
  await page.$eval('#stats', (details) => (details.open = false));
  await shoot(page, 'watch-hls-phone');
  const stays = await until(async () => (await pages.state(page)).stats.framesDecoded > live.stats.framesDecoded + 30, 20_000);
  expect(stays, 'and goes on');
  const { stats } = await pages.state(page);
  const faults = page.faults.filter((fault) => !/^404 DELETE \/whep\//.test(fault));
  expect(faults.length === 0, faults.join());
  await page.close();
  return { millis, latency_ms: Math.round(stats.latencyMillis), codec: stats.codec, width: stats.width };
}

/** The studio shows its own stream in the same way. */
async function studio() {
  const browser = closing(await launchChromium({ flags: [NO_UDP] }));
  const page = await pages.open(browser, `${given.base}/`);
  await page.waitForSelector('[data-testid^="layer-"]');
  await pages.press(page, 'start-scene');
  const live = await until(async () => {
    const now = await pages.state(page);
    return now.way === 'hls' && now.view === 'live' && now.viewStats?.framesDecoded >= 30 && now;
  }, 60_000);
  expect(live, `the studio's own view plays by HLS: ${JSON.stringify(await pages.state(page))}`);
  const says = await page.$eval('#after-note', (element) => element.textContent);
  expect(/some seconds behind$/.test(says), `and says so: ${says}`);
  const picture = await pages.pixels(page, pages.byTestId('after'), GRID);
  expect(picture?.pixels.some((colour) => Math.max(...colour) > NEARLY_BLACK), `a picture: ${JSON.stringify(picture)}`);
  await shoot(page, 'studio-hls-desktop');
  await pages.press(page, 'stop');
  await page.close();
}

async function chosen() {
  const browser = closing(await launchChromium({ media: 'asked' }));
  const page = await pages.open(browser, `${given.base}/watch?stream=${given.stream}`);
  expect(await playsBy(page, 'webrtc', 10, 20_000), `by WebRTC where it can: ${JSON.stringify(await pages.state(page))}`);
  expect((await note(page)) === '', 'without a word of delay');
  await page.select(pages.byTestId('way'), 'hls');
  expect(await playsBy(page, 'hls', 30, 20_000), `by HLS when it is chosen: ${JSON.stringify(await pages.state(page))}`);
  expect((await note(page)) === 'Playing with a few seconds’ delay, over HTTP.', `says so: ${await note(page)}`);
  await page.select(pages.byTestId('way'), 'auto');
  expect(await playsBy(page, 'webrtc', 10, 20_000), `and back: ${JSON.stringify(await pages.state(page))}`);
  expect((await note(page)) === '', 'without a word again');
  await page.close();
}

await run(async () => {
  const hls = await blocked();
  await studio();
  await chosen();
  return { ok: failures.length === 0, failures, ...hls };
}, { limitMillis: 240_000 });
