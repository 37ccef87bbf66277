// Audio worklet: collects the input into blocks of 20 ms and posts each as a ready message:
// the channel byte 'a', then float32 little-endian, left and right in turn.

const CHANNEL_AUDIO = 0x61;
const PAIRS = 960;

class PcmBlocks extends AudioWorkletProcessor {
  #block = new Float32Array(PAIRS * 2);
  #filled = 0;

  process([input]) {
    const left = input[0];
    if (!left) return true;
    const right = input[1] ?? left;
    for (let i = 0; i < left.length; i++) {
      this.#block[2 * this.#filled] = left[i];
      this.#block[2 * this.#filled + 1] = right[i];
      if (++this.#filled === PAIRS) this.#post();
    }
    return true;
  }

  #post() {
    const message = new Uint8Array(1 + this.#block.byteLength);
    message[0] = CHANNEL_AUDIO;
    message.set(new Uint8Array(this.#block.buffer), 1); // every platform browsers run on is little-endian
    this.port.postMessage(message.buffer, [message.buffer]);
    this.#filled = 0;
  }
}

registerProcessor('pcm-blocks', PcmBlocks);
