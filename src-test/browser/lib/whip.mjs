// A WHIP publisher inside a page of the server's, without any of the product's own modules.

/**
 * Publishes the camera and the microphone from within the page, on a new session.
 * @param how `{layers, codec, scalability}`: names of layers, a MIME type to prefer, a scalability mode such as `L1T3`
 * @returns what a viewer needs; the publisher stays as `window.whip`
 */
export function publish(page, how = {}) {
  return page.evaluate(
    async ({ layers = [], codec = '', scalability = '' }) => {
      const opened = await (await fetch('/session', { method: 'POST' })).json();
      const bearer = { Authorization: `Bearer ${opened.access_token}` };
      const state = await fetch('/session/state', {
        method: 'PUT',
        headers: { ...bearer, 'Content-Type': 'application/json' },
        body: JSON.stringify({ layers: layers.map((name) => ({ name })) }),
      });
      if (!state.ok) throw new Error(`state: ${state.status}`);
      const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360, frameRate: 30 } });
      const connection = new RTCPeerConnection();
      for (const track of media.getTracks()) {
        if (track.kind === 'video') track.contentHint = 'detail';
        const encodings = track.kind === 'video' && scalability ? { sendEncodings: [{ scalabilityMode: scalability }] } : {};
        const transceiver = connection.addTransceiver(track, { direction: 'sendonly', streams: [media], ...encodings });
        if (track.kind === 'video' && codec) {
          const all = RTCRtpSender.getCapabilities('video').codecs;
          const first = all.filter((one) => one.mimeType.toLowerCase() === codec.toLowerCase());
          transceiver.setCodecPreferences([...first, ...all.filter((one) => !first.includes(one))]);
        }
      }
      await connection.setLocalDescription();
      const answer = await fetch(opened.whip, { method: 'POST', headers: { ...bearer, 'Content-Type': 'application/sdp' }, body: connection.localDescription.sdp });
      if (answer.status !== 201) throw new Error(`WHIP: ${answer.status} ${await answer.text()}`);
      await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      window.whip = { connection, media, location: answer.headers.get('Location'), bearer };
      return { stream: opened.stream, watch: opened.watch, token: opened.access_token, answer: connection.remoteDescription.sdp };
    },
    how,
  );
}

/** The outbound counters of the publishing page. */
export function outbound(page) {
  return page.evaluate(async () => {
    const report = await window.whip.connection.getStats();
    const found = {};
    for (const entry of report.values()) {
      if (entry.type !== 'outbound-rtp') continue;
      found[entry.kind] = { packetsSent: entry.packetsSent, framesEncoded: entry.framesEncoded, nackCount: entry.nackCount, pliCount: entry.pliCount, codec: report.get(entry.codecId)?.mimeType, width: entry.frameWidth, targetBitrate: entry.targetBitrate, scalability: entry.scalabilityMode };
    }
    for (const entry of report.values()) {
      if (entry.type === 'remote-inbound-rtp' && found[entry.kind]) found[entry.kind].reported = { fractionLost: entry.fractionLost, jitter: entry.jitter, roundTripTime: entry.roundTripTime };
    }
    return found;
  });
}

/** Ends what {@link publish} began; the status of the DELETE. */
export function unpublish(page) {
  return page.evaluate(async () => {
    const answer = await fetch(window.whip.location, { method: 'DELETE', headers: window.whip.bearer });
    return answer.status;
  });
}
