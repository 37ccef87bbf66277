// How long a viewer in a browser waits: POST to 201, POST to the first picture on show.
//
//   node join.mjs --base=http://localhost:8080 --stream=demo --joins=30 --gap=1000

import { launch } from './lib/browsers.mjs';
import { closing, options, run } from './lib/scenario.mjs';
import { blank, join, leave, openSession, spread } from './lib/whep.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo', joins: 30, gap: 1000, goal: 250, browser: 'chromium' });

await run(
  async () => {
    const page = await blank(closing(await launch(given.browser)), given.base);
    const { access_token: token } = await openSession(given.base);
    const how = { url: `${given.base}/whep/${given.stream}`, token };
    const posts = [];
    const firsts = [];
    let seen;
    for (let i = -2; i < given.joins; i++) {
      const next = Date.now() + given.gap;
      seen = await join(page, how);
      if (i >= 0) {
        posts.push(seen.post_ms);
        firsts.push(seen.first_frame_ms);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(200, next - Date.now())));
      await leave(page);
    }
    const first = spread(firsts);
    return { ok: first.p95 <= given.goal, client: given.browser, codec: seen.codec, post_ms: spread(posts), first_frame_ms: first, goal_p95_ms: given.goal };
  },
  { limitMillis: (given.joins + 3) * (given.gap + 5000) + 60_000 },
);
