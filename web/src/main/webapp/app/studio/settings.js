// The session's settings as the person chose them, and their way to the server.

import { Problem, request } from '../api/http.js';
import { pause } from '../api/pause.js';
import { defaults } from '../ui/schema.js';

const DEBOUNCE_MILLIS = 120;
const RETRY_MILLIS = 1000;
const DETECTOR = 'detect';
const STARTS_WITH = [DETECTOR, 'boxes'];

/**
 * Which layers are on and with what options, and the source image.
 * Events: `change` when something was chosen, `saved`, `refused` with the layer's name and the text in `detail`.
 */
export class Settings extends EventTarget {
  #session;
  #enabled = new Set();
  #options = new Map();
  #saving = null;
  #dirty = false;
  #told = { layers: [] };

  constructor(session) {
    super();
    this.#session = session;
    this.layers = [];
    this.image = null;
  }

  /** Loads what the server offers, and what this session had chosen before a reload. */
  async load() {
    const response = await request('/components');
    const { layers } = await response.json();
    const offered = layers.filter((layer) => layer.in_sessions !== false);
    this.layers = offered.map((layer) => ({ ...layer, properties: layer.options?.properties ?? {} }));
    for (const layer of this.layers) this.#options.set(layer.name, defaults(layer.properties));
    if (!(await this.#adopt())) this.#enableFirst();
  }

  isEnabled(name) {
    return this.#enabled.has(name);
  }

  option(layer, name) {
    return this.#options.get(layer)[name];
  }

  /** A layer that works on detections brings the detecting one with it, so that its options are at hand. */
  enable(name, on) {
    if (on) this.#enabled.add(name);
    else this.#enabled.delete(name);
    if (on && this.#layer(name).needs_detections && this.#layer(DETECTOR)) this.#enabled.add(DETECTOR);
    this.#changed();
  }

  setOption(layer, name, value) {
    this.#options.get(layer)[name] = value;
    this.#changed();
  }

  resetOptions(name) {
    this.#options.set(name, defaults(this.#layer(name).properties));
    this.#changed();
  }

  /** A layer that is on and needs an image that is not there: it is left out of what the server gets. */
  isWaitingForImage(layer) {
    return Boolean(layer.needs_source) && this.isEnabled(layer.name) && !this.image?.assetId && !this.namesFile(layer);
  }

  /** Whether an option of the layer names a file in place of the image. */
  namesFile(layer) {
    return Boolean(layer.source_option && String(this.option(layer.name, layer.source_option)).trim());
  }

  /** A layer that is on and works on detections while the detecting one is off: the server runs that with its defaults. */
  hasDetectionsAddedFor(layer) {
    return Boolean(layer.needs_detections) && this.isEnabled(layer.name) && !this.isEnabled(DETECTOR);
  }

  /** Uploads an image and selects it. The file is kept, for a session that must be made anew. */
  async chooseImage(file) {
    const asset = await this.#upload(file);
    this.image = { file, assetId: asset.asset_id, width: asset.width, height: asset.height };
    this.#changed();
  }

  /** The session is a new one: what it was told before is gone. */
  forgetServerState() {
    if (this.image) this.image.assetId = null;
  }

  /** Puts everything in place on the server before a stream starts. */
  async apply() {
    if (this.image && !this.image.assetId) {
      if (this.image.file) this.image.assetId = (await this.#upload(this.image.file)).asset_id;
      else this.#forgetImage();
    }
    await this.#put();
  }

  #layer(name) {
    return this.layers.find((layer) => layer.name === name);
  }

  #enableFirst() {
    for (const name of STARTS_WITH) if (this.#layer(name)) this.#enabled.add(name);
  }

  /** Takes over the state of a session that this tab kept; false when there is none. */
  async #adopt() {
    if (!this.#session.stream) return false;
    try {
      const { state } = await this.#session.check();
      if (!state?.layers?.length) return false;
      for (const { name, options } of state.layers) {
        if (!this.#options.has(name)) continue;
        this.#enabled.add(name);
        Object.assign(this.#options.get(name), options);
      }
      if (state.source) this.image = { file: null, assetId: state.source };
      return true;
    } catch {
      return false;
    }
  }

  async #upload(file) {
    const response = await this.#session.call('/assets?type=source', { method: 'POST', body: file, type: file.type, timeoutMillis: 20000 });
    return response.json();
  }

  /** It was chosen before a reload and died with its session: only the person has the file. */
  #forgetImage() {
    this.image = null;
    this.dispatchEvent(new Event('change'));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
    this.#dirty = true;
    this.#saving ??= this.#save().finally(() => {
      this.#saving = null;
    });
  }

  /** One request at a time; what changes meanwhile goes with the next one. */
  async #save() {
    while (this.#dirty) {
      await pause(DEBOUNCE_MILLIS);
      this.#dirty = false;
      if (!this.#session.stream) return; // nothing to tell yet: a new session gets it all by apply()
      try {
        await this.#put();
        this.dispatchEvent(new Event('saved'));
      } catch (problem) {
        if (problem instanceof Problem) {
          this.#refuse(problem);
        } else {
          this.#dirty = true;
          await pause(RETRY_MILLIS);
        }
      }
    }
  }

  async #put() {
    this.#told = this.#state();
    await this.#session.call('/session/state', { method: 'PUT', json: this.#told });
  }

  /** The problem points into what was sent: `/layers/1/options/…` is the second layer there. */
  #refuse(problem) {
    const index = /^\/layers\/(\d+)/.exec(problem.pointer)?.[1];
    const layer = this.#told.layers[index]?.name ?? null;
    this.dispatchEvent(new CustomEvent('refused', { detail: { layer, text: problem.message } }));
  }

  #state() {
    const layers = this.layers
      .filter((layer) => this.isEnabled(layer.name) && !this.isWaitingForImage(layer))
      .map(({ name }) => ({ name, options: this.#options.get(name) }));
    return { source: this.image?.assetId ?? null, layers };
  }
}
