// Sound on its way out: 48 kHz stereo in blocks of 20 ms, cut by an audio worklet.

import { pause } from '../api/pause.js';

const START_MILLIS = 2000;
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Sends the sound of a source to the publisher. One audio context serves all sources until `close`. */
export class AudioSender {
  #publisher;
  #context = null;
  #node = null;
  #input = null;
  #loading = null;

  constructor(publisher) {
    this.#publisher = publisher;
    this.enabled = true;
    this.sent = 0;
    this.dropped = 0;
  }

  /** Must be called from a click: browsers start no audio context otherwise. */
  prepare() {
    this.#context ??= new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
    this.#context.resume();
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /**
   * Takes sound from the source; one without sound is silence.
   * @returns false when this browser cannot give the source's sound
   */
  async start(source) {
    await this.prepare();
    this.#disconnect();
    try {
      this.#input = source.connectSound(this.#context);
      this.#input?.connect(this.#node);
      return await this.#isRunning();
    } catch {
      this.#input = null;
      return false;
    }
  }

  stop() {
    this.#disconnect();
    this.#context?.suspend();
  }

  /** Some browsers start no audio context on a device without any sound output. */
  async #isRunning() {
    for (let waited = 0; waited < START_MILLIS && this.#context.state !== 'running'; waited += 100) await pause(100);
    return this.#context.state === 'running' || !this.#input;
  }

  async #load() {
    await this.#context.audioWorklet.addModule(new URL('pcm-worklet.js', import.meta.url));
    this.#node = new AudioWorkletNode(this.#context, 'pcm-blocks', { numberOfInputs: 1, numberOfOutputs: 1, channelCount: 2, channelCountMode: 'explicit' });
    this.#node.port.onmessage = ({ data }) => this.#take(data);
    this.#node.connect(this.#context.destination); // the worklet's output is silence; without it nothing pulls the sound
  }

  #take(message) {
    if (!this.enabled || !this.#input || this.#publisher.phase !== 'live') return;
    if (this.#publisher.bufferedBytes < MAX_BUFFERED_BYTES && this.#publisher.send(message)) this.sent += 1;
    else this.dropped += 1;
  }

  #disconnect() {
    this.#input?.disconnect();
    this.#input?.stopAll?.();
    this.#input = null;
  }
}
