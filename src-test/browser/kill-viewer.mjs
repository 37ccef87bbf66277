// Three watch pages, each in a browser of its own; one is killed without a word. It must leave the stream's list of viewers in
// time, while the others go on undisturbed.
//
//   node kill-viewer.mjs --base=http://localhost:8080 --within=25000

import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', within: 25_000, viewers: 3, stream: '' });

/** How many viewers the server lists, asked with a token of the studio's own session. */
function listed(page, stream) {
  return page.evaluate(async (name) => {
    const { raw } = JSON.parse(sessionStorage.getItem('framecast.studio') ?? sessionStorage.getItem('framecast.watch'));
    const response = await fetch(`/streams/${name}/viewers`, { headers: { Authorization: `Bearer ${raw.access_token}` } });
    return response.ok ? (await response.json()).viewers.length : -response.status;
  }, stream);
}

await run(
  async () => {
    const home = closing(await launch('chromium'));
    const studio = await pages.startStudio(home, given.base, 'scene');
    const { stream } = await pages.state(studio);
    const link = await pages.viewerLink(studio);
    const own = 1; // the studio watches itself
    const watches = [];
    for (let i = 0; i < given.viewers; i++) {
      const browser = closing(await launch('chromium'));
      const page = await pages.open(browser, link);
      await pages.decoded(page, 30, 15_000);
      watches.push({ browser, page });
    }
    const before = await until(async () => (await listed(studio, stream)) === given.viewers + own && given.viewers + own, 5000);
    const [victim, ...others] = watches;
    const decodedBefore = await Promise.all(others.map(({ page }) => pages.inbound(page)));
    const killedAt = Date.now();
    victim.browser.process().kill('SIGKILL');
    const gone = await until(async () => (await listed(studio, stream)) === given.viewers - 1 + own, given.within + 3000);
    const goneMillis = Date.now() - killedAt;
    const decodedAfter = await Promise.all(others.map(({ page }) => pages.inbound(page)));
    const seconds = (Date.now() - killedAt) / 1000;
    const fpsOthers = decodedAfter.map((stats, i) => (stats.video.framesDecoded - decodedBefore[i].video.framesDecoded) / seconds);
    const states = await Promise.all(others.map(async ({ page }) => (await pages.state(page)).phase));
    const ok = Boolean(before) && Boolean(gone) && goneMillis <= given.within && states.every((phase) => phase === 'live') && fpsOthers.every((fps) => fps > 8);
    return { ok, listed_before: before, listed_after: await listed(studio, stream), gone_ms: goneMillis, fps_others: fpsOthers, states };
  },
  { limitMillis: 90_000 },
);
