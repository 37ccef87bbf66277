// Glass to glass: the studio publishes a camera whose picture carries the time, a second profile watches, and the
// time that its picture shows is compared with the clock. Prints p50 and p95, the steps between, and the frame rate; by HLS
// (--way=hls) also how far behind the player says that it is.
//
//   node glass-to-glass.mjs --base=http://localhost:8080 --seconds=20 --layers=detect,boxes

import { launchChromium } from './lib/browsers.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';
import { byTestId, decoded, inbound, open, setLayers, press, state, viewerLink } from './lib/pages.mjs';

const settings = options({
  base: 'http://localhost:8080',
  seconds: 20,
  warmup: 5,
  layers: 'detect,boxes', // or none
  width: 640,
  height: 360,
  fps: 30,
  rate: 24,
  way: 'webrtc', // or hls
  goal: 0, // the most that p50 may be, in milliseconds; 0 for any
});

const CELL = 16;
const BITS = 20;

/** A camera of the page's own: moving shapes, and the milliseconds of the machine's clock as a row of cells. */
function installCamera(page) {
  return page.evaluateOnNewDocument(
    (width, height, fps, cell, bits) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      const draw = () => {
        const now = performance.timeOrigin + performance.now();
        context.fillStyle = '#445566';
        context.fillRect(0, 0, width, height);
        for (let i = 0; i < 4; i++) {
          const x = width * (0.2 + 0.2 * i) + 40 * Math.sin(now / 700 + i);
          const y = height * 0.6 + 50 * Math.cos(now / 900 + 2 * i);
          context.fillStyle = ['#d03030', '#30a040', '#e0b020', '#b040c0'][i];
          context.beginPath();
          if (i % 2) context.rect(x - 28, y - 28, 56, 56);
          else context.arc(x, y, 30, 0, 7);
          context.fill();
        }
        const stamp = Math.floor(now) % (1 << bits);
        for (let bit = 0; bit < bits; bit++) {
          context.fillStyle = stamp & (1 << bit) ? '#fff' : '#000';
          context.fillRect(8 + bit * cell, 8, cell, cell);
        }
      };
      let timer;
      navigator.mediaDevices.getUserMedia = async () => {
        draw();
        timer ??= setInterval(draw, 1000 / fps);
        const stream = canvas.captureStream(fps);
        const audio = new AudioContext({ sampleRate: 48000 });
        const tone = audio.createOscillator();
        const out = audio.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        stream.addTrack(out.stream.getAudioTracks()[0]);
        return stream;
      };
    },
    settings.width,
    settings.height,
    settings.fps,
    CELL,
    BITS,
  );
}

/** Reads the time from every frame that the watch page shows, for so many seconds. */
function measure(page, seconds) {
  return page.evaluate(
    async (millis, cell, bits, width) => {
      const video = document.querySelector('[data-testid="watch-video"]');
      const canvas = new OffscreenCanvas(8 + bits * cell, 8 + cell);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      const found = [];
      let unread = 0;
      const end = performance.now() + millis;
      await new Promise((resolve) => {
        const look = (_, frame) => {
          const shownAt = performance.timeOrigin + performance.now();
          const scale = frame.width / width;
          context.drawImage(video, 0, 0, canvas.width * scale, canvas.height * scale, 0, 0, canvas.width, canvas.height);
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          let stamp = 0;
          let clear = true;
          for (let bit = 0; bit < bits; bit++) {
            const at = 4 * ((8 + cell / 2) * canvas.width + 8 + bit * cell + cell / 2);
            const light = data[at + 1];
            if (light > 80 && light < 170) clear = false;
            if (light >= 128) stamp |= 1 << bit;
          }
          const latency = (Math.floor(shownAt) - stamp + (1 << bits)) % (1 << bits);
          if (clear && latency < 10_000) found.push(latency);
          else unread++;
          if (performance.now() < end) video.requestVideoFrameCallback(look);
          else resolve();
        };
        video.requestVideoFrameCallback(look);
      });
      return { found, unread };
    },
    seconds * 1000,
    CELL,
    BITS,
    settings.width,
  );
}

/** Has the page play by HLS, and waits until it does. */
async function overHttp(watch) {
  await watch.select(byTestId('way'), 'hls');
  const plays = await until(async () => {
    const { way, stats } = await state(watch);
    return way === 'hls' && stats?.framesDecoded > 10;
  }, 20_000);
  if (!plays) throw new Error(`nothing comes by HLS: ${JSON.stringify(await state(watch))}`);
}

/** What has been decoded and lost so far, whichever way it comes. */
async function counters(watch) {
  return settings.way === 'hls' ? (await state(watch)).stats : (await inbound(watch)).video;
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];

run(
  async () => {
    const studioBrowser = closing(await launchChromium());
    const studio = await studioBrowser.newPage();
    await installCamera(studio);
    await studio.setViewport({ width: 1000, height: 800 });
    await studio.goto(`${settings.base}/`, { waitUntil: 'load' });
    await studio.waitForSelector('[data-testid^="layer-"]', { timeout: 10_000 });
    await setLayers(studio, settings.layers.split(',').filter((name) => name && name !== 'none'));
    await press(studio, 'start-camera');
    if (!(await until(async () => (await state(studio)).phase === 'live', 15_000))) {
      throw new Error(`the studio is not live: ${JSON.stringify(await state(studio))}`);
    }
    const watchBrowser = closing(await launchChromium());
    const watch = await open(watchBrowser, await viewerLink(studio), { width: 700, height: 500 });
    if (settings.way === 'hls') await overHttp(watch);
    else await decoded(watch, 10, 15_000);
    await new Promise((resolve) => setTimeout(resolve, settings.warmup * 1000));

    const before = await counters(watch);
    const startedAt = Date.now();
    const { found, unread } = await measure(watch, settings.seconds);
    const after = await counters(watch);
    const player = (await state(watch)).stats;
    const seconds = (Date.now() - startedAt) / 1000;
    const fps = (after.framesDecoded - before.framesDecoded) / seconds;
    const server = (await state(studio)).stats ?? null;
    const sorted = found.toSorted((a, b) => a - b);
    return {
      ok: sorted.length > 0 && fps >= settings.rate && !(settings.goal && quantile(sorted, 0.5) > settings.goal),
      way: settings.way,
      fps: Number(fps.toFixed(1)),
      frames: sorted.length,
      unread,
      glass_to_glass_ms: { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) },
      server_latency_ms: server?.latency_ms ?? null,
      server,
      ...(settings.way === 'hls'
        ? { player_latency_ms: Math.round(player.latencyMillis), buffer_ms: Math.round(player.bufferMillis), width: player.width, dropped: player.framesDropped }
        : { packets_lost: after.packetsLost - before.packetsLost }),
    };
  },
  { limitMillis: (settings.seconds + settings.warmup + 60) * 1000 },
);
