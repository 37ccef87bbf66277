// How well a browser keeps sound and picture together: the sender's capture time of what each plays, at the same moment.
//
//   node lip-sync.mjs --base=http://localhost:8080 --stream=demo --seconds=10
//   node lip-sync.mjs --publish=studio      the studio's test scene in another browser, over a WebSocket
//   node lip-sync.mjs --publish=whip        the camera of another browser, by WHIP; with --layers=boxes it is encoded anew
//
// Prints one JSON line: how far apart the two were, without and with the sign. With --within=MS it waits until the median of
// the last --seconds is that small; then --stays more seconds are measured, and exit 0 says that their median was too.

import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run } from './lib/scenario.mjs';
import { blank, join, openSession, quantile, spread } from './lib/whep.mjs';
import { publish } from './lib/whip.mjs';

const given = options({
  base: 'http://localhost:8080',
  stream: 'demo',
  publish: '', // studio or whip, in place of a stream that is there
  layers: '', // comma-separated; of the stream that is published
  token: '',
  seconds: 10,
  settle: 4, // s until both jitter buffers have found their length
  readings: 10, // at least so many
  within: 0, // ms that the median may be apart; 0 to measure once
  deadline: 0, // s until then, from the first picture on
  stays: 0, // s that are measured after that, and count alone
  browser: 'chromium',
});

/**
 * Differences of the two tracks' `estimatedPlayoutTimestamp` of the last seconds, in ms: positive when the sound is ahead.
 * @returns `{found, after_s}`: the differences, and when they were in step
 */
function differences(page, how) {
  return page.evaluate(async ({ seconds, settle, readings, within, deadline, stays }) => {
    const { pc } = window.viewer;
    let found = [];
    const startedAt = performance.now();
    const end = Math.max(settle + seconds, deadline);
    let inStepAt = 0;
    for (let at = 0; ; ) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const report = {};
      for (const entry of (await pc.getStats()).values()) if (entry.type === 'inbound-rtp') report[entry.kind] = entry;
      const [sound, picture] = [report.audio?.estimatedPlayoutTimestamp, report.video?.estimatedPlayoutTimestamp];
      at = (performance.now() - startedAt) / 1000;
      if (at >= settle && sound && picture) found.push({ at, difference: sound - picture });
      if (inStepAt) {
        if (at < inStepAt + stays) continue;
        return { found: found.map(({ difference }) => difference), after_s: inStepAt };
      }
      found = found.filter((one) => one.at >= at - seconds);
      const apart = found.map(({ difference }) => Math.abs(difference)).toSorted((a, b) => a - b);
      const isInStep = found.length >= readings && apart[Math.floor(apart.length / 2)] <= within;
      if (at < end && (at < settle + seconds || !isInStep)) continue;
      if (!stays || !isInStep) return { found: found.map(({ difference }) => difference), after_s: at };
      inStepAt = at;
      found = [];
    }
  }, how);
}

/** Publishes in a browser of its own; returns the stream and a token that may watch it. */
async function published() {
  const publisher = closing(await launch('chromium'));
  const layers = given.layers.split(',').filter(Boolean);
  if (given.publish === 'whip') {
    const page = await pages.open(publisher, `${given.base}/`);
    return publish(page, { layers });
  }
  const studio = await pages.startStudio(publisher, given.base, 'scene', { layers });
  const stream = new URL(await pages.viewerLink(studio)).searchParams.get('stream');
  return { stream, token: (await openSession(given.base)).access_token };
}

await run(
  async () => {
    const { stream, token } = given.publish ? await published() : { stream: given.stream, token: given.token || (await openSession(given.base)).access_token };
    const page = await blank(closing(await launch(given.browser)), given.base);
    await join(page, { url: `${given.base}/whep/${stream}`, token, limit: 20_000 });
    // Sound must be played to be timed: the page's video is unmuted.
    await page.evaluate(() => {
      window.viewer.video.muted = false;
      return window.viewer.video.play();
    });
    const { found, after_s } = await differences(page, given);
    const apart = spread(found.map((difference) => Math.abs(difference)));
    return {
      ok: found.length >= given.readings && (!given.within || apart.p50 <= given.within),
      after_s,
      apart_ms: apart,
      ahead_ms: { lower_quartile: quantile(found.toSorted((a, b) => a - b), 0.25), ...spread(found) },
    };
  },
  { limitMillis: (Math.max(given.seconds + given.settle, given.deadline) + given.stays + 60) * 1000 },
);
