// A studio with its own view, and watch pages, live through a restart of the server.
//
//   node reconnect.mjs --base=http://localhost:8080 --stop='bin/stop' --start='bin/run &' --within=5000
//
// `--stop` and `--start` are shell commands; `--stop` must return when the server is gone, `--start` may return at once.
// With --signals the script takes no commands: it prints {"event":"live"} when both pages play, and then reads lines from
// standard input: "stopped", then "started", from the program that restarts the server by itself.
// The time is taken from the moment the server is ready again to a new picture in each page. The studio's stream has the
// name that it had, so the link that was open before goes on.

import { execSync } from 'node:child_process';
import readline from 'node:readline';
import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({
  base: 'http://localhost:8080',
  stop: '',
  start: '',
  signals: false,
  watch: 'chromium:own,chromium:demo', // browser:stream of each watch page; "own" is the studio's stream
  within: 5000,
  boot: 100_000, // ms the server may take until it answers
});

const lines = given.signals ? readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]() : null;

async function signal(word) {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`standard input ended before "${word}"`);
    if (value.trim() === word) return;
  }
}

const isReady = async () => {
  try {
    return (await fetch(`${given.base}/health/ready`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
};

/** Waits for frames of a connection that is not the one from before; resolves with the milliseconds since `startedAt`. */
async function pictureBack(page, startedAt) {
  const back = await until(
    () =>
      page.evaluate(() => {
        const { peerConnection, view, viewStats, stats } = window.framecast.state();
        const isNew = peerConnection && !peerConnection.testMark && peerConnection.connectionState === 'connected';
        return isNew && view === 'live' && (viewStats ?? stats)?.framesDecoded > 0;
      }),
    30_000,
    50,
  );
  return back ? Date.now() - startedAt : null;
}

/** Marks the connection of now, to be told from the next one. */
const mark = (page) =>
  page.evaluate(() => {
    window.framecast.state().peerConnection.testMark = true;
  });

await run(
  async () => {
    const home = closing(await launch('chromium'));
    const studio = await pages.startStudio(home, given.base, 'scene');
    await until(async () => (await pages.state(studio)).view === 'live', 10_000);
    const linkBefore = await pages.viewerLink(studio);
    const browsers = { chromium: closing(await launch('chromium')) };
    const watches = [];
    for (const [browser, stream] of given.watch.split(',').map((entry) => entry.split(':'))) {
      browsers[browser] ??= closing(await launch(browser));
      const page = await pages.open(browsers[browser], stream === 'own' ? linkBefore : `${given.base}/watch?stream=${stream}`);
      if (!((await pages.decoded(page, 15, 20_000))?.video?.framesDecoded >= 15)) throw new Error(`no picture in ${browser} of ${stream}`);
      watches.push({ name: `${browser}:${stream}`, page });
    }
    const all = [{ name: 'studio', page: studio }, ...watches];
    for (const { page } of all) await mark(page);

    const stoppedAt = Date.now();
    if (given.signals) {
      process.stdout.write('{"event":"live"}\n');
      await signal('stopped');
    } else {
      execSync(given.stop, { shell: '/bin/bash', stdio: 'ignore' });
    }
    const noticed = await until(async () => (await pages.state(studio)).phase === 'reconnecting', 20_000, 100);
    const noticedMillis = Date.now() - stoppedAt;
    const statusWhileDown = await Promise.all(watches.map(({ page }) => page.$eval(pages.byTestId('watch-status'), (element) => element.textContent)));

    if (given.signals) await signal('started');
    else execSync(given.start, { shell: '/bin/bash', stdio: 'ignore' });
    if (!(await until(isReady, given.boot, 50))) throw new Error('the server did not come back');
    const startedAt = Date.now();
    const back = Object.fromEntries(await Promise.all(all.map(async ({ name, page }) => [name, await pictureBack(page, startedAt)])));
    const linkAfter = await pages.viewerLink(studio);
    return {
      ok: Boolean(noticed) && linkAfter === linkBefore && Object.values(back).every((millis) => millis !== null && millis <= given.within),
      noticed_ms: noticedMillis,
      status_while_down: statusWhileDown,
      back_ms: back,
      link_before: linkBefore,
      link_after: linkAfter,
    };
  },
  { limitMillis: 170_000 },
);
