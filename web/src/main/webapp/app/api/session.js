// The session of this page: opened when first needed, kept for a reload of this tab or the one after it, refreshed before it expires.

import { Problem, request } from './http.js';
import { KeptSession } from './kept-session.js';
import { jittered } from './pause.js';

const REFRESH_AT = 0.75;
const PAIRING_KEY = 'framecast.pairing';
const SECRET_BYTES = 32;

/** So long a tab that has nothing yet waits for what another one, which may just be closing, has. */
const NEW_TAB_MILLIS = 500;

/** The person closed the question for the pairing code: nothing goes on without it. */
export class PairingCancelled extends Error {
  constructor() {
    super('This device is not paired. Reload the page to enter the code.');
    this.name = 'PairingCancelled';
  }
}

/**
 * Holds the tokens. They live in memory and in this tab's sessionStorage, the studio's also in {@link KeptSession}, never in an
 * address.
 * Events: `opened` whenever there is a new session (the first one, or one that replaces a lost one).
 */
export class Session extends EventTarget {
  #key;
  #secretKey;
  #kept;
  #askCode;
  #data = null;
  #opening = null;
  #refreshing = null;
  #timer = 0;

  /**
   * @param askCode asks the person for the server's pairing code; resolves with it, rejects with {@link PairingCancelled}
   * @param keepsName whether a new session asks for the stream's name of the one before it, in this tab or one that was closed
   */
  constructor(storageKey, askCode, { keepsName = false } = {}) {
    super();
    this.#key = storageKey;
    this.#secretKey = keepsName ? `${storageKey}.name` : null;
    this.#kept = keepsName ? new KeptSession(`${storageKey}.kept`) : null;
    this.#askCode = askCode;
    takePairingCodeFromAddress();
    /** Resolves when it is known what this tab goes on with: a session of its own, one that a closed tab has left, or none. */
    this.resumed = this.#resume();
  }

  get stream() {
    return this.#data?.stream ?? null;
  }

  get whepPath() {
    return this.#data?.whep ?? null;
  }

  get whipPath() {
    return this.#data?.whip ?? null;
  }

  get watchPath() {
    return this.#data?.watch ?? null;
  }

