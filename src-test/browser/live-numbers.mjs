// The studio's numbers and its chart, held against what can be counted from outside: frames that the page sends, frames and
// bytes that its own view receives, other browsers that watch.
//
//   node live-numbers.mjs --base=http://localhost:8080

import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080' });
const NAMES = ['fps-in', 'fps-out', 'inference', 'latency', 'viewers', 'bitrate', 'dropped'];
const STEPS = ['queue', 'process', 'decode', 'inference', 'encode', 'send', 'total'];
const LOOKS = 5;
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};
const isNear = (value, wanted, share) => Math.abs(value - wanted) <= wanted * share;
const within = (value, wanted, share, what) => expect(isNear(value, wanted, share), `${what}: ${value}, expected about ${wanted}`);
/** Shown with one digit after the point below ten, with none above. */
const rounded = (value, wanted, what) => expect(value !== null && Math.abs(value - wanted) <= (wanted < 9.95 ? 0.051 : 0.51), `${what}: ${value}, expected ${wanted}`);
/** A step and what it is part of have seen other frames when a machine manages few: that may be so at one look. */
const partsFit = ({ process, inference, total }) => process[0] >= inference[0] && total[0] >= process[0];
const isEmpty = (tiles) => Object.values(tiles).every((value) => value === null);

/** What the page shows: tiles as numbers, the steps' cells, the chart's points and words; and the event behind it. */
function shown(page) {
  return page.evaluate(
    (names, steps) => {
      const number = (words) => (Number.isNaN(Number.parseFloat(words)) ? null : Number.parseFloat(words));
      const text = (id) => document.querySelector(`[data-testid="stat-${id}"]`).textContent;
      const chart = document.getElementById('fps-chart');
      const points = (which) => chart.querySelector(`.line-${which}`)?.getAttribute('d').match(/[ML]/g)?.length ?? 0;
      return {
        tiles: Object.fromEntries(names.map((name) => [name, number(text(name))])),
        bitrateUnit: document.getElementById('bitrate-unit').textContent,
        steps: Object.fromEntries(steps.map((step) => [step, [...document.querySelectorAll(`[data-step="${step}"] td`)].slice(1).map((cell) => number(cell.textContent))])),
        chart: { in: points('in'), out: points('out'), role: chart.getAttribute('role'), words: chart.getAttribute('aria-label') },
        event: window.framecast.state().stats,
      };
    },
    NAMES,
    STEPS,
  );
}

/** Rates counted by the page's own counters over some seconds. */
async function counted(page, millis) {
  const read = async () => ({ at: Date.now(), sent: (await pages.state(page)).framesSent, ...(await pages.inbound(page)) });
  const first = await read();
  await new Promise((resolve) => setTimeout(resolve, millis));
  const last = await read();
  const seconds = (last.at - first.at) / 1000;
  return {
    sentPerSecond: (last.sent - first.sent) / seconds,
    decodedPerSecond: (last.video.framesDecoded - first.video.framesDecoded) / seconds,
    videoBitsPerSecond: (8 * (last.video.bytesReceived - first.video.bytesReceived)) / seconds,
  };
}

const showsViewers = (page, count, millis) => until(async () => (await shown(page)).tiles.viewers === count, millis, 100);

/** Tiles, steps and chart say what the event says, and the event is plausible in itself. */
function holdAgainstItself({ tiles, steps, chart, event, bitrateUnit }) {
  within(tiles['fps-in'], event.fps_in, 0.01, 'frames in against the event');
  within(tiles['fps-out'], event.fps_out, 0.01, 'frames out against the event');
  rounded(tiles.inference, event.inference_ms_p50, 'inference against the event');
  rounded(tiles.latency, event.latency_ms.total.p50, 'latency against the event');
  within(tiles.bitrate * (bitrateUnit === 'Mb/s' ? 1e6 : 1e3), event.bitrate_bps, 0.02, 'bitrate against the event');
  expect(tiles.inference > 0.2 && tiles.inference < tiles.latency, `inference ${tiles.inference} ms of ${tiles.latency} ms`);
  for (const [step, [median, high]] of Object.entries(steps)) {
    expect(median >= 0 && high >= median && high < 2000, `${step}: ${median} ms, ${high} ms`);
    rounded(median, event.latency_ms[step].p50, `${step} against the event`);
  }
  expect(partsFit(steps), `parts are no longer than the whole: ${JSON.stringify(steps)}`);
  expect(chart.role === 'img' && chart.words === `Frames per second: ${event.fps_in.toFixed(0)} in, ${event.fps_out.toFixed(0)} out`, `the chart says "${chart.words}"`);
}

