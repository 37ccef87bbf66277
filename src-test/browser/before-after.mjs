// The studio's two pictures: the same scene, the later one with boxes, side by side or one above the other; and what the
// layers' switches and sliders do to the later one while it is live.
//
//   node before-after.mjs --base=http://localhost:8080 --camera=scene.mjpeg --truth=scene.mjpeg.json --palette='circle:46,204,113;…'
//
// The camera's pictures are numbered, so each picture that is shown is held against what is known of that very one.

import fs from 'node:fs';
import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', camera: '', truth: '', palette: '' });
const before = pages.byTestId('before');
const after = pages.byTestId('after');

const box = (page, selector) => page.$eval(selector, (element) => element.getBoundingClientRect().toJSON());

/** Where the two pictures lie in a window of this size. */
async function layout(page, width, height) {
  await page.setViewport({ width, height });
  return until(async () => {
    const [left, right] = [await box(page, before), await box(page, after)];
    const sameSize = Math.abs(left.width - right.width) <= 1 && Math.abs(left.height - right.height) <= 1;
    const shape = Math.abs(left.width / left.height - 16 / 9) < 0.02;
    const sideBySide = Math.abs(left.top - right.top) <= 1 && left.right < right.left;
    const stacked = Math.abs(left.left - right.left) <= 1 && left.bottom < right.top;
    return { width, sameSize: sameSize && shape, arrangement: sideBySide ? 'side by side' : stacked ? 'stacked' : 'neither', left, right };
  }, 1000);
}

const mean = (shares) => (shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : NaN);

/** How much of the boxes' edges is painted in the pictures that are shown next, and the numbers of those pictures. */
async function look(page, selector, truth, palette, count = 6) {
  const frames = [];
  const shares = [];
  const end = Date.now() + 5000;
  while (frames.length < count && Date.now() < end) {
    const seen = await pages.edgeShareByNumber(page, selector, truth, palette);
    if (seen && seen.frame !== frames.at(-1)) {
      frames.push(seen.frame);
      shares.push(...seen.shares);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { frames, share: mean(shares) };
}

/** How long until the later picture has boxes, or has none; null if that does not come. */
async function boxesBecome(page, wanted, truth, palette) {
  const startedAt = Date.now();
  const come = await until(
    async () => {
      const { share } = await look(page, after, truth, palette, 2);
      return wanted ? share > 0.6 : share < 0.3;
    },
    4000,
    30,
  );
  return come ? Date.now() - startedAt : null;
}

/** Moves a slider by the keyboard, as one may. */
async function slide(page, testId, key) {
  await page.focus(pages.byTestId(testId));
  await page.keyboard.press(key);
  return page.$eval(pages.byTestId(testId), (input) => [Number(input.value), input.closest('.option').querySelector('output').value, input.getAttribute('aria-valuetext')]);
}

await run(async () => {
  const truth = JSON.parse(fs.readFileSync(given.truth, 'utf8'));
  const palette = Object.fromEntries(
    given.palette.split(';').map((entry) => {
      const [label, colour] = entry.split(':');
      return [label, colour.split(',').map(Number)];
    }),
  );
  const browser = closing(await launchChromium({ cameraFile: given.camera }));
  const page = await pages.startStudio(browser, given.base, 'camera', { layers: ['detect', 'boxes'] });
  const live = await until(async () => (await pages.state(page)).view === 'live', 10_000);
  const arrangements = [await layout(page, 1280, 800), await layout(page, 390, 844), await layout(page, 1280, 800)];
  const plain = await look(page, before, truth, palette);
  const boxed = await look(page, after, truth, palette);
  // The later picture is looked at later, so its number may be behind or ahead; the clip begins again at its end.
  const difference = Math.abs(plain.frames.at(-1) - boxed.frames[0]);
  const apart = Math.min(difference, truth.frames.length - difference);

  await page.evaluate(() => (window.framecast.state().peerConnection.testMark = 'before'));
  const sentBefore = (await pages.state(page)).framesSent;
  const slider = { most: await slide(page, 'opt-detect-confidence', 'End'), gone_ms: await boxesBecome(page, false, truth, palette) };
  Object.assign(slider, { least: await slide(page, 'opt-detect-confidence', 'Home') });
  for (let value = 0; value < 0.4; ) [value] = await slide(page, 'opt-detect-confidence', 'ArrowRight');
  slider.back_ms = await boxesBecome(page, true, truth, palette);
  await pages.press(page, 'layer-boxes');
  const layer = { gone_ms: await boxesBecome(page, false, truth, palette) };
  await pages.press(page, 'layer-boxes');
  layer.back_ms = await boxesBecome(page, true, truth, palette);
  const sameConnection = await page.evaluate(() => window.framecast.state().peerConnection.testMark === 'before');
  const sent = (await pages.state(page)).framesSent - sentBefore;

  const ok =
    live &&
    arrangements.map(({ arrangement }) => arrangement).join() === 'side by side,stacked,side by side' &&
    arrangements.every(({ sameSize }) => sameSize) &&
    new Set(plain.frames).size >= 5 &&
    new Set(boxed.frames).size >= 5 &&
    plain.share < 0.2 &&
    boxed.share > 0.7 &&
    apart < truth.frames.length / 4 &&
    slider.most[0] > slider.least[0] &&
    [slider.most, slider.least].every(([value, shown, spoken]) => Number.parseFloat(shown) === value && spoken === shown) &&
    [slider.gone_ms, slider.back_ms, layer.gone_ms, layer.back_ms].every((millis) => millis !== null) &&
    sameConnection &&
    sent > 20 &&
    page.faults.length === 0;
  return { ok, arrangements, plain, boxed, apart, slider, layer, sameConnection, sent, faults: page.faults };
});
