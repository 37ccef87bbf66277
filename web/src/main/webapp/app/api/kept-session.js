// What a tab leaves to the next one: a browser that was closed and opened finds its stream's name and its recordings.

/** The tab before gives the lock back in its own time, also when this one is the same tab, loaded again. */
const LOCK_MILLIS = 3000;

/**
 * One session that outlives its tab, in the browser's localStorage. One tab at a time has it, by a lock that ends with the
 * tab however it ends; where a browser has no locks, nothing is kept.
 */
export class KeptSession {
  #key;
  #isOurs = false;

  constructor(key) {
    this.#key = key;
  }

  /** Whether the session with this secret is the one that is kept. */
  has(secret) {
    return this.#read()?.secret === secret;
  }

  /**
   * Takes what is kept, for this tab alone: `{secret, session}`, or null where there is nothing or another tab has it.
   * Whoever took it keeps it from then on.
   * @param waitMillis how long another tab may take to end
   */
  async take(waitMillis = LOCK_MILLIS) {
    await this.#lock(waitMillis);
    return this.#isOurs ? this.#read() : null;
  }

  /** Keeps what the next tab goes on with. */
  write(secret, session) {
    if (!this.#isOurs || !secret) return;
    try {
      localStorage.setItem(this.#key, JSON.stringify({ secret, session }));
    } catch {
      // There is no room: this tab goes on, and leaves what was kept before.
    }
  }

  /** This tab goes on under another name; what was kept stays for later. */
  leave() {
    this.#isOurs = false;
  }

  /** Resolves as soon as it is known whether this tab has the lock; it is given back with the tab. */
  #lock(waitMillis) {
    if (!navigator.locks || this.#isOurs) return Promise.resolve();
    return new Promise((resolve) => {
      const held = () => {
        this.#isOurs = true;
        resolve();
        return new Promise(() => {});
      };
      navigator.locks.request(this.#key, { signal: AbortSignal.timeout(waitMillis) }, held).catch(resolve);
    });
  }

  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key));
      return typeof kept?.secret === 'string' ? kept : null;
    } catch {
      return null;
    }
  }
}
