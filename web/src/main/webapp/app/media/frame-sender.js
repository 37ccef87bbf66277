// Frames on their way out: paced, scaled, encoded as JPEG on a worker, and dropped rather than queued.

const MAX_ENCODES = 2;
const CHANNEL_VIDEO = 0x76; // 'v'
const MIN_BUFFER_LIMIT_BYTES = 96 * 1024;
const MESSAGES_BUFFERED = 3;
const MAX_CREDIT = 2;
const MAX_AGE_MILLIS = 500;
const AGE_SHARE = 0.1; // of a new frame in the mean age

/**
 * Sends a source's frames to the publisher, at most `rate` a second. At most two encodes are under way, and nothing is
 * added while the network still holds earlier frames: what comes then is dropped and counted.
 */
export class FrameSender {
  #publisher;
  #worker = new Worker(new URL('encode-worker.js', import.meta.url));
  #pending = new Set();
  #nextId = 0;
  #credit = MAX_CREDIT;
  #creditAt = 0;
  #lastBytes = 0;
  #stop = null;
  #useVideoFrame = typeof VideoFrame === 'function';

  constructor(publisher) {
    this.#publisher = publisher;
    this.settings = { height: 360, quality: 0.8, rate: 30 };
    this.reset();
    this.#worker.onmessage = ({ data }) => this.#encoded(data);
  }

  /** Sets the counters back, for a new start. */
  reset() {
    this.sent = 0;
    this.size = null;
    /** How old frames are when they are sent, in ms: what scaling and encoding took of late. */
    this.age = 0;
    this.dropped = { encoder: 0, network: 0 };
  }

  /** Takes frames from the source until {@link stop}. */
  start(source) {
    this.stop();
    this.#stop = source.onFrame(() => this.#offer(source));
  }

  stop() {
    this.#stop?.();
    this.#stop = null;
  }

  async #offer(source) {
    if (this.#publisher.phase !== 'live') return;
    const { width, height } = source.size();
    if (!width || !height || !this.#isDue()) return;
    if (this.#pending.size >= MAX_ENCODES) {
      this.dropped.encoder += 1;
      return;
    }
    if (this.#publisher.bufferedBytes > Math.max(MIN_BUFFER_LIMIT_BYTES, MESSAGES_BUFFERED * this.#lastBytes)) {
      this.dropped.network += 1;
      return;
    }
    const id = this.#nextId++;
    const takenAt = performance.now();
    this.#pending.add(id);
    const picture = await this.#grab(source.element);
    if (!picture) {
      this.#pending.delete(id);
      return;
    }
    const target = fit(width, height, this.settings.height);
    this.#worker.postMessage({ id, takenAt, picture, ...target, quality: this.settings.quality, channel: CHANNEL_VIDEO }, [picture]);
  }

  /** Credit grows with time and each frame takes one: the rate holds on average, and a camera's jitter costs no frame. */
  #isDue() {
    const now = performance.now();
    this.#credit = Math.min(MAX_CREDIT, this.#credit + ((now - this.#creditAt) * this.settings.rate) / 1000);
    this.#creditAt = now;
    if (this.#credit < 1) return false;
    this.#credit -= 1;
    return true;
  }

  async #grab(element) {
    if (this.#useVideoFrame) {
      try {
        return new VideoFrame(element, { timestamp: 0 });
      } catch {
        this.#useVideoFrame = false; // some browsers have it, but not for every element
      }
    }
    try {
      return await createImageBitmap(element);
    } catch {
      return null; // the element holds no picture yet
    }
  }

  #encoded({ id, takenAt, message, width, height }) {
    this.#pending.delete(id);
    if (!message) {
      this.dropped.encoder += 1;
      return;
    }
    this.#lastBytes = message.byteLength;
    if (this.#publisher.send(message)) {
      const age = Math.min(MAX_AGE_MILLIS, performance.now() - takenAt);
      this.age = this.sent ? this.age + AGE_SHARE * (age - this.age) : age;
      this.sent += 1;
      this.size = { width, height };
    } else {
      this.dropped.network += 1;
    }
  }
}

/** The size that has as many pixels as 16:9 at the given height, in the source's own shape, never larger than the source. */
export function fit(width, height, targetHeight) {
  const pixels = targetHeight * targetHeight * (16 / 9);
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)));
  const even = (value) => Math.max(16, 2 * Math.round((value * scale) / 2));
  return { width: even(width), height: even(height) };
}
