// A viewer in a page that hides its addresses behind names of the local network, as pages do that use no camera.
//
//   node hidden-address.mjs --base=http://localhost:8080 --stream=demo

import { launch } from './lib/browsers.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';
import { blank, join, openSession } from './lib/whep.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo' });

await run(async () => {
  const page = await blank(closing(await launch('chromium', { media: 'asked' })), given.base);
  const { access_token: token } = await openSession(given.base);
  await join(page, { url: `${given.base}/whep/${given.stream}`, token, whole: true });
  const candidates = await page.evaluate(() => window.viewer.offer.match(/^a=candidate:.*$/gm) ?? []);
  const host = candidates.map((line) => line.split(' ')[4]);
  const hidden = host.filter((address) => address.endsWith('.local')).length;
  const frames = () => page.evaluate(async () => [...(await window.viewer.pc.getStats()).values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video').framesDecoded);
  await until(async () => (await frames()) >= 15, 10_000);
  return { ok: true, hidden, named: host.length - hidden, frames: await frames(), candidates };
});
