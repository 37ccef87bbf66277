// A page of the server's own in one browser publishes its camera by WHIP, with nothing but the browser's interfaces; a
// watch page in another browser plays it.
//
//   node whip-and-watch.mjs --base=http://localhost:8080 --camera=scene.mjpeg --viewer=chromium --layers=detect,boxes
//
// Prints one JSON line: what the publisher sent, what the viewer decoded once it has pictures of the camera's size, and
// the shares of box edges. Exit 0 when enough frames were decoded in time and sound came.

import fs from 'node:fs';
import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';
import { outbound, publish, unpublish } from './lib/whip.mjs';

const given = options({
  base: 'http://localhost:8080',
  camera: '', // a .y4m or .mjpeg file
  publisher: 'chromium',
  viewer: 'chromium',
  layers: '', // comma-separated; none for a stream that is passed on
  codec: '', // a MIME type that the publisher prefers: video/H264
  scalability: '', // a mode that the publisher encodes in: L1T3
  frames: 100,
  width: 640, // the camera's
  within: 20_000, // ms, from the watch page's load
  truth: '',
  palette: '',
});

const video = pages.byTestId('watch-video');

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
  const page = await pages.open(publisher, `${given.base}/`);
  const published = await publish(page, { layers: given.layers.split(',').filter(Boolean), codec: given.codec, scalability: given.scalability });
  const viewer = closing(await launch(given.viewer));
  const watch = await pages.open(viewer, `${given.base}${published.watch}`);
  let stats = await pages.decoded(watch, given.frames, given.within);
  // A browser that its machine or its network holds back sends smaller pictures until it recovers.
  await until(async () => {
    stats = await pages.inbound(watch);
    return stats?.video?.width === given.width;
  }, given.within);
  const numbered = given.truth ? await numberedEdges(watch) : [];
  await until(async () => (await outbound(page)).video?.reported, 3000);
  const sent = await outbound(page);
  const ended = await unpublish(page);
  const ok = (stats?.video?.framesDecoded ?? 0) >= given.frames && (stats?.audio?.packetsReceived ?? 0) >= 50 && ended === 200;
  return { ok, inbound: stats, sent, numbered, ended, answer: published.answer, faults: [...page.faults, ...watch.faults] };
}, { limitMillis: 70_000 });
