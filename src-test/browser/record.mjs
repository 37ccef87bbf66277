// The studio records its own stream: pressed, pressed again, listed; played in the page, downloaded; listed by the next tab, and deleted there.
//
//   node record.mjs --base=http://localhost:8080 --out=/tmp/folder
//
// Says the path of the downloaded file.

import fs from 'node:fs';
import path from 'node:path';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', out: '/tmp' });
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

const says = (page, words) => until(() => page.$eval(`${pages.byTestId('record')} span`, (span, text) => span.textContent === text, words), 15_000, 50);

const rows = (page) => page.$$eval(pages.byTestId('recording'), (all) => all.map((row) => row.textContent));

/** The player has pictures, and goes on. */
const playing = (page) => page.$eval(pages.byTestId('recording-player'), (video) => ({ at: video.currentTime, seconds: video.duration, width: video.videoWidth, error: video.error?.message ?? null }));

await run(
  async () => {
    const browser = closing(await launchChromium());
    const page = await pages.open(browser, `${given.base}/`);
    await page.waitForSelector('[data-testid^="layer-"]');
    expect(await page.$eval(pages.byTestId('record'), (button) => button.disabled), 'nothing to record before the start');
    await pages.press(page, 'start-scene');
    expect(await until(async () => (await pages.state(page)).view === 'live', 20_000), `it is live: ${JSON.stringify(await pages.state(page))}`);
    await pages.press(page, 'record');
    expect(await says(page, 'Recording'), 'the button says that it records');
    expect(await until(() => page.$eval(pages.byTestId('recording-time'), (time) => /^0:0[1-9]$/.test(time.textContent)), 10_000), 'how long it records is counted');
    await page.click(`${pages.byTestId('recordings')} summary`);
    expect(await until(() => page.$(pages.byTestId('recording-now')), 10_000), 'what is being recorded is listed as such');
    const from = (await pages.state(page)).stats.frames_out;
    await until(async () => (await pages.state(page)).stats.frames_out > from + 75, 20_000);
    await pages.press(page, 'record');
    expect(await says(page, 'Record'), 'and that it has ended');
    expect(await until(async () => (await rows(page)).length === 1, 10_000), `one recording is listed: ${JSON.stringify(await rows(page))}`);

    await page.click(`${pages.byTestId('recording')} button:nth-of-type(1)`);
    const shown = await until(async () => {
      const now = await playing(page);
      return now.at > 0.5 && now.width > 0 ? now : null;
    }, 15_000);
    expect(shown?.width === 640, `it plays in the page: ${JSON.stringify(await playing(page))}`);

    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: given.out });
    await page.click(`${pages.byTestId('recording')} button:nth-of-type(2)`);
    const file = await until(() => fs.readdirSync(given.out).find((name) => name.endsWith('.mp4')), 15_000);
    expect(file, `it is downloaded: ${fs.readdirSync(given.out)}`);

    const { stream } = await pages.state(page);
    const beside = await pages.open(browser, `${given.base}/`);
    await beside.click(`${pages.byTestId('recordings')} summary`);
    expect(await until(async () => (await pages.state(beside)).stream, 10_000), 'a tab beside it has a session');
    expect((await pages.state(beside)).stream !== stream, 'of its own');
    await beside.close();
    await page.close();
    const next = await pages.open(browser, `${given.base}/`);
    expect(await until(async () => (await pages.state(next)).stream === stream, 10_000), `the next tab goes on with it: ${JSON.stringify(await pages.state(next))}`);
    await next.click(`${pages.byTestId('recordings')} summary`);
    expect(await until(async () => (await rows(next)).length === 1, 10_000), `the next tab lists it: ${JSON.stringify(await rows(next))}`);

    await next.click(`${pages.byTestId('recording')} button:nth-of-type(3)`);
    expect(await until(async () => (await rows(next)).length === 0, 10_000), 'it is deleted');
    const faults = [...page.faults, ...next.faults].filter((fault) => !/^(409 POST|404 DELETE) \/whep\//.test(fault));
    expect(faults.length === 0, faults.join());
    return { ok: failures.length === 0, failures, file: file ? path.join(given.out, file) : null, played: shown };
  },
  { limitMillis: 80_000 },
);
