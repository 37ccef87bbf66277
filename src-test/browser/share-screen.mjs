// A studio shares its screen: what another tab shows is what the viewers see, and when the browser ends the sharing, the
// stream ends.
//
//   node share-screen.mjs --base=http://localhost:8080

import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', frames: 40 });
const TITLE = 'What is shared';
const GREEN = [16, 160, 64];
const failures = [];
const video = pages.byTestId('watch-video');

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

/** A page all in one colour that is drawn again and again, as a capture sends nothing of what stands still. */
async function shared(browser) {
  const page = await browser.newPage();
  await page.setViewport({ width: 800, height: 600 });
  await page.setContent(`<title>${TITLE}</title><body style="margin:0;height:100vh;background:rgb(${GREEN})"><p id="time" style="margin:0"></p></body>`);
  await page.evaluate(() => {
    const field = document.getElementById('time');
    const draw = () => {
      field.textContent = String(performance.now());
      requestAnimationFrame(draw);
    };
    draw();
  });
  return page;
}

const isGreen = (pixel) => pixel.every((part, i) => Math.abs(part - GREEN[i]) < 30);

await run(async () => {
  const publisher = closing(await launchChromium({ sharedTab: TITLE }));
  const window = await shared(publisher);
  const studio = await pages.startStudio(publisher, given.base, 'screen');
  const { source } = await pages.state(studio);
  await window.bringToFront(); // a tab behind another draws nothing
  const viewer = closing(await launchChromium());
  const watch = await pages.open(viewer, await pages.viewerLink(studio));
  const stats = await pages.decoded(watch, given.frames, 20_000);
  expect((stats?.video?.framesDecoded ?? 0) >= given.frames, `pictures come: ${JSON.stringify(stats)}`);
  let seen = null;
  const size = stats?.video ?? { width: 0, height: 0 };
  const points = [[0.5, 0.5], [0.3, 0.7], [0.7, 0.7], [0.5, 0.9]].map(([x, y]) => [Math.floor(x * size.width), Math.floor(y * size.height)]);
  const right = await until(async () => {
    seen = await pages.pixels(watch, video, points);
    return seen?.pixels.every(isGreen);
  }, 8000);
  expect(right, `the picture is what the tab shows: ${JSON.stringify(seen)}`);

  // As when a person presses the browser's own "Stop sharing".
  await window.close();
  const ended = await until(async () => (await pages.state(studio)).phase !== 'live', 10_000);
  expect(ended, `the studio sees that the sharing ended: ${JSON.stringify(await pages.state(studio))}`);
  return { ok: failures.length === 0, failures, source, inbound: stats, seen, studio: await pages.state(studio), faults: studio.faults };
});
