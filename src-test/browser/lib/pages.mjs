// The studio and the watch page as a test sees them.

import { until } from './scenario.mjs';

/** Opens a page, collecting its errors, refused requests, and requests to other hosts in `page.faults`. */
export async function open(browser, url, { width = 1280, height = 800, dark = false } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  page.setDefaultNavigationTimeout(60_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) page.faults.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    page.faults.push(`${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`);
  });
  const host = new URL(url).host;
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (/^https?:|^wss?:/.test(target.protocol) && target.host !== host) page.faults.push(`other host: ${target.host}`);
  });
  await page.setViewport({ width, height }).catch(() => {});
  if (dark) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.goto(url, { waitUntil: 'load' });
  const isOurs = url !== 'about:blank';
  if (isOurs && !(await until(() => page.evaluate(() => Boolean(window.framecast)), 10_000, 50))) {
    throw new Error(`${url} has no window.framecast`);
  }
  return page;
}

export const byTestId = (id) => `[data-testid="${id}"]`;

/** Presses a control the way a person does. */
export async function press(page, testId) {
  const selector = byTestId(testId);
  await page.bringToFront(); // a page behind another draws nothing, and a click waits for that
  await page.waitForSelector(selector, { visible: true, timeout: 40_000 });
  await page.click(selector);
}

/** Opens the studio and starts a source: `camera`, `screen` or `scene`. Resolves when the stream is live. */
export async function startStudio(browser, base, source, { layers = [], size, millis = 15_000, ...look } = {}) {
  const page = await open(browser, `${base}/`, look);
  await page.waitForSelector('[data-testid^="layer-"]', { timeout: 4 * millis });
  if (layers.length) await setLayers(page, layers);
  if (size) await page.select(byTestId('resolution'), String(size));
  await press(page, `start-${source}`);
  const live = await until(async () => (await state(page)).phase === 'live', millis);
  if (!live) throw new Error(`the studio is not live: ${JSON.stringify(await state(page))}`);
  return page;
}

/** Switches exactly the named layers on. */
export async function setLayers(page, names) {
  const present = await page.$$eval('input[data-testid^="layer-"]', (inputs) => inputs.map((input) => [input.dataset.testid.slice(6), input.checked]));
  for (const [name, on] of present) {
    if (names.includes(name) !== on) await press(page, `layer-${name}`);
  }
  const missing = names.filter((name) => !present.some(([known]) => known === name));
  if (missing.length) throw new Error(`no such layer: ${missing}`);
}

/** What `window.framecast.state()` says, as plain data. */
export function state(page) {
  return page.evaluate(() => {
    const { peerConnection, ...rest } = window.framecast.state();
    return JSON.parse(JSON.stringify({ ...rest, connection: peerConnection?.connectionState ?? null }));
  });
}

/** The viewer link that the studio shows, once it shows one. */
export async function viewerLink(page) {
  return until(() => page.$eval(byTestId('viewer-link'), (input) => input.value), 10_000);
}

/** The inbound counters of the page's peer connection, by kind, with the codec and its payload type. */
export function inbound(page) {
  return page.evaluate(async () => {
    const pc = window.framecast.state().peerConnection;
    if (!pc) return null;
    const report = await pc.getStats();
    const found = {};
    for (const entry of report.values()) {
      if (entry.type !== 'inbound-rtp') continue;
      const codec = report.get(entry.codecId);
      found[entry.kind] = {
        packetsReceived: entry.packetsReceived,
        packetsLost: entry.packetsLost,
        bytesReceived: entry.bytesReceived,
        framesDecoded: entry.framesDecoded,
        framesDropped: entry.framesDropped,
        freezeCount: entry.freezeCount,
        width: entry.frameWidth,
        height: entry.frameHeight,
        audioLevel: entry.audioLevel,
        codec: codec?.mimeType,
        payloadType: codec?.payloadType,
      };
    }
    return found;
  });
}

/** Waits until the page has decoded this many frames; returns the counters as they are then, or at the deadline. */
export async function decoded(page, frames, millis) {
  let last = null;
  await until(async () => {
    last = await inbound(page);
    return (last?.video?.framesDecoded ?? 0) >= frames;
  }, millis);
  return last;
}

/**
 * Colours of the picture as it is shown now.
 * @param points `[x, y]` in the picture's own pixels
 * @returns `{width, height, pixels: [[r, g, b], …]}`, or null while there is no picture
 */
