// A view of one stream that stays up: it connects, notices when the picture stops, and connects again.

import { Problem, Unreachable } from '../api/http.js';
import { PairingCancelled } from '../api/session.js';
import { jittered, pause } from '../api/pause.js';
import { ViewStats } from './view-stats.js';
import { WhepClient } from './whep-client.js';

const POLL_MILLIS = 500;
const SILENT_MILLIS = 2000;
const SILENT_TOO_LONG_MILLIS = 8000;
const RETRY_MILLIS = 700;
const PATIENT_RETRY_MILLIS = 3000;
const PATIENT_AFTER = 170;
const WAITING_RETRY_MILLIS = 3000;
const SOON_BACK_TRIES = 30;

/**
 * Watches a stream on a video element. Events: `state` on every change of {@link state}, `stats` twice a second.
 *
 * States: `idle`, `connecting`, `waiting` (known, nobody publishes), `live`, `quiet` (connected, no packets),
 * `reconnecting`, `ended` (was live, is unknown now), `missing` (never seen), `failing` (server refuses; `reason` says why).
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

  /**
   * @param path a function that gives the WHEP endpoint's path, asked anew on each try
   * @param waitingRetryMillis the longest pause between tries while nobody publishes
   */
  constructor(session, path, video, { waitingRetryMillis = WAITING_RETRY_MILLIS } = {}) {
    super();
    this.#session = session;
    this.#path = path;
    this.#video = video;
    this.#waitingRetryMillis = waitingRetryMillis;
    this.state = 'idle';
    this.reason = '';
    this.stats = null;
  }

  get peerConnection() {
    return this.#client?.peerConnection ?? null;
  }

  start() {
    if (this.#stop) return;
    this.#stop = new AbortController();
    this.#wasLive = false;
    this.#failures = 0;
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
        this.#client = await WhepClient.open(this.#path, this.#session, signal);
        this.#failures = 0;
        await this.#watch(this.#client, signal);
        if (!signal.aborted) this.#set('reconnecting');
        wait = 150;
      } catch (problem) {
        if (signal.aborted) return;
        if (problem instanceof PairingCancelled) return this.#set('failing', problem.message);
        wait = this.#judge(problem);
      } finally {
        if (!signal.aborted) this.#leave();
      }
      await pause(jittered(wait), signal);
    }
  }

  /** Plays until the connection dies or falls silent for good. */
  async #watch(client, signal) {
    const pc = client.peerConnection;
    const stats = new ViewStats(pc);
    this.#video.srcObject = client.media;
    this.#video.play().catch(() => {});
    const gone = new AbortController();
    const onChange = () => {
      if (['failed', 'closed', 'disconnected'].includes(pc.connectionState)) gone.abort();
    };
    pc.addEventListener('connectionstatechange', onChange);
    signal.addEventListener('abort', () => gone.abort(), { once: true });
    try {
      while (!gone.signal.aborted) {
        this.stats = await stats.read();
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
    } finally {
      pc.removeEventListener('connectionstatechange', onChange);
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
