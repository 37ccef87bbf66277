// Sound on its way out: 48 kHz stereo in blocks of 20 ms, cut by an audio worklet.

import { pause } from '../api/pause.js';

const START_MILLIS = 2000;
const MAX_BUFFERED_BYTES = 1024 * 1024;
const MAX_DELAY_SECONDS = 0.5;
const DELAY_STEP_SECONDS = 0.005; // what nobody sees or hears
const DELAY_GLIDE_SECONDS = 0.5;

/**
 * Sends the sound of a source to the publisher, as old as the pictures are when they leave: the server takes what comes
 * at one moment for what was taken at one moment. One audio context serves all sources.
 */
export class AudioSender {
  #publisher;
  #context = null;
  #node = null;
  #delay = null;
  #delayTarget = 0;
  #pictureAge;
  #input = null;
  #loading = null;

  /** @param pictureAge gives the age of the pictures that are sent now, in ms */
  constructor(publisher, pictureAge) {
    this.#publisher = publisher;
    this.#pictureAge = pictureAge;
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
      this.#input?.connect(this.#delay);
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
    this.#delay = new DelayNode(this.#context, { maxDelayTime: MAX_DELAY_SECONDS });
    this.#delay.connect(this.#node);
    this.#node.connect(this.#context.destination); // the worklet's output is silence; without it nothing pulls the sound
  }

  /** The delay glides, so that a change is no crack. */
  #keepStep() {
    const age = Math.min(MAX_DELAY_SECONDS, this.#pictureAge() / 1000);
    if (Math.abs(age - this.#delayTarget) < DELAY_STEP_SECONDS) return;
    this.#delayTarget = age;
    this.#delay.delayTime.setTargetAtTime(age, this.#context.currentTime, DELAY_GLIDE_SECONDS);
  }

  #take(message) {
    this.#keepStep();
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
