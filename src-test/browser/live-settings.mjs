// A watch page decodes a grey stream while its settings change: a caption comes and goes, and the picture never stops.
//
//   node live-settings.mjs --base=http://localhost:8080 --stream=s-… --token=…

import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', stream: '', token: '' });
const CAPTION = { name: 'caption', options: { text: 'LIVE', size: 6, opacity: 1, position: 'bottom-left' } };
const CHANGED = 25;

async function set(layers) {
  const response = await fetch(`${given.base}/session/state`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${given.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ layers }),
  });
  if (!response.ok) throw new Error(`PUT /session/state: ${response.status} ${await response.text()}`);
}

/** How far the picture's lower left quarter is from the grey of its upper right corner, on average. */
async function difference(page) {
  const points = [];
  for (let x = 4; x < 160; x += 6) for (let y = 110; y < 178; y += 6) points.push([x, y]);
  const seen = await pages.pixels(page, pages.byTestId('watch-video'), [[310, 6], ...points]);
  if (!seen) return 0;
  const [[ground], ...rest] = seen.pixels;
  return rest.reduce((sum, [red]) => sum + Math.abs(red - ground), 0) / rest.length;
}

await run(async () => {
  const browser = closing(await launch('chromium'));
  const page = await pages.open(browser, `${given.base}/watch?stream=${given.stream}`);
  const start = await pages.decoded(page, 30, 15_000);
  await page.evaluate(() => {
    window.firstConnection = window.framecast.state().peerConnection;
    window.phases = [];
    setInterval(() => window.phases.push(window.framecast.state().phase), 50);
  });
  const startedAt = Date.now();
  const seen = [await difference(page)];
  for (const layers of [[CAPTION], [], [CAPTION]]) {
    const wanted = (value) => (layers.length ? value > CHANGED : value < 5);
    await set(layers);
    await until(async () => wanted(seen[seen.push(await difference(page)) - 1]), 5000, 50);
    if (!wanted(seen.at(-1))) return { ok: false, layers, seen };
  }
  const end = await pages.inbound(page);
  const fps = ((end.video.framesDecoded - start.video.framesDecoded) * 1000) / (Date.now() - startedAt);
  const { same, phases } = await page.evaluate(() => ({ same: window.framecast.state().peerConnection === window.firstConnection, phases: [...new Set(window.phases)] }));
  return { ok: seen[0] < 5 && same && phases.length === 1 && phases[0] === 'live' && fps > 8, seen, same, phases, fps };
});
