// One viewer by HLS: the same picture over HTTP, some seconds behind.

import { NoWay } from './whep-client.js';

const LIBRARY = '/app/lib/hls/dist/hls.min.mjs';
const INDEX_MILLIS = 10_000;
const OVER_MILLIS = 2000;
const FIRST_PICTURE_MILLIS = 10_000;
const SECONDS_KEPT = 10;
const FASTEST_TO_CATCH_UP = 1.25;

/** Plays a stream's low-latency HLS. `open` makes one, `close` ends it. */
export class HlsClient {
  /** There is none. */
  peerConnection = null;
  #player;
  #path;
  #session;
  #index;
  #stats = null;
  #lost = new AbortController();

  constructor(player, path, session, index) {
    this.#player = player;
    this.#path = path;
    this.#session = session;
    this.#index = index;
  }

  /** Whether this browser can play what a page feeds it. */
  static isPossible() {
    return 'MediaSource' in window || 'ManagedMediaSource' in window;
  }

  /**
   * Asks for the stream's index, and resolves when there is something to play.
   * @param path the index's path
   * @param session gives the access token
   * @throws Problem or Unreachable from the request; NoWay when the browser plays no H264
   */
  static async open(path, session, signal) {
    const { default: Hls } = await import(LIBRARY);
    if (!Hls.isSupported()) throw new NoWay('This browser cannot play the stream over HTTP.');
    // By itself first: the server's problem documents say more than the library's errors.
    const response = await session.call(path, { timeoutMillis: INDEX_MILLIS, signal });
    const player = new Hls({
      enableWorker: false, // fragmented MP4 is handed on as it is
      backBufferLength: SECONDS_KEPT,
      maxLiveSyncPlaybackRate: FASTEST_TO_CATCH_UP,
      xhrSetup: async (xhr, url) => {
        const token = await session.token();
        xhr.open('GET', url, true);
        xhr.setRequestHeader('Authorization', `Bearer ${token}`);
      },
    });
    const client = new HlsClient(player, path, session, await response.text());
    player.on(Hls.Events.ERROR, (_, { fatal }) => fatal && client.#lost.abort());
    return client;
  }

  get way() {
    return 'hls';
  }

  /** Aborts when nothing comes any more. */
  get lost() {
    return this.#lost.signal;
  }

  show(video) {
    this.#stats = new HlsStats(this.#player, video);
    video.srcObject = null; // it would hide what the player attaches
    this.#player.loadSource(this.#path);
    this.#player.attachMedia(video);
    video.play().catch(() => {});
  }

  readStats() {
    return this.#stats.read();
  }

  close() {
    this.#player.destroy();
  }

  /** Whether the server answers that there is nothing to play any more. */
  async isOver() {
    try {
      await this.#session.call(this.#path, { timeoutMillis: OVER_MILLIS });
      return false;
    } catch (problem) {
      return [404, 409].includes(problem.status);
    }
  }

  /** True while the server makes the very playlists that are being played. */
  async isKnown() {
    try {
      const response = await this.#session.call(this.#path, { timeoutMillis: INDEX_MILLIS });
      return playlistsOf(await response.text()) === playlistsOf(this.#index);
    } catch {
      return false;
    }
  }
}

/** The addresses that an index names; the rest of it, such as bitrates, may change. */
function playlistsOf(index) {
  return index.split('\n').filter((line) => line && !line.startsWith('#')).join();
}

/** The same numbers as a peer connection's, as far as there are such. */
class HlsStats {
  #player;
  #video;
  #bytes = 0;
  #shownAt = performance.now();
  #loadedAt = performance.now();
  #last = null;

  constructor(player, video) {
    this.#player = player;
    this.#video = video;
    player.on('hlsFragLoaded', (_, { frag, part }) => {
      this.#bytes += (part ?? frag).stats.loaded;
      this.#loadedAt = performance.now();
    });
  }

  read() {
    const now = performance.now();
    const { totalVideoFrames, droppedVideoFrames } = this.#video.getVideoPlaybackQuality();
    const level = this.#player.levels[this.#player.currentLevel];
    const found = { framesDecoded: totalVideoFrames, bytes: this.#bytes };
    const seconds = this.#last ? (now - this.#last.now) / 1000 : 0;
    const rate = (key) => (seconds > 0 ? Math.max(0, (found[key] - this.#last[key]) / seconds) : 0);
    const stats = {
      ...found,
      framesDropped: droppedVideoFrames,
      width: this.#video.videoWidth,
      height: this.#video.videoHeight,
      codec: level?.videoCodec?.startsWith('avc1') ? 'H264' : (level?.videoCodec ?? ''),
      fps: rate('framesDecoded'),
      bitrateBps: rate('bytes') * 8,
      bufferMillis: this.#bufferedMillis(),
      latencyMillis: this.#player.latency * 1000,
      silentMillis: totalVideoFrames > 0 ? now - this.#loadedAt : this.#silentAtFirst(now),
    };
    this.#last = { ...found, now };
    return stats;
  }

  /** The first picture takes some time; there is none to miss before. */
  #silentAtFirst(now) {
    return now - this.#shownAt < FIRST_PICTURE_MILLIS ? 0 : Infinity;
  }

  #bufferedMillis() {
    const { buffered, currentTime } = this.#video;
    return buffered.length ? (buffered.end(buffered.length - 1) - currentTime) * 1000 : null;
  }
}
