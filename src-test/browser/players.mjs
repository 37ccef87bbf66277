// Players that others wrote, against our endpoints, in a real browser: what they show and how they leave.
//
//   node players.mjs --base=http://localhost:8080 --stream=demo --player=whip-whep --seconds=8
//   node players.mjs --base=http://localhost:8080 --player=whip-whep-publish
//
// Players: whip-whep (viewer), eyevinn (viewer), whip-whep-publish (publisher, watched by a viewer of our own).

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { launch } from './lib/browsers.mjs';
import { closing, options, run } from './lib/scenario.mjs';
import { blank, join, openSession, watch } from './lib/whep.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo', player: 'whip-whep', seconds: 8, browser: 'chromium', codec: '' });
const require = createRequire(import.meta.url);
const source = (name) => fs.readFileSync(require.resolve(name), 'utf8');
const version = (name) => JSON.parse(fs.readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** Puts an ES module of one file into the page as `window[name]`. */
async function installModule(page, name, code) {
  await page.evaluate(
    async (into, text) => {
      const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      window[into] = await import(address);
    },
    name,
    code,
  );
}

/** The same for CommonJS; what is not among the parts, here the one for advertisements, is empty. */
function installCommon(page, name, parts, main) {
  return page.evaluate(
    (into, sources, first) => {
      const loaded = {};
      const load = (id) => {
        if (!(id in sources)) return {};
        if (!loaded[id]) {
          loaded[id] = { exports: {} };
          new Function('module', 'exports', 'require', sources[id])(loaded[id], loaded[id].exports, load);
        }
        return loaded[id].exports;
      };
      window[into] = load(first);
    },
    name,
    parts,
    main,
  );
}

/** Every request of the page's to our endpoints, as `METHOD status`. */
function exchanges(page) {
  const seen = [];
  page.on('response', (response) => {
    if (/\/wh[ei]p\//.test(response.url())) seen.push(`${response.request().method()} ${response.status()}`);
  });
  return seen;
}

const shows = (page) =>
  page.evaluate(() => {
    const { video } = window.viewer;
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`no picture within 15 s; ${window.viewer.pc?.connectionState}`)), 15_000);
      video.requestVideoFrameCallback(() => resolve({ width: video.videoWidth, height: video.videoHeight }));
    });
  });

async function whipWhep(page, how) {
  await installModule(page, 'whep', source('whip-whep/whep.js'));
  await page.evaluate(async ({ url, token }) => {
    const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, width: 480 });
    document.body.replaceChildren(video);
    const pc = new RTCPeerConnection();
    pc.addTransceiver('audio');
    pc.addTransceiver('video');
    pc.ontrack = ({ streams, track }) => {
      if (track.kind === 'video') video.srcObject = streams[0] ?? new MediaStream([track]);
    };
    const client = new window.whep.WHEPClient();
    window.viewer = { pc, video, leave: () => client.stop() };
    await client.view(pc, url, token);
  }, how);
}

async function eyevinn(page, how) {
  const parts = { events: source('events/'), '@eyevinn/whpp-client': source('@eyevinn/whpp-client'), player: source('@eyevinn/webrtc-player') };
  await installCommon(page, 'eyevinn', parts, 'player');
  await page.evaluate(async ({ url, token }) => {
    const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, width: 480 });
    document.body.replaceChildren(video);
    const Native = window.RTCPeerConnection;
    window.viewer = { video };
    // The player keeps its connection to itself.
    window.RTCPeerConnection = class extends Native {
      constructor(...all) {
        super(...all);
        window.viewer.pc = this;
      }
    };
    const player = new window.eyevinn.WebRTCPlayer({ video, type: 'whep', statsTypeFilter: '^inbound-rtp' });
    window.viewer.leave = () => player.unload();
    await player.load(new URL(url), `Bearer ${token}`);
  }, how);
}

/** Publishes the browser's fake camera, and watches it from a second page. */
async function whipWhepPublish(page, session) {
  await installModule(page, 'whip', source('whip-whep/whip.js'));
  await page.evaluate(
    async ({ url, token, codec }) => {
      const media = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 30 }, audio: true });
      const pc = new RTCPeerConnection();
      for (const track of media.getTracks()) {
        const transceiver = pc.addTransceiver(track, { direction: 'sendonly' });
        if (codec && track.kind === 'video') {
          transceiver.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter(({ mimeType }) => mimeType.toLowerCase() === `video/${codec}`));
        }
      }
      const client = new window.whip.WHIPClient();
      window.publisher = { pc, leave: () => client.stop() };
      await client.publish(pc, url, token);
    },
    { url: `${given.base}/whip/${session.stream}`, token: session.access_token, codec: given.codec },
  );
}

await run(
  async () => {
    const session = await openSession(given.base);
    const browser = closing(await launch(given.browser));
    const page = await blank(browser, given.base);
    const seen = exchanges(page);
    const how = { url: `${given.base}/whep/${given.stream}`, token: session.access_token };
    if (given.player === 'whip-whep-publish') {
      await whipWhepPublish(page, session);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const other = await blank(browser, given.base);
      const first = await join(other, { url: `${given.base}/whep/${session.stream}`, token: session.access_token });
      const watched = await watch(other, given.seconds);
      await page.evaluate(() => window.publisher.leave());
      await new Promise((resolve) => setTimeout(resolve, 500));
      const fps = watched.frames_decoded / watched.seconds;
      return { ok: fps > 10 && seen.some((line) => /^DELETE (200|404)$/.test(line)), client: `whip-whep ${version('whip-whep')} in ${given.browser}`, role: 'publisher', ...first, fps, exchanges: seen };
    }
    const name = given.player === 'eyevinn' ? '@eyevinn/webrtc-player' : 'whip-whep';
    await (given.player === 'eyevinn' ? eyevinn : whipWhep)(page, how);
    const size = await shows(page);
    const watched = await watch(page, given.seconds);
    await page.evaluate(() => window.viewer.leave());
    await new Promise((resolve) => setTimeout(resolve, 500));
    const fps = watched.frames_decoded / watched.seconds;
    // whip-whep closes its connection first: the server has seen that, and the session is gone when the DELETE comes.
    const ok = fps > 10 && watched.audio_packets > 0 && seen.some((line) => /^DELETE (200|404)$/.test(line));
    return { ok, client: `${name} ${version(name)} in ${given.browser}`, role: 'viewer', ...size, fps, audio_packets: watched.audio_packets, exchanges: seen };
  },
  { limitMillis: (given.seconds + 60) * 1000 },
);
