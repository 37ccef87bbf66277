// How well a browser keeps sound and picture together: the sender's capture time of what each plays, at the same moment.
//
//   node lip-sync.mjs --base=http://localhost:8080 --stream=demo --seconds=10

import { launch } from './lib/browsers.mjs';
import { closing, options, run } from './lib/scenario.mjs';
import { blank, join, openSession, spread } from './lib/whep.mjs';

const given = options({
  base: 'http://localhost:8080',
  stream: 'demo',
  token: '',
  seconds: 10,
  settle: 4, // s until both jitter buffers have found their length
  browser: 'chromium',
});

/** Differences of the two tracks' `estimatedPlayoutTimestamp`, in ms: positive when the sound is ahead. */
function differences(page, { seconds, settle }) {
  return page.evaluate(
    async (settleMillis, millis) => {
      const { pc } = window.viewer;
      const found = [];
      const startedAt = performance.now();
      while (performance.now() - startedAt < settleMillis + millis) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        const report = {};
        for (const entry of (await pc.getStats()).values()) if (entry.type === 'inbound-rtp') report[entry.kind] = entry;
        const [sound, picture] = [report.audio?.estimatedPlayoutTimestamp, report.video?.estimatedPlayoutTimestamp];
        if (performance.now() - startedAt >= settleMillis && sound && picture) found.push(sound - picture);
      }
      return found;
    },
    settle * 1000,
    seconds * 1000,
  );
}

await run(
  async () => {
    const page = await blank(closing(await launch(given.browser)), given.base);
    const token = given.token || (await openSession(given.base)).access_token;
    await join(page, { url: `${given.base}/whep/${given.stream}`, token, limit: 20_000 });
    // Sound must be played to be timed: the page's video is unmuted.
    await page.evaluate(() => {
      window.viewer.video.muted = false;
      return window.viewer.video.play();
    });
    const found = await differences(page, given);
    const sound = found.map((difference) => Math.abs(difference));
    return { ok: found.length > 0, samples: found.length, apart_ms: spread(sound), ahead_ms: spread(found) };
  },
  { limitMillis: (given.seconds + given.settle + 60) * 1000 },
);