export function pixels(page, selector, points) {
  return page.evaluate(
    (css, wanted) => {
      const element = document.querySelector(css);
      const width = element.videoWidth ?? element.width;
      const height = element.videoHeight ?? element.height;
      if (!width) return null;
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(element, 0, 0);
      return { width, height, pixels: wanted.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)]) };
    },
    selector,
    points,
  );
}

/**
 * How large a share of the pixels along each box's edge is close to a colour. A box that is drawn in that colour gives
 * a large share, one that is not drawn a small one.
 * @param boxes `[x, y, width, height]` in the picture's own pixels
 */
export function edgeShare(page, selector, boxes, colour, { reach = 4, tolerance = 90 } = {}) {
  return page.evaluate(
    (css, wanted, [red, green, blue], around, allowed) => {
      const element = document.querySelector(css);
      const canvas = new OffscreenCanvas(element.videoWidth, element.videoHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(element, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      const isNear = (x, y) => {
        if (x < 0 || y < 0 || x >= width || y >= height) return false;
        const at = 4 * (Math.round(y) * width + Math.round(x));
        return Math.hypot(data[at] - red, data[at + 1] - green, data[at + 2] - blue) <= allowed;
      };
      const hit = (x, y, horizontal) => {
        for (let step = -around; step <= around; step++) if (horizontal ? isNear(x, y + step) : isNear(x + step, y)) return 1;
        return 0;
      };
      return wanted.map(([x, y, w, h]) => {
        let hits = 0;
        let all = 0;
        for (let i = 0; i <= 20; i++) {
          hits += hit(x + (w * i) / 20, y, true) + hit(x + (w * i) / 20, y + h, true) + hit(x, y + (h * i) / 20, false) + hit(x + w, y + (h * i) / 20, false);
          all += 4;
        }
        return hits / all;
      });
    },
    selector,
    boxes,
    colour,
    reach,
    tolerance,
  );
}

/**
 * Like {@link edgeShare}, for a clip whose every picture carries its own number: 32 black and white blocks in the lower
 * left corner, 24 bits of number and 8 of check. So the picture on show is compared with what is known of that very one.
 * @param truth `{frames: [[{label, x, y, w, h}, …], …]}`
 * @param palette the colour of each label's box, `{label: [r, g, b]}`
 * @returns `{frame, shares}`, or null when the number cannot be read in this picture
 */
export function edgeShareByNumber(page, selector, truth, palette, { reach = 4, tolerance = 90 } = {}) {
  return page.evaluate(
    (css, known, colours, around, allowed) => {
      const element = document.querySelector(css);
      if (!element.videoWidth) return null;
      const canvas = new OffscreenCanvas(element.videoWidth, element.videoHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(element, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      const block = Math.max(4, Math.floor(height / 45));
      const row = height - 1 - Math.floor(block / 2);
      let word = 0;
      for (let bit = 0; bit < 32; bit++) {
        const at = 4 * (row * width + bit * block + Math.floor(block / 2));
        word = (word << 1) | (data[at + 1] > 126 ? 1 : 0);
      }
      const frame = word >>> 8;
      const check = (Math.imul(frame, 0x9e3779b1) >>> 24) ^ 0x5a;
      const boxes = known.frames[frame];
      if (check !== (word & 255) || !boxes) return null;
      const shareOf = ({ label, x, y, w, h }) => {
        const [red, green, blue] = colours[label];
        const isNear = (px, py) => {
          if (px < 0 || py < 0 || px >= width || py >= height) return false;
          const at = 4 * (Math.round(py) * width + Math.round(px));
          return Math.hypot(data[at] - red, data[at + 1] - green, data[at + 2] - blue) <= allowed;
        };
        const hit = (px, py, horizontal) => {
          for (let step = -around; step <= around; step++) if (horizontal ? isNear(px, py + step) : isNear(px + step, py)) return 1;
          return 0;
        };
        let hits = 0;
        for (let i = 1; i < 20; i++) {
          hits += hit(x + (w * i) / 20, y, true) + hit(x + (w * i) / 20, y + h, true) + hit(x, y + (h * i) / 20, false) + hit(x + w, y + (h * i) / 20, false);
        }
        return hits / 76;
      };
      return { frame, shares: boxes.map(shareOf) };
    },
    selector,
    truth,
    palette,
    reach,
    tolerance,
  );
}
