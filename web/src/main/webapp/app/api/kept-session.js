// What a tab leaves to the next one: a browser that was closed and opened finds its stream's name and its recordings.

/**
 * One session that outlives its tab, in the browser's localStorage. One tab at a time has it, by a lock that ends with the
 * tab however it ends; where a browser has no locks, nothing is kept.
 */
export class KeptSession {
  #key;
  #isOurs = false;
  #isLeft = false;
  #taking = null;

  constructor(key) {
    this.#key = key;
  }

  /** For a tab that has no session yet: `{secret, session}` of one that was closed, or null. The next one may be kept then. */
  async take() {
    await (this.#taking ??= this.#lock({ ifAvailable: true }));
    return this.#isOurs ? this.#read() : null;
  }

  /** For a tab that was loaded again: it goes on with what it has, and keeps it if it was kept before. */
  resume(secret) {
    if (this.#read()?.secret === secret) this.#lock({});
  }

  /** Keeps what the next tab goes on with. */
  write(secret, session) {
    if (this.#isOurs && secret) localStorage.setItem(this.#key, JSON.stringify({ secret, session }));
  }

  /** This tab goes on under another name; what was kept stays for later. */
  leave() {
    this.#isLeft = true;
    this.#isOurs = false;
  }

  /** Resolves as soon as it is known whether this tab has it; it is given back with the tab. */
  #lock(how) {
    if (!navigator.locks) return Promise.resolve();
    return new Promise((resolve) => {
      const held = (lock) => {
        this.#isOurs = Boolean(lock) && !this.#isLeft;
        resolve();
        return this.#isOurs ? new Promise(() => {}) : undefined;
      };
      navigator.locks.request(this.#key, how, held).catch(resolve);
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
