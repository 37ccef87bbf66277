// A WHEP viewer inside a page, without any of the product's own modules.

/** A page of the server that shows nothing, so that a viewer in it has the server's origin. */
export async function blank(browser, base) {
  const page = await browser.newPage();
  // Other people's players are put into it, which the policy of our own pages forbids. Firefox cannot be told so.
  await page.setBypassCSP(true).catch(() => {});
  await page.goto(`${base}/health/live`, { waitUntil: 'load' });
  await page.bringToFront();
  return page;
}

/** A bearer token of a new session. */
export async function openSession(base) {
  const response = await fetch(`${base}/session`, { method: 'POST' });
  if (response.status !== 201) throw new Error(`POST /session: ${response.status} ${await response.text()}`);
  return response.json();
}

/**
 * Joins, and resolves when the first picture is on show.
 * @param how `{url, token, relay, codec, whole}`; a relay is `host:port` in place of the answer's candidates, a codec comes first in the offer,
 *   and a whole offer names its candidates
 * @returns `{post_ms, first_frame_ms, payload, width, height}`; the viewer stays as `window.viewer`
 */
export function join(page, how) {
  return page.evaluate(async ({ url, token, relay, codec, whole, limit = 15_000 }) => {
    const pc = new RTCPeerConnection();
    const video = document.createElement('video');
    video.muted = true;
    video.autoplay = true;
    video.width = 480;
    document.body.replaceChildren(video);
    const stream = new MediaStream();
    pc.ontrack = ({ track }) => {
      stream.addTrack(track);
      video.srcObject = stream;
    };
    const transceiver = pc.addTransceiver('video', { direction: 'recvonly' });
    if (codec) {
      const all = RTCRtpReceiver.getCapabilities('video').codecs;
      const wanted = all.filter(({ mimeType }) => mimeType.toLowerCase() === `video/${codec}`);
      transceiver.setCodecPreferences([...wanted, ...all.filter((other) => !wanted.includes(other))]);
    }
    pc.addTransceiver('audio', { direction: 'recvonly' });
    await pc.setLocalDescription();
    if (whole && pc.iceGatheringState !== 'complete') {
      await new Promise((resolve) => pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && resolve()));
    }
    // At once: the offer names no candidates, the server learns the address from the first check.
    const offer = whole ? pc.localDescription.sdp : pc.localDescription.sdp.replace(/^a=candidate:.*\r?\n/gm, '');
    const shown = new Promise((resolve) => video.requestVideoFrameCallback((now) => resolve(now)));
    const headers = { 'Content-Type': 'application/sdp', ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const startedAt = performance.now();
    const response = await fetch(url, { method: 'POST', headers, body: offer });
    let answer = await response.text();
    const postMillis = performance.now() - startedAt;
    if (response.status !== 201) throw new Error(`POST ${url}: ${response.status} ${answer}`);
    if (relay) {
      const [host, port] = relay.split(':');
      answer = answer.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '').replace(/^a=mid:.*\r?\n/gm, `$&a=candidate:1 1 UDP 2122317823 ${host} ${port} typ host\r\n`);
    }
    await pc.setRemoteDescription({ type: 'answer', sdp: answer });
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`no picture within ${limit} ms; ${pc.connectionState}`)), limit));
    const firstAt = await Promise.race([shown, late]);
    const location = new URL(response.headers.get('Location'), url).href;
    window.viewer = { pc, video, offer, leave: () => fetch(location, { method: 'DELETE', headers }).then(({ status }) => (pc.close(), status)) };
    const report = await pc.getStats();
    const inbound = [...report.values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    return {
      post_ms: postMillis,
      first_frame_ms: firstAt - startedAt,
      codec: report.get(inbound?.codecId)?.mimeType,
      payload_type: report.get(inbound?.codecId)?.payloadType,
      width: video.videoWidth,
      height: video.videoHeight,
    };
  }, how);
}

/** Ends what {@link join} began; the status of the DELETE. */
export const leave = (page) => page.evaluate(() => window.viewer.leave());

/** Watches for a while: the pauses between pictures as they are shown, and the counters of the connection. */
export function watch(page, seconds) {
  return page.evaluate(async (millis) => {
    const { pc, video } = window.viewer;
    const counters = async () => {
      const found = {};
      for (const entry of (await pc.getStats()).values()) if (entry.type === 'inbound-rtp') found[entry.kind] = entry;
      return found;
    };
    const before = await counters();
    const pauses = [];
    const startedAt = performance.now();
    await new Promise((resolve) => {
      let last = startedAt;
      const timer = setTimeout(() => {
        pauses.push(performance.now() - last);
        resolve();
      }, millis);
      const look = (now) => {
        pauses.push(now - last);
        last = now;
        if (performance.now() - startedAt < millis) video.requestVideoFrameCallback(look);
        else {
          clearTimeout(timer);
          resolve();
        }
      };
      video.requestVideoFrameCallback(look);
    });
    const after = await counters();
    const grown = (kind, name) => (after[kind]?.[name] ?? 0) - (before[kind]?.[name] ?? 0);
    pauses.sort((a, b) => a - b);
    return {
      seconds: (performance.now() - startedAt) / 1000,
      shown: pauses.length,
      longest_pause_ms: pauses.at(-1),
      pauses_over_2s: pauses.filter((pause) => pause > 2000).length,
      frames_decoded: grown('video', 'framesDecoded'),
      freezes: grown('video', 'freezeCount'),
      frozen_seconds: grown('video', 'totalFreezesDuration'),
      packets_received: grown('video', 'packetsReceived'),
      packets_lost: grown('video', 'packetsLost'),
      retransmitted: grown('video', 'retransmittedPacketsReceived'),
      nacks: grown('video', 'nackCount'),
      plis: grown('video', 'pliCount'),
      audio_packets: grown('audio', 'packetsReceived'),
      jitter_buffer_ms: (1000 * grown('video', 'jitterBufferDelay')) / Math.max(1, grown('video', 'jitterBufferEmittedCount')),
    };
  }, seconds * 1000);
}

/** The value below which that share of the sorted values lies. */
export const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/** n, p50, p95, largest. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const round = (value) => Number(value?.toFixed(1));
  return { n: sorted.length, p50: round(quantile(sorted, 0.5)), p95: round(quantile(sorted, 0.95)), max: round(sorted.at(-1)) };
}
