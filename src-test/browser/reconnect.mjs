// A studio with its own view, and a watch page, live through a restart of the server.
//
//   node reconnect.mjs --base=http://localhost:8080 --stop='bin/stop' --start='bin/run &' --within=5000
//
// `--stop` and `--start` are shell commands; `--stop` must return when the server is gone, `--start` may return at once.
// With --signals the script takes no commands: it prints {"event":"live"} when both pages play, and then reads lines from
// standard input: "stopped", then "started", from the program that restarts the server by itself.
// The time is taken from the moment the server answers again to a new picture in each page.

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
  viewer: 'chromium',
  watch: 'demo', // the stream the watch page shows; "own" follows the studio's stream
  within: 5000,
  boot: 60_000, // ms the server may take until it answers
});

const lines = given.signals ? readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]() : null;

async function signal(word) {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`standard input ended before "${word}"`);
    if (value.trim() === word) return;
  }
}

const answers = async () => {
  try {
    return (await fetch(`${given.base}/components`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
};

/** Waits for frames of a connection that is not the one from before; resolves with the milliseconds since `startedAt`. */
async function pictureBack(page, oldMark, startedAt) {
  const back = await until(
    () =>
      page.evaluate((mark) => {
        const pc = window.framecast.state().peerConnection;
        const stats = window.framecast.state().viewStats ?? window.framecast.state().stats;
        return pc && pc.testMark !== mark && pc.connectionState === 'connected' && stats?.framesDecoded > 0;
      }, oldMark),
    20_000,
    50,
  );
  return back ? Date.now() - startedAt : null;
}

const mark = (page) =>
  page.evaluate(() => {
    window.framecast.state().peerConnection.testMark = 'before';
    return 'before';
  });

await run(
  async () => {
    const home = closing(await launch('chromium'));
    const studio = await pages.startStudio(home, given.base, 'scene');
    await until(async () => (await pages.state(studio)).view === 'live', 10_000);
    const linkBefore = await pages.viewerLink(studio);
    const other = closing(await launch(given.viewer));
    const watch = await pages.open(other, given.watch === 'own' ? linkBefore : `${given.base}/watch?stream=${given.watch}`);
    await pages.decoded(watch, 30, 20_000);
    const marks = [await mark(studio), await mark(watch)];

    const stoppedAt = Date.now();
    if (given.signals) {
      process.stdout.write('{"event":"live"}\n');
      await signal('stopped');
    } else {
      execSync(given.stop, { shell: '/bin/bash', stdio: 'ignore' });
    }
    const noticed = await until(async () => (await pages.state(studio)).phase === 'reconnecting', 8000, 100);
    const noticedMillis = Date.now() - stoppedAt;
    const statusWhileDown = await watch.$eval(pages.byTestId('watch-status'), (element) => element.textContent);

    if (given.signals) await signal('started');
    else execSync(given.start, { shell: '/bin/bash', stdio: 'ignore' });
    if (!(await until(answers, given.boot, 100))) throw new Error('the server did not come back');
    const startedAt = Date.now();
    const [studioMillis, watchMillis] = await Promise.all([pictureBack(studio, marks[0], startedAt), pictureBack(watch, marks[1], startedAt)]);
    const ok = Boolean(noticed) && studioMillis !== null && watchMillis !== null && studioMillis <= given.within && watchMillis <= given.within;
    return {
      ok,
      noticed_ms: noticedMillis,
      status_while_down: statusWhileDown,
      studio_back_ms: studioMillis,
      watch_back_ms: watchMillis,
      link_before: linkBefore,
      link_after: await pages.viewerLink(studio),
    };
  },
  { limitMillis: 150_000 },
);
