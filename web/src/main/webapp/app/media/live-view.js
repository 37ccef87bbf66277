// A view of one stream that stays up: it connects, notices when the picture stops, and connects again.

import { Problem, Unreachable } from '../api/http.js';
import { PairingCancelled } from '../api/session.js';
import { jittered, pause } from '../api/pause.js';
import { HlsClient } from './hls-client.js';
import { NoWay, WhepClient } from './whep-client.js';

const POLL_MILLIS = 500;
const SILENT_MILLIS = 2000;
const SILENT_TOO_LONG_MILLIS = 8000;
const RETRY_MILLIS = 700;
const PATIENT_RETRY_MILLIS = 3000;
const PATIENT_AFTER = 170;
const WAITING_RETRY_MILLIS = 3000;
const SOON_BACK_TRIES = 30;
const WAY_MILLIS = 4000;

/**
 * Watches a stream on a video element. Events: `state` on every change of {@link state}, `stats` twice a second.
 *
 * States: `idle`, `connecting`, `waiting` (known, nobody publishes), `live`, `quiet` (connected, no packets),
 * `reconnecting`, `ended` (was live, is unknown now), `missing` (never seen), `failing` (server refuses; `reason` says why).
 *
 * The picture comes by WebRTC. Where it may also come by HLS, it does so by itself when no way for WebRTC is found within
 * four seconds; {@link choose} settles it by hand.
 */
export class LiveView extends EventTarget {
  #session;
  #path;
  #video;
  #stop = null;
  #client = null;
  #wasLive = false;
  #failures = 0;
  #waitingRetryMillis;
  #hlsPath;
  #choice = 'auto';
  #way = 'webrtc';

  /**
   * @param path a function that gives the WHEP endpoint's path, asked anew on each try
   * @param waitingRetryMillis the longest pause between tries while nobody publishes
   * @param hlsPath a function that gives the path of the stream's HLS index; without it there is WebRTC alone
   */
  constructor(session, path, video, { waitingRetryMillis = WAITING_RETRY_MILLIS, hlsPath = null } = {}) {
    super();
    this.#session = session;
    this.#path = path;
    this.#video = video;
    this.#waitingRetryMillis = waitingRetryMillis;
    this.#hlsPath = hlsPath;
    this.state = 'idle';
    this.reason = '';
    this.stats = null;
    // Another network may let the direct connection through.
    window.addEventListener('online', () => this.way === 'hls' && this.choice === 'auto' && this.choose('auto'));
  }

  get peerConnection() {
    return this.#client?.peerConnection ?? null;
  }

  /** How the picture comes now: `webrtc`, `hls`, or null while it does not. */
  get way() {
    return this.#client?.way ?? null;
  }

