// A watch page on a server whose tokens live for a few seconds: it exchanges its token in time, again and again, and the
// picture goes on over one and the same connection.
//
//   node keep-watching.mjs --base=http://localhost:8080 --stream=demo --millis=9000

import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo', millis: 9_000 });

await run(async () => {
  const browser = closing(await launch('chromium'));
  const page = await pages.open(browser, `${given.base}/watch?stream=${given.stream}`);
  let refreshes = 0;
  page.on('request', (request) => {
    if (request.method() === 'PUT' && new URL(request.url()).pathname === '/session') refreshes += 1;
  });
  const start = await pages.decoded(page, 15, 15_000);
  await page.evaluate(() => {
    window.firstConnection = window.framecast.state().peerConnection;
  });
  const left = () => page.evaluate(() => window.framecast.state().peerConnection !== window.firstConnection);
  const reconnected = await until(left, given.millis);
  const end = await pages.inbound(page);
  const decoded = (end?.video?.framesDecoded ?? 0) - (start?.video?.framesDecoded ?? 0);
  const { phase } = await pages.state(page);
  return { ok: !reconnected && phase === 'live' && refreshes >= 2 && decoded > given.millis / 100, reconnected, refreshes, decoded, phase, faults: page.faults };
});
