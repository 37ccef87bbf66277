// A viewer in a browser behind a bad network: our relay loses, delays and reorders packets both ways.
//
//   node loss.mjs --base=http://localhost:8080 --media=127.0.0.1:8189 --stream=demo --loss=0.05 --reorder=0.02 --delay=50 --seconds=15

import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/browsers.mjs';
import { closing, options, run } from './lib/scenario.mjs';
import { blank, join, openSession, watch } from './lib/whep.mjs';

const given = options({
  base: 'http://localhost:8080',
  media: '127.0.0.1:8189',
  stream: 'demo',
  token: '',
  loss: 0.05,
  reorder: 0.02,
  delay: 50, // ms each way
  seed: 4,
  seconds: 15,
  browser: 'chromium',
  java: process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java',
});

const RELAY = fileURLToPath(new URL('../../bench/src/main/java/org/framecast/bench/UdpRelay.java', import.meta.url));

async function startRelay() {
  const faults = ['loss', 'reorder', 'delay', 'seed'].flatMap((name) => [`--${name}`, String(given[name])]);
  const child = spawn(given.java, [RELAY, '--to', given.media, ...faults], { stdio: ['pipe', 'pipe', 'inherit'] });
  closing(() => child.kill());
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const port = (await lines.next()).value?.match(/^listening (\d+)$/)?.[1];
  if (!port) throw new Error('the relay did not start');
  return {
    address: `127.0.0.1:${port}`,
    async end() {
      child.stdin.end();
      return JSON.parse((await lines.next()).value);
    },
  };
}

await run(
  async () => {
    const relay = await startRelay();
    const page = await blank(closing(await launch(given.browser)), given.base);
    const token = given.token || (await openSession(given.base)).access_token;
    const first = await join(page, { url: `${given.base}/whep/${given.stream}`, token, relay: relay.address, limit: 20_000 });
    const seen = await watch(page, given.seconds);
    const passed = await relay.end();
    return { ok: seen.pauses_over_2s === 0 && passed.to_viewers.lost > 0, ...first, ...seen, relay: passed };
  },
  { limitMillis: (given.seconds + 60) * 1000 },
);
