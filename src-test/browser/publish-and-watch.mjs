// A studio in one browser publishes; a watch page in another browser, with its own profile, plays it.
//
//   node publish-and-watch.mjs --base=http://localhost:8080 --camera=scene.mjpeg --viewer=firefox --layers=detect,boxes
//
// Prints one JSON line: what the viewer decoded, its codecs and payload types, colours of sampled pixels, shares of box
// edges, and what the publisher sent. Exit 0 when enough frames were decoded in time, sound came, and the edges are there.

import fs from 'node:fs';
import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run } from './lib/scenario.mjs';

const given = options({
  base: 'http://localhost:8080',
  camera: '', // a .y4m or .mjpeg file; without one the studio's test scene is published
  publisher: 'chromium',
  viewer: 'chromium',
  layers: 'detect,boxes', // comma-separated, in place of what is on by default
  frames: 100,
  within: 15_000, // ms, from the watch page's load
  'audio-packets': 50,
  pixels: '', // x,y;x,y… sampled from the viewer's picture
  boxes: '', // x,y,w,h;… whose edges should be painted
  colour: '', // r,g,b of those edges
  'edge-share': 0.5,
  truth: '', // a JSON file that says what is in each numbered picture of the camera file
  palette: '', // label:r,g,b;… the colour of each label's box
  screenshot: '',
});

const numbers = (text) => text.split(';').filter(Boolean).map((group) => group.split(',').map(Number));
const video = pages.byTestId('watch-video');

/** Ten pictures as the viewer shows them, each held against what is known of it. */
async function numberedEdges(watch) {
  const truth = JSON.parse(fs.readFileSync(given.truth, 'utf8'));
  const palette = Object.fromEntries(
    given.palette.split(';').map((entry) => {
      const [label, colour] = entry.split(':');
      return [label, colour.split(',').map(Number)];
    }),
  );
  const found = [];
  const end = Date.now() + 8000;
  while (found.length < 10 && Date.now() < end) {
    const next = await pages.edgeShareByNumber(watch, video, truth, palette);
    if (next && next.frame !== found.at(-1)?.frame) found.push(next);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return found;
}

await run(async () => {
  const publisher = closing(await launch(given.publisher, { cameraFile: given.camera || undefined }));
  const studio = await pages.startStudio(publisher, given.base, given.camera ? 'camera' : 'scene', { layers: given.layers.split(',').filter(Boolean) });
  const link = await pages.viewerLink(studio);
  const viewer = closing(await launch(given.viewer));
  const startedAt = Date.now();
  const watch = await pages.open(viewer, link);
  const stats = await pages.decoded(watch, given.frames, given.within);
  const tookMillis = Date.now() - startedAt;
  const sampled = await pages.pixels(watch, video, numbers(given.pixels));
  const edges = given.boxes ? await pages.edgeShare(watch, video, numbers(given.boxes), numbers(given.colour)[0]) : [];
  const numbered = given.truth ? await numberedEdges(watch) : [];
  if (given.screenshot) fs.writeFileSync(given.screenshot, await watch.screenshot());
  const faults = [...studio.faults, ...watch.faults];
  const published = await pages.state(studio);
  const ok =
    (stats?.video?.framesDecoded ?? 0) >= given.frames &&
    (stats?.audio?.packetsReceived ?? 0) >= given['audio-packets'] &&
    edges.every((share) => share >= given['edge-share']) &&
    (!given.truth || numbered.length > 0) &&
    !faults.some((fault) => fault.startsWith('other host'));
  return { ok, took_ms: tookMillis, link, inbound: stats, picture: sampled, edges, numbered, watch: await pages.state(watch), published, faults };
});
