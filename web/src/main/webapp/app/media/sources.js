// What can be published: a camera, a screen, or the test scene, all behind the same few methods.

import { beat } from './beat.js';
import { TestScene } from './test-scene.js';

const HIDDEN_INTERVAL_MILLIS = 33;
const SCENE_INTERVAL_MILLIS = 1000 / 30;

/** Why a source could not be opened, in words for the person. */
export class SourceRefused extends Error {}

/**
 * Opens a source. Each has `element` to show, `size()`, `onFrame(callback)` (returns a function that ends it),
 * `prefer(height)`, `connectSound(context)` (an audio node or null), `onEnded` to set, and `close()`.
 */
export async function openSource(kind, { height }) {
  switch (kind) {
    case 'camera':
      return new MediaSourceStream(await openCamera(height), 'Your camera, before the layers');
    case 'screen':
      return new MediaSourceStream(await openScreen(), 'Your screen, before the layers');
    default:
      return new SceneSource();
  }
}

async function openCamera(height) {
  const devices = mediaDevices('getUserMedia');
  const video = { height: { ideal: height }, width: { ideal: Math.round((height * 16) / 9) }, frameRate: { ideal: 30 } };
  const audio = { echoCancellation: true, noiseSuppression: true };
  try {
    return await devices.getUserMedia({ video, audio });
  } catch (withSound) {
    // No microphone, or one that is refused, is no reason to go without the camera.
    try {
      return await devices.getUserMedia({ video });
    } catch {
      throw refused(withSound, 'camera');
    }
  }
}

async function openScreen() {
  try {
    return await mediaDevices('getDisplayMedia').getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: true });
  } catch (error) {
    throw error instanceof SourceRefused ? error : refused(error, 'screen');
  }
}

function mediaDevices(method) {
  if (navigator.mediaDevices?.[method]) return navigator.mediaDevices;
  throw new SourceRefused(
    window.isSecureContext
      ? 'This browser cannot share that source. The test scene works everywhere.'
      : 'Browsers open cameras and screens only on https or on localhost. Use the https address, or try the test scene.',
  );
}

function refused(error, what) {
  switch (error.name) {
    case 'NotAllowedError':
      return new SourceRefused(`The browser did not allow the ${what}. Allow it in the address bar, then try again.`);
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new SourceRefused(`No ${what} was found. Connect one, or try the test scene.`);
    case 'NotReadableError':
      return new SourceRefused(`The ${what} is in use by another program. Close it there, then try again.`);
    default:
      return new SourceRefused(`The ${what} could not be opened.`);
  }
}

/** A camera or a screen, played by a muted video element. */
class MediaSourceStream {
  #stream;

  constructor(stream, label) {
    this.#stream = stream;
    this.onEnded = () => {};
    const video = document.createElement('video');
    Object.assign(video, { muted: true, playsInline: true, autoplay: true, srcObject: stream });
    video.setAttribute('aria-label', label);
    video.play().catch(() => {});
    this.element = video;
    stream.getVideoTracks()[0].addEventListener('ended', () => this.onEnded());
  }

  size() {
    return { width: this.element.videoWidth, height: this.element.videoHeight };
  }

  /** Each new frame while the page is seen; a steady beat while it is hidden, when browsers announce no frames. */
  onFrame(callback) {
    const video = this.element;
    let request = 0;
    let endBeat = null;
    const byFrame = () => {
      callback();
      request = video.requestVideoFrameCallback(byFrame);
    };
    const choose = () => {
      endBeat?.();
      endBeat = null;
      if (video.requestVideoFrameCallback) video.cancelVideoFrameCallback(request);
      if (document.hidden || !video.requestVideoFrameCallback) endBeat = beat(HIDDEN_INTERVAL_MILLIS, callback);
      else request = video.requestVideoFrameCallback(byFrame);
    };
    document.addEventListener('visibilitychange', choose);
    choose();
    return () => {
      document.removeEventListener('visibilitychange', choose);
      endBeat?.();
      if (video.cancelVideoFrameCallback) video.cancelVideoFrameCallback(request);
    };
  }

  /** Asks the camera for another size; it gives what it can. */
  prefer(height) {
    const wanted = { height: { ideal: height }, width: { ideal: Math.round((height * 16) / 9) } };
    this.#stream.getVideoTracks()[0].applyConstraints(wanted).catch(() => {});
  }

  connectSound(context) {
    const tracks = this.#stream.getAudioTracks();
    return tracks.length ? context.createMediaStreamSource(new MediaStream(tracks)) : null;
  }

  close() {
    for (const track of this.#stream.getTracks()) track.stop();
    this.element.srcObject = null;
  }
}

/** The moving scene, drawn here, with a quiet tone. */
class SceneSource {
  #scene = new TestScene();
  #ends = new Set();

  constructor() {
    this.element = this.#scene.canvas;
    this.element.setAttribute('role', 'img');
    this.element.setAttribute('aria-label', 'The test scene, before the layers: moving shapes and faces');
    this.onEnded = () => {};
  }

  /** The scene has one size. */
  prefer() {}

  size() {
    return { width: this.element.width, height: this.element.height };
  }

  onFrame(callback) {
    const end = beat(SCENE_INTERVAL_MILLIS, () => {
      this.#scene.draw(performance.now() / 1000);
      callback();
    });
    this.#ends.add(end);
    return end;
  }

  connectSound(context) {
    return quietTone(context);
  }

  close() {
    for (const end of this.#ends) end();
  }
}

/** Two soft notes, a fifth apart, left and right: enough to hear that sound arrives, and that it is stereo. */
function quietTone(context) {
  const merger = context.createChannelMerger(2);
  const notes = [220, 330].map((frequency, channel) => {
    const note = new OscillatorNode(context, { type: 'sine', frequency });
    const volume = new GainNode(context, { gain: 0.05 });
    note.connect(volume).connect(merger, 0, channel);
    note.start();
    return note;
  });
  merger.stopAll = () => notes.forEach((note) => note.stop());
  return merger;
}
