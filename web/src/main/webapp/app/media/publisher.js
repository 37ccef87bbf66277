// The line to the server: one WebSocket that carries frames and sound up, and events down, and that comes back by itself.

import { Problem } from '../api/http.js';
import { PairingCancelled } from '../api/session.js';
import { jittered, pause } from '../api/pause.js';

const OPEN_MILLIS = 5000;
const RETRY_MILLIS = 700;
const MUTE_MILLIS = 5000;
const REFUSALS_BEFORE_NEW_SESSION = 10;
const NORMAL_CLOSE = 1000;

/**
 * Publishes on the session's stream.
 * Events: `phase` (see {@link phase}), `ready`, `stats` and `problem` with the server's JSON in `detail`.
 *
 * Phases: `idle`, `connecting`, `live`, `reconnecting`, `failed` (`reason` says why).
 */
export class Publisher extends EventTarget {
  #session;
  #prepare;
  #stop = null;
  #socket = null;
  #refusals = 0;

  /** @param prepare runs before each connection, once there is a session: it puts the settings in place */
  constructor(session, prepare) {
    super();
    this.#session = session;
    this.#prepare = prepare;
    this.phase = 'idle';
    this.reason = '';
    this.maxMessageBytes = Infinity;
  }

  /** Bytes accepted by {@link send} that have not left the browser. */
  get bufferedBytes() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  start() {
    if (this.#stop) return;
    this.#stop = new AbortController();
    this.#refusals = 0;
    this.#set('connecting');
    this.#run(this.#stop.signal);
  }

  stop() {
    this.#stop?.abort(new DOMException('stopped', 'AbortError'));
    this.#stop = null;
    this.#set('idle');
  }

  /** Closes the connection and makes a new one, for a session that was replaced. */
  reconnect() {
    this.#socket?.close(NORMAL_CLOSE);
  }

  /** Sends one message; false when it cannot be sent now. */
  send(message) {
    if (this.phase !== 'live' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    if (message.byteLength > this.maxMessageBytes) return false;
    this.#socket.send(message);
    return true;
  }

  async #run(signal) {
    while (!signal.aborted) {
      let wait = RETRY_MILLIS;
      try {
        await this.#session.open();
        await this.#prepare();
        if (signal.aborted) return;
        const wasReady = await this.#connect(await this.#session.token(), signal);
        if (signal.aborted) return;
        await this.#learn(wasReady);
        this.#set('reconnecting', wasReady ? '' : 'The server did not take the stream: perhaps another page or program publishes it.');
        if (wasReady) wait = 150;
      } catch (problem) {
        if (signal.aborted) return;
        if (problem instanceof PairingCancelled) return this.#fail(problem.message);
        // While settings are refused nothing can start; the person sees why and can change them.
        this.#set('reconnecting', problem.message);
        if (problem instanceof Problem) wait = problem.retryAfterMillis ?? 1500;
      }
      await pause(jittered(wait), signal);
    }
  }

  /** A refused handshake tells a page nothing; the session's own address says whether the token was the reason. */
  async #learn(wasReady) {
    this.#refusals = wasReady ? 0 : this.#refusals + 1;
    await this.#session.check();
    if (this.#refusals < REFUSALS_BEFORE_NEW_SESSION) return;
    // The session lives but takes no publisher: another tab holds it. A session of one's own solves that.
    this.#refusals = 0;
    this.#session.forget();
  }

  /** Resolves when the connection is over: true if it had become ready. */
  #connect(token, signal) {
    return new Promise((resolve) => {
      const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/stream`;
      const socket = new WebSocket(address, [`access_token.${token}`, 'video']);
      socket.binaryType = 'arraybuffer';
      this.#socket = socket;
      let ready = false;
      let heardAt = performance.now();
      const watchdog = setInterval(() => {
        const limit = ready ? MUTE_MILLIS : OPEN_MILLIS;
        if (performance.now() - heardAt > limit) over();
      }, 500);
      const onAbort = () => over();
      const over = () => {
        clearInterval(watchdog);
        signal.removeEventListener('abort', onAbort);
        socket.onmessage = socket.onclose = null;
        socket.close(NORMAL_CLOSE);
        if (this.#socket === socket) this.#socket = null;
        resolve(ready);
      };
      signal.addEventListener('abort', onAbort);
      socket.onclose = over;
      socket.onmessage = ({ data }) => {
        heardAt = performance.now();
        if (typeof data !== 'string') return;
        const event = parse(data);
        if (event?.type === 'ready') ready = true;
        if (event) this.#take(event);
      };
    });
  }

  #take(event) {
    switch (event.type) {
      case 'ready':
        this.maxMessageBytes = event.max_message_bytes ?? Infinity;
        this.dispatchEvent(new CustomEvent('ready', { detail: event }));
        this.#set('live');
        break;
      case 'stats':
        this.dispatchEvent(new CustomEvent('stats', { detail: event }));
        break;
      case 'error':
        this.dispatchEvent(new CustomEvent('problem', { detail: event }));
        break;
      default:
        break;
    }
  }

  #fail(reason) {
    this.#stop = null;
    this.#set('failed', reason);
  }

  #set(phase, reason = '') {
    if (this.phase === phase && this.reason === reason) return;
    this.phase = phase;
    this.reason = reason;
    this.dispatchEvent(new Event('phase'));
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
