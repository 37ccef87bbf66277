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
  const decoded = async () => ((await pages.inbound(page))?.video?.framesDecoded ?? 0) - (start?.video?.framesDecoded ?? 0);
  const startedAt = Date.now();
  // So long that tokens have run out on the way; on a busy machine until as much has happened as there must.
  const stays = async () => Date.now() - startedAt >= given.millis && refreshes >= 2 && (await decoded()) > given.millis / 100;
  const stayed = await until(async () => (await left()) || stays(), given.millis);
  const reconnected = await left();
  const { phase } = await pages.state(page);
  return { ok: Boolean(stayed) && !reconnected && phase === 'live', reconnected, refreshes, decoded: await decoded(), phase, faults: page.faults };
});
