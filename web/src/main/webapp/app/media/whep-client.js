// One WHEP session: offer, answer, media in, and its end.

import { request } from '../api/http.js';
import { ViewStats } from './view-stats.js';

const CONNECT_MILLIS = 8000;

/** The server answers, and its media does not get through. */
export class NoWay extends Error {
  constructor(message = 'No way to the server was found.') {
    super(message);
    this.name = 'NoWay';
  }
}

/** Receives one video and one audio track from a WHEP endpoint. `open` makes one, `close` ends it. */
export class WhepClient {
  #session;
  #closed = false;
  #stats = null;
  #lost = new AbortController();

  constructor(peerConnection, media, session) {
    this.peerConnection = peerConnection;
    this.media = media;
    this.#session = session;
    this.sessionUrl = null;
    peerConnection.addEventListener('connectionstatechange', () => {
      if (['failed', 'closed', 'disconnected'].includes(peerConnection.connectionState)) this.#lost.abort();
    });
  }

  /**
   * Negotiates with the endpoint that `path()` names and resolves when media can flow.
   * @param session gives the access token
   * @param wayMillis how long a way to the server is looked for, if not as long as a connection may take
   * @throws Problem or Unreachable from the request; NoWay or Error when no connection comes about
   */
  static async open(path, session, signal, { wayMillis = 0 } = {}) {
    if (!('RTCPeerConnection' in window)) throw new NoWay();
    const peerConnection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    const media = new MediaStream();
    const client = new WhepClient(peerConnection, media, session);
    try {
      for (const kind of ['video', 'audio']) {
        const { receiver } = peerConnection.addTransceiver(kind, { direction: 'recvonly' });
        media.addTrack(receiver.track);
      }
      await client.#negotiate(path, signal);
      await connected(peerConnection, signal, wayMillis);
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  get way() {
    return 'webrtc';
  }

  /** Aborts when the connection has gone. */
  get lost() {
    return this.#lost.signal;
  }

  show(video) {
    this.#stats = new ViewStats(this.peerConnection);
    video.srcObject = this.media;
    video.play().catch(() => {});
  }

  readStats() {
    return this.#stats.read();
  }

  /** Ends the session on both sides. May be called twice, and while the page unloads. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.peerConnection.close();
    if (!this.sessionUrl) return;
    // While a page unloads, only what is sent in this very turn leaves the browser: no waiting for a token.
    const token = this.#session.tokenNow();
    if (token) request(this.sessionUrl, { method: 'DELETE', token, keepalive: true }).catch(() => {});
  }

  /** True while the server still knows this session; undefined where that cannot be told. */
  async isKnown() {
    const status = await this.#ask();
    return status === 405 ? undefined : status < 300;
  }

  /** Whether the server answers, and knows this session no more: it ended, and was not lost on the way. */
  async isOver() {
    return (await this.#ask()) === 404;
  }

  /** What the server answers about this session; undefined when it does not. */
  async #ask() {
    try {
      return (await request(this.sessionUrl, { token: await this.#session.token(), timeoutMillis: 2000 })).status;
    } catch (problem) {
      return problem.status;
    }
  }

  async #negotiate(path, signal) {
    const pc = this.peerConnection;
    // Gathering begins with the local description: it waits until the answer has named the ICE servers. The server
    // needs no candidates of ours, it learns them from the checks that reach it.
    const sdp = withStereo((await pc.createOffer()).sdp);
    const response = await this.#session.call(path, {
      method: 'POST',
      type: 'application/sdp',
      body: sdp,
      headers: { Accept: 'application/sdp' },
      timeoutMillis: 7000,
      signal,
    });
    this.sessionUrl = new URL(response.headers.get('Location'), response.url).href;
    const iceServers = iceServersOf(response.headers.get('Link'));
    if (iceServers.length) pc.setConfiguration({ ...pc.getConfiguration(), iceServers });
    const answer = await response.text();
    await pc.setLocalDescription({ type: 'offer', sdp });
    await pc.setRemoteDescription({ type: 'answer', sdp: answer });
  }
}

/** Chromium decodes Opus as mono unless the offer asks for stereo; Firefox asks by itself. */
function withStereo(sdp) {
  const payloadType = /a=rtpmap:(\d+) opus\/48000\/2/i.exec(sdp)?.[1];
  if (!payloadType) return sdp;
  return sdp.replace(new RegExp(`(a=fmtp:${payloadType} )(?!.*stereo=1)(.*)`), '$1stereo=1;$2');
}

/**
 * The servers that `Link` headers with `rel="ice-server"` name (RFC 9725 §4.6).
 * @param links all such headers, joined by commas as browsers join them
 */
export function iceServersOf(links) {
  const servers = [];
  for (const [, url, rest] of (links ?? '').matchAll(/<([^>]+)>([^<]*)/g)) {
    const parameters = Object.fromEntries([...rest.matchAll(/;\s*([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    if (parameters.rel !== 'ice-server' || !/^(stun|turn)s?:/.test(url)) continue;
    const { username, credential } = parameters;
    servers.push(username === undefined ? { urls: url } : { urls: url, username, credential });
  }
  return servers;
}

function connected(pc, signal, wayMillis) {
  return new Promise((resolve, reject) => {
    const finish = (settle, value) => {
      clearTimeout(timer);
      clearTimeout(wayTimer);
      pc.removeEventListener('connectionstatechange', look);
      signal?.removeEventListener('abort', onAbort);
      settle(value);
    };
    const look = () => {
      if (pc.connectionState === 'connected') finish(resolve);
      else if (['failed', 'closed'].includes(pc.connectionState)) finish(reject, new NoWay());
    };
    const onAbort = () => finish(reject, signal.reason);
    const onWayLate = () => {
      if (!['connected', 'completed'].includes(pc.iceConnectionState)) finish(reject, new NoWay());
    };
    const wayTimer = wayMillis ? setTimeout(onWayLate, wayMillis) : 0;
    const timer = setTimeout(() => finish(reject, new Error('The server did not answer on the media port.')), CONNECT_MILLIS);
    pc.addEventListener('connectionstatechange', look);
    signal?.addEventListener('abort', onAbort);
    look();
  });
}
