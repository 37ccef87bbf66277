// A viewer in a page behind a relay, which tells each width of the picture that it shows, until it is told to end.
//
//   node slow-page.mjs --base=http://localhost:8080 --stream=demo --token=… --relay=127.0.0.1:9000

import readline from 'node:readline';
import { launch } from './lib/browsers.mjs';
import { closing, options, run } from './lib/scenario.mjs';
import { blank, join } from './lib/whep.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo', token: '', relay: '', limit: 120 });

const picture = (page) =>
  page.evaluate(async () => {
    const inbound = [...(await window.viewer.pc.getStats()).values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    return { width: window.viewer.video.videoWidth, frames: inbound.framesDecoded };
  });

await run(
  async () => {
    const page = await blank(closing(await launch('chromium')), given.base);
    let ended = false;
    readline.createInterface({ input: process.stdin }).on('line', (word) => (ended ||= word === 'end'));
    await join(page, { url: `${given.base}/whep/${given.stream}`, token: given.token, relay: given.relay, limit: 20_000 });
    const widths = [];
    while (!ended) {
      const { width } = await picture(page);
      if (width !== widths.at(-1)) {
        widths.push(width);
        process.stdout.write(`${JSON.stringify({ event: `width ${width}` })}\n`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const before = await picture(page);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const after = await picture(page);
    return { ok: true, widths, frames: after.frames, frames_after: after.frames - before.frames };
  },
  { limitMillis: given.limit * 1000 },
);