  /** Makes sure there is a session; does not ask the server whether a kept one still lives. */
  async open() {
    if (this.#data) return;
    this.#opening ??= this.#begin().finally(() => {
      this.#opening = null;
    });
    await this.#opening;
  }

  /** Asks the server whether the session lives, and opens a new one when it does not. */
  async check() {
    const response = await this.call('/session');
    return response.json();
  }

  /** The access token as it is at this moment, for the last words of a page that unloads. */
  tokenNow() {
    return this.#data?.accessToken ?? null;
  }

  /** An access token that is good for a while. */
  async token() {
    await this.open();
    if (Date.now() > this.#data.expiresAt - 5000) await this.#refresh();
    return this.#data.accessToken;
  }

  /**
   * A request with this session's token. When the server no longer knows the session, a new one is opened and
   * the request is made once more. `path` may be a function, for addresses that hold the stream's name.
   */
  async call(path, options = {}) {
    const resolve = () => (typeof path === 'function' ? path() : path);
    const token = await this.token();
    try {
      return await request(resolve(), { ...options, token });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
      if (this.#data?.accessToken === token) {
        if (problem.code === 'token-expired') await this.#refresh();
        else this.forget();
      }
      const fresh = await this.token(); // first: the address may hold the name of the stream that this opens
      return request(resolve(), { ...options, token: fresh });
    }
  }

  /** Drops the session without a word to the server. */
  forget() {
    clearTimeout(this.#timer);
    this.#data = null;
    sessionStorage.removeItem(this.#key);
    this.#kept?.write(this.#secret(), null);
  }

  async #begin() {
    await this.resumed;
    if (!this.#data) await this.#create();
  }

  async #resume() {
    const secret = this.#secret();
    if (!this.#kept || (secret && !this.#kept.has(secret))) {
      this.#restore();
      return;
    }
    const left = await this.#kept.take(secret ? undefined : NEW_TAB_MILLIS);
    if (left && !secret) {
      sessionStorage.setItem(this.#secretKey, left.secret);
      if (left.session) this.#keep(left.session.raw, left.session.expiresAt);
    } else if (secret && !left && navigator.locks) {
      // Another tab went on with it meanwhile.
      sessionStorage.removeItem(this.#secretKey);
      sessionStorage.removeItem(this.#key);
    } else {
      this.#restore();
    }
  }

  async #create() {
    let code = sessionStorage.getItem(PAIRING_KEY);
    let hint = null;
    for (;;) {
      try {
        const response = await request('/session', { method: 'POST', json: { ...(code && { pairing_code: code }), ...this.#nameSecret() } });
        if (code) sessionStorage.setItem(PAIRING_KEY, code);
        this.#keep(await response.json());
        this.dispatchEvent(new Event('opened'));
        return;
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        if (problem.code === 'stream-taken') {
          // A session that this tab lost, or the tab that this one was copied from, still has the name.
          this.#kept?.leave();
          sessionStorage.removeItem(this.#secretKey);
          continue;
        }
        if (!String(problem.code).startsWith('pairing-')) throw problem;
        hint = problem.code === 'pairing-required' ? null : `That code was not accepted. ${problem.message}`;
      }
      sessionStorage.removeItem(PAIRING_KEY);
      code = await this.#askCode(hint);
    }
  }

  #secret() {
    return this.#secretKey && sessionStorage.getItem(this.#secretKey);
  }

  /** What the stream's name follows from: the name is public, this never leaves the browser but for the server. */
  #nameSecret() {
    if (!this.#secretKey) return {};
    let secret = this.#secret();
    if (!secret) {
      secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))));
      secret = secret.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      sessionStorage.setItem(this.#secretKey, secret);
    }
    return { stream_secret: secret };
  }

  async #refresh() {
    this.#refreshing ??= this.#exchange().finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
  }

  async #exchange() {
    clearTimeout(this.#timer);
    try {
      const response = await request('/session', { method: 'PUT', token: this.#data.refreshToken });
      this.#keep({ ...this.#data.raw, ...(await response.json()) });
    } catch (problem) {
      if (problem instanceof Problem && problem.status < 500 && problem.status !== 429) {
        this.forget();
        await this.open();
        return;
      }
      this.#timer = setTimeout(() => this.#refresh().catch(() => {}), jittered(5000));
      throw problem;
    }
  }

  #keep(raw, expiresAt = Date.now() + raw.expires_in * 1000) {
    this.#data = {
      raw,
      expiresAt,
      stream: raw.stream,
      accessToken: raw.access_token,
      refreshToken: raw.refresh_token,
      whep: raw.whep ?? `/whep/${encodeURIComponent(raw.stream)}`,
      whip: raw.whip ?? `/whip/${encodeURIComponent(raw.stream)}`,
      watch: raw.watch ?? `/watch?stream=${encodeURIComponent(raw.stream)}`,
    };
    sessionStorage.setItem(this.#key, JSON.stringify({ raw, expiresAt }));
    this.#kept?.write(this.#secret(), { raw, expiresAt });
    clearTimeout(this.#timer);
    const left = Math.max(0, expiresAt - Date.now());
    this.#timer = setTimeout(() => this.#refresh().catch(() => {}), left * REFRESH_AT);
  }

  #restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key));
      if (kept?.raw?.access_token && kept.raw.stream) this.#keep(kept.raw, kept.expiresAt);
    } catch {
      sessionStorage.removeItem(this.#key);
    }
  }
}

/** A link for pairing carries the code after `#`, which no server log sees; it leaves the address bar at once. */
function takePairingCodeFromAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get('pair');
  if (!code) return;
  sessionStorage.setItem(PAIRING_KEY, code);
  history.replaceState(null, '', location.pathname + location.search);
}