await run(async () => {
  const browser = closing(await launchChromium());
  const page = await pages.open(browser, `${given.base}/`);
  await page.waitForSelector('[data-testid^="layer-"]');
  const idle = await shown(page);
  expect(isEmpty(idle.tiles) && idle.chart.in === 0 && /nothing measured yet/.test(idle.chart.words), `idle: ${JSON.stringify(idle)}`);
  await pages.setLayers(page, ['detect', 'boxes']);
  await pages.press(page, 'start-scene');
  expect(await until(async () => (await pages.state(page)).view === 'live', 10_000), 'the view is live');
  expect(await showsViewers(page, 0, 5000), 'nobody watches yet');

  const early = await shown(page);
  // A machine that is busy changes its rates while they are counted: another look then decides.
  const bitrateFits = (event, bits) => event.bitrate_bps > 0.4 * bits && event.bitrate_bps < 2.5 * bits;
  let full;
  let fast;
  for (let look = 0; look < LOOKS; look++) {
    full = await counted(page, 3000);
    fast = await shown(page);
    if (isNear(fast.tiles['fps-in'], full.sentPerSecond, 0.15) && isNear(fast.tiles['fps-out'], full.decodedPerSecond, 0.2) && bitrateFits(fast.event, full.videoBitsPerSecond) && partsFit(fast.steps)) break;
  }
  holdAgainstItself(fast);
  within(fast.tiles['fps-in'], full.sentPerSecond, 0.15, 'frames in against the frames sent');
  within(fast.tiles['fps-out'], full.decodedPerSecond, 0.2, 'frames out against the frames decoded');
  expect(bitrateFits(fast.event, full.videoBitsPerSecond), `bitrate ${fast.event.bitrate_bps}, received ${full.videoBitsPerSecond}`);
  expect(fast.chart.in >= early.chart.in + 2 && fast.chart.out >= early.chart.out + 2, `the chart grows: ${early.chart.in} → ${fast.chart.in}`);

  const other = await launchChromium();
  const watch = await pages.open(other, await pages.viewerLink(page));
  await pages.decoded(watch, 5, 10_000);
  expect(await showsViewers(page, 1, 3000), 'one watches');
  await page.$eval('#advanced', (details) => (details.open = true));
  await page.focus(pages.byTestId('rate'));
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
  await watch.close();
  await other.close();
  expect(await showsViewers(page, 0, 5000), 'nobody watches any more');

  const slow = await until(async () => {
    const now = await shown(page);
    return now.tiles['fps-in'] < 11.5 && now.tiles['fps-out'] < 11.5 && now;
  }, 6000);
  expect(slow, 'frames in and out follow the rate that was chosen');
  let few;
  let last;
  for (let look = 0; look < LOOKS; look++) {
    few = await counted(page, 2000);
    last = await shown(page);
    if (isNear(last.tiles['fps-in'], few.sentPerSecond, 0.15) && partsFit(last.steps)) break;
  }
  holdAgainstItself(last);
  within(last.tiles['fps-in'], few.sentPerSecond, 0.15, 'frames in against the frames sent, slower');

  await pages.press(page, 'stop');
  const rest = await shown(page);
  expect(isEmpty(rest.tiles), 'after the stop nothing is shown as live');
  const faults = page.faults.filter((fault) => !/^404 DELETE \/whep\//.test(fault)); // the stream's end was faster
  expect(faults.length === 0, faults.join());
  return { ok: failures.length === 0, failures, full, few, fast: fast.tiles, slow: last.tiles, steps: last.steps, chart: last.chart };
});
