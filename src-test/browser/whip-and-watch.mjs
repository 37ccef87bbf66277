// A page of the server's own in one browser publishes its camera by WHIP, with nothing but the browser's interfaces; a
// watch page in another browser plays it.
//
//   node whip-and-watch.mjs --base=http://localhost:8080 --camera=scene.mjpeg --viewer=chromium --layers=detect,boxes
//
// Prints one JSON line: what the publisher sent, what the viewer decoded, and the shares of box edges. Exit 0 when enough
// frames were decoded in time and sound came.

import fs from 'node:fs';
import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({
  base: 'http://localhost:8080',
  camera: '', // a .y4m or .mjpeg file
  publisher: 'chromium',
  viewer: 'chromium',
  layers: '', // comma-separated; none for a stream that is passed on
  codec: '', // a MIME type that the publisher prefers: video/H264
  frames: 100,
  within: 20_000, // ms, from the watch page's load
  truth: '',
  palette: '',
});

const video = pages.byTestId('watch-video');

/** Publishes from within the page; returns what the viewer needs. */
function publish(page, layers, codec) {
  return page.evaluate(
    async (names, preferred) => {
      const opened = await (await fetch('/session', { method: 'POST' })).json();
      const bearer = { Authorization: `Bearer ${opened.access_token}` };
      const state = await fetch('/session/state', {
        method: 'PUT',
        headers: { ...bearer, 'Content-Type': 'application/json' },
        body: JSON.stringify({ layers: names.map((name) => ({ name })) }),
      });
      if (!state.ok) throw new Error(`state: ${state.status}`);
      const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360, frameRate: 30 } });
      const connection = new RTCPeerConnection();
      for (const track of media.getTracks()) {
        if (track.kind === 'video') track.contentHint = 'detail';
        const transceiver = connection.addTransceiver(track, { direction: 'sendonly', streams: [media] });
        if (track.kind === 'video' && preferred) {
          const all = RTCRtpSender.getCapabilities('video').codecs;
          const first = all.filter((one) => one.mimeType.toLowerCase() === preferred.toLowerCase());
          transceiver.setCodecPreferences([...first, ...all.filter((one) => !first.includes(one))]);
        }
      }
      await connection.setLocalDescription();
      const answer = await fetch(opened.whip, { method: 'POST', headers: { ...bearer, 'Content-Type': 'application/sdp' }, body: connection.localDescription.sdp });
      if (answer.status !== 201) throw new Error(`WHIP: ${answer.status} ${await answer.text()}`);
      await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      window.whip = { connection, media, location: answer.headers.get('Location'), bearer };
      return { stream: opened.stream, watch: opened.watch, answer: connection.remoteDescription.sdp };
    },
    layers,
    codec,
  );
}

/** The outbound counters of the publishing page. */
function outbound(page) {
  return page.evaluate(async () => {
    const report = await window.whip.connection.getStats();
    const found = {};
    for (const entry of report.values()) {
      if (entry.type !== 'outbound-rtp') continue;
      found[entry.kind] = { packetsSent: entry.packetsSent, framesEncoded: entry.framesEncoded, nackCount: entry.nackCount, pliCount: entry.pliCount, codec: report.get(entry.codecId)?.mimeType, width: entry.frameWidth, targetBitrate: entry.targetBitrate };
    }
    for (const entry of report.values()) {
      if (entry.type === 'remote-inbound-rtp' && found[entry.kind]) found[entry.kind].reported = { fractionLost: entry.fractionLost, jitter: entry.jitter, roundTripTime: entry.roundTripTime };
    }
    return found;
  });
}

async function numberedEdges(watch) {
  const truth = JSON.parse(fs.readFileSync(given.truth, 'utf8'));
  const palette = Object.fromEntries(
    given.palette.split(';').map((entry) => {
      const [label, colour] = entry.split(':');
      return [label, colour.split(',').map(Number)];
    }),
  );
  const found = [];
  const end = Date.now() + 8000;
  while (found.length < 10 && Date.now() < end) {
    const next = await pages.edgeShareByNumber(watch, video, truth, palette);
    if (next && next.frame !== found.at(-1)?.frame) found.push(next);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return found;
}

await run(async () => {
  const publisher = closing(await launch(given.publisher, { cameraFile: given.camera || undefined }));
  const page = await pages.open(publisher, `${given.base}/`);
  const published = await publish(page, given.layers.split(',').filter(Boolean), given.codec);
  const viewer = closing(await launch(given.viewer));
  const watch = await pages.open(viewer, `${given.base}${published.watch}`);
  const stats = await pages.decoded(watch, given.frames, given.within);
  const numbered = given.truth ? await numberedEdges(watch) : [];
  await until(async () => (await outbound(page)).video?.reported, 3000);
  const sent = await outbound(page);
  const ended = await page.evaluate(async () => {
    const answer = await fetch(window.whip.location, { method: 'DELETE', headers: window.whip.bearer });
    return answer.status;
  });
  const ok = (stats?.video?.framesDecoded ?? 0) >= given.frames && (stats?.audio?.packetsReceived ?? 0) >= 50 && ended === 200;
  return { ok, inbound: stats, sent, numbered, ended, answer: published.answer, faults: [...page.faults, ...watch.faults] };
}, { limitMillis: 70_000 });