  /** Whether the picture may come by HLS: the page allows it, and the browser can. */
  get mayUseHls() {
    return Boolean(this.#hlsPath) && HlsClient.isPossible();
  }

  /** What was chosen: `auto`, `webrtc` or `hls`. */
  get choice() {
    return this.#choice;
  }

  /** Says how the picture shall come, and begins anew. */
  choose(choice) {
    this.#choice = choice;
    if (!this.#stop) return;
    this.stop();
    this.start();
  }

  start() {
    if (this.#stop) return;
    this.#stop = new AbortController();
    this.#wasLive = false;
    this.#failures = 0;
    this.#way = this.#choice === 'hls' ? 'hls' : 'webrtc';
    this.#set('connecting');
    this.#run(this.#stop.signal);
  }

  stop() {
    this.#stop?.abort(new DOMException('stopped', 'AbortError'));
    this.#stop = null;
    this.#leave();
    this.#video.srcObject = null;
    this.#set('idle');
  }

  async #run(signal) {
    while (!signal.aborted) {
      let wait = RETRY_MILLIS;
      try {
        await this.#session.open();
        const client = await this.#open(signal);
        if (signal.aborted) return client.close();
        this.#client = client;
        this.#failures = 0;
        await this.#watch(client, signal);
        const over = !signal.aborted && (await client.isOver());
        if (!signal.aborted && !over) this.#set('reconnecting');
        wait = 150;
      } catch (problem) {
        if (signal.aborted) return;
        if (problem instanceof PairingCancelled) {
          this.#stop = null; // another start asks again
          return this.#set('failing', problem.message);
        }
        wait = this.#turnedTo(problem) ? 0 : this.#judge(problem);
      } finally {
        if (!signal.aborted) this.#leave();
      }
      await pause(jittered(wait), signal);
    }
  }

  #open(signal) {
    if (this.#way === 'hls') return HlsClient.open(this.#hlsPath(), this.#session, signal);
    return WhepClient.open(this.#path, this.#session, signal, this.#mayTurn() ? { wayMillis: WAY_MILLIS } : {});
  }

  #mayTurn() {
    return this.#choice === 'auto' && this.mayUseHls;
  }

  /** Takes the other way where this one is closed; false when there is no other. */
  #turnedTo(problem) {
    if (this.#way === 'webrtc' && problem instanceof NoWay && this.#mayTurn()) {
      this.#way = 'hls';
      return true;
    }
    if (this.#way === 'hls' && this.#choice === 'auto') {
      // The server's answers are about the stream, whichever way it comes; anything else may be about the way.
      if (!(problem instanceof Problem || problem instanceof Unreachable)) this.#way = 'webrtc';
    }
    return false;
  }

  /** Plays until the connection dies or falls silent for good. */
  async #watch(client, signal) {
    client.show(this.#video);
    const gone = new AbortController();
    for (const end of [client.lost, signal]) {
      if (end.aborted) gone.abort();
      end.addEventListener('abort', () => gone.abort(), { once: true });
    }
    while (!gone.signal.aborted) {
      this.stats = await client.readStats();
      this.dispatchEvent(new Event('stats'));
      if (this.stats.silentMillis < SILENT_MILLIS) {
        if (this.stats.framesDecoded > 0) {
          this.#wasLive = true;
          this.#set('live');
        }
      } else if (await this.#isLost(client)) {
        return;
      }
      await pause(POLL_MILLIS, gone.signal);
    }
  }

  /** Silence has two reasons: a publisher who pauses, or a server that is gone. Only the server can tell. */
  async #isLost(client) {
    if (this.stats.silentMillis > SILENT_TOO_LONG_MILLIS) return true;
    if ((await client.isKnown()) === false) return true;
    this.#set('quiet');
    return false;
  }

  #judge(problem) {
    const again = this.#wasLive ? 'reconnecting' : 'connecting';
    this.#failures += 1;
    const retry = this.#failures > PATIENT_AFTER ? PATIENT_RETRY_MILLIS : RETRY_MILLIS;
    if (problem instanceof Unreachable) {
      this.#set(this.#failures > 3 || this.#wasLive ? 'reconnecting' : again, problem.message);
      return retry;
    }
    if (problem instanceof Problem) {
      if (problem.code === 'hls-not-ready') {
        this.#set('waiting', problem.message);
        return retry;
      }
      switch (problem.status) {
        case 409:
          this.#set('waiting', problem.message);
          return this.#waitMillis(problem);
        case 404:
          this.#set(this.#wasLive ? 'ended' : 'missing', problem.message);
          return retry;
        case 401:
          this.#set(again, problem.message);
          return retry;
        default:
          this.#set('failing', `${problem.message} Trying again.`);
          return problem.retryAfterMillis ?? PATIENT_RETRY_MILLIS;
      }
    }
    this.#set(this.#failures > 2 ? 'failing' : again, `${problem.message} Trying again.`);
    return retry;
  }

  /** A publisher who was there a moment ago is looked for often; one who was not, as the server asks. */
  #waitMillis(problem) {
    if (this.#wasLive && this.#failures <= SOON_BACK_TRIES) return Math.min(RETRY_MILLIS, this.#waitingRetryMillis);
    return Math.min(problem.retryAfterMillis ?? RETRY_MILLIS, this.#waitingRetryMillis);
  }

  #leave() {
    this.#client?.close();
    this.#client = null;
  }

  #set(state, reason = '') {
    if (this.state === state && this.reason === reason) return;
    this.state = state;
    this.reason = reason;
    this.dispatchEvent(new Event('state'));
  }
}
