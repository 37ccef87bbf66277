// What a viewer can measure about its own connection.

/** Reads a peer connection's inbound statistics and turns counters into rates. */
export class ViewStats {
  #pc;
  #last = null;
  #packets = -1;
  #lastPacketAt = performance.now();

  constructor(peerConnection) {
    this.#pc = peerConnection;
  }

  async read() {
    const now = performance.now();
    const found = pick(await this.#pc.getStats());
    if (found.packets !== this.#packets) {
      this.#packets = found.packets;
      this.#lastPacketAt = now;
    }
    const seconds = this.#last ? (now - this.#last.now) / 1000 : 0;
    const rate = (key) => (seconds > 0 ? Math.max(0, (found[key] - this.#last[key]) / seconds) : 0);
    const stats = {
      ...found,
      fps: rate('framesDecoded'),
      bitrateBps: rate('bytes') * 8,
      silentMillis: now - this.#lastPacketAt,
    };
    this.#last = { ...found, now };
    return stats;
  }
}

function pick(report) {
  const found = { packets: 0, bytes: 0, lost: 0, framesDecoded: 0, framesDropped: 0, audioPackets: 0, width: 0, height: 0, codec: '', rttMillis: null, bufferMillis: null };
  for (const entry of report.values()) {
    if (entry.type === 'inbound-rtp') {
      found.packets += entry.packetsReceived ?? 0;
      found.bytes += entry.bytesReceived ?? 0;
      found.lost += Math.max(0, entry.packetsLost ?? 0);
      if (entry.kind === 'audio') found.audioPackets += entry.packetsReceived ?? 0;
      if (entry.kind === 'video') video(found, entry, report);
    } else if (entry.type === 'candidate-pair' && entry.nominated && Number.isFinite(entry.currentRoundTripTime)) {
      found.rttMillis = entry.currentRoundTripTime * 1000;
    }
  }
  return found;
}

function video(found, entry, report) {
  found.framesDecoded = entry.framesDecoded ?? 0;
  found.framesDropped = entry.framesDropped ?? 0;
  found.width = entry.frameWidth ?? 0;
  found.height = entry.frameHeight ?? 0;
  found.codec = (report.get(entry.codecId)?.mimeType ?? '').replace('video/', '');
  if (entry.jitterBufferEmittedCount > 0) found.bufferMillis = (entry.jitterBufferDelay / entry.jitterBufferEmittedCount) * 1000;
}
