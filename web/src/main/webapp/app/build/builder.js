// The form that a stream is built with: a source, layers, sound, sinks; and its document.

import { Problem } from '../api/http.js';
import { isCopied } from '../ui/copy.js';
import { byId, make, write } from '../ui/dom.js';
import { Part } from './part.js';
import { PartList } from './part-list.js';
import { pointed } from './pointer.js';

const STARTS_WITH = 'test';
const COPIED_MILLIS = 2000;
const START_MILLIS = 15_000;

/** Builds a document by clicking, and makes a stream of it. Event: `made` with the stream in `detail`. */
export class Builder extends EventTarget {
  #session;
  #source = null;
  #sources = [];
  #layers;
  #sound;
  #sinks;
  #problem = byId('build-problem');
  #busy = false;

  constructor(session) {
    super();
    this.#session = session;
    const changed = () => this.#changed();
    this.#layers = new PartList({ id: 'layers', one: 'layer', none: 'No layers: the picture is shown as it comes.', add: 'Layer to add' }, changed);
    this.#sound = new PartList({ id: 'audio-layers', one: 'sound layer', none: 'The sound stays as it comes.', add: 'Sound layer to add' }, changed);
    this.#sinks = new PartList({ id: 'sinks', one: 'sink', none: 'Viewers alone: nothing is written.', add: 'Sink to add' }, changed);
    byId('build-layers').append(this.#layers.element);
    byId('build-sound').append(this.#sound.element);
    byId('build-sinks').append(this.#sinks.element);
    byId('build-name').addEventListener('input', changed);
    byId('source-kind').addEventListener('change', () => this.#choose(byId('source-kind').selectedIndex));
    byId('build-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
    byId('copy-document').addEventListener('click', () => this.#copy());
  }

  /** What there is to build with, as `GET /components` says. */
  offer(components) {
    this.#sources = components.sources.filter(usable);
    byId('source-kind').replaceChildren(...this.#sources.map(({ name, title }) => make('option', { value: name }, title)));
    this.#layers.offer(buildable(components.layers));
    this.#sound.offer(components.audio_layers.filter(usable));
    this.#sinks.offer(components.sinks.filter(usable));
    this.#choose(Math.max(0, this.#sources.findIndex(({ name }) => name === STARTS_WITH)));
    byId('build-form').removeAttribute('aria-busy');
    byId('start-stream').disabled = !this.#sources.length;
  }

  #choose(index) {
    const component = this.#sources[index];
    if (!component) return;
    byId('source-kind').selectedIndex = index;
    this.#source = new Part(component, () => this.#changed());
    write(byId('source-text'), component.description);
    byId('source-options').replaceChildren(this.#source.form);
    this.#changed();
  }

  /** The document as it stands. */
  document() {
    const name = byId('build-name').value.trim();
    const layers = (list) => list.parts.map((part) => ({ name: part.component.name, ...filled(part) }));
    const sinks = named(this.#sinks.parts);
    return {
      ...(name && { name }),
      source: { kind: this.#source?.component.name, ...(this.#source && filled(this.#source)) },
      ...(this.#layers.parts.length && { layers: layers(this.#layers) }),
      ...(this.#sound.parts.length && { audio_layers: layers(this.#sound) }),
      ...(sinks.length && { sinks }),
    };
  }

  #changed() {
    byId('document').value = JSON.stringify(this.document(), null, 2);
  }

  async #start() {
    if (this.#busy) return;
    this.#show(null);
    this.#working(true);
    try {
      const response = await this.#session.call('/streams', { method: 'POST', json: this.document(), timeoutMillis: START_MILLIS });
      this.dispatchEvent(new CustomEvent('made', { detail: await response.json() }));
    } catch (problem) {
      this.#show(problem);
    }
    this.#working(false);
  }

  #working(busy) {
    this.#busy = busy;
    const button = byId('start-stream');
    button.setAttribute('aria-disabled', String(busy));
    write(button.querySelector('span'), busy ? 'Starting…' : 'Start the stream');
  }

  /** A refusal is shown where it points to; without a place there, above the button. */
  #show(problem) {
    for (const list of [this.#layers, this.#sound, this.#sinks]) list.clearFaults();
    this.#source?.fail(null);
    this.#name(null);
    write(this.#problem, '');
    this.#problem.hidden = !problem;
    if (!problem) return;
    const text = problem instanceof Problem ? problem.message : 'The server cannot be reached. Try again in a moment.';
    this.#problem.hidden = this.#place(pointed(problem.pointer), text);
    if (!this.#problem.hidden) write(this.#problem, text);
  }

  #place({ section, index, option }, text) {
    switch (section) {
      case 'name':
        this.#name(text);
        return true;
      case 'source':
        this.#source.fail(text, option);
        return true;
      case 'layers':
        return this.#layers.fail(index, text, option);
      case 'audio_layers':
        return this.#sound.fail(index, text, option);
      case 'sinks':
        return this.#sinks.fail(index, text, option);
      default:
        return false;
    }
  }

  #name(text) {
    const field = byId('build-name');
    byId('build-name-fault').hidden = !text;
    write(byId('build-name-fault'), text ?? '');
    if (text) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
    if (text) field.focus();
  }

  async #copy() {
    const button = byId('copy-document');
    const copied = await isCopied(byId('document'));
    if (!copied) byId('document').select();
    button.classList.toggle('on', copied);
    const words = copied ? 'Copied' : 'Press Ctrl+C';
    write(button.querySelector('span'), words);
    write(byId('spoken'), copied ? 'The document is copied.' : 'The document is selected: press Control and C.');
    setTimeout(() => {
      button.classList.remove('on');
      write(button.querySelector('span'), 'Copy');
    }, COPIED_MILLIS);
  }
}

const usable = (component) => component.in_documents !== false;

/** Layers that this page can build with: one that needs a picture of the caller's own is for the studio, one for a compositor is of no use alone. */
export function buildable(layers) {
  return layers.filter((layer) => usable(layer) && layer.in_sessions !== false && (!layer.needs_source || layer.source_option));
}

function filled(part) {
  const options = part.options();
  return Object.keys(options).length ? { options } : {};
}

/** Sinks of one kind have names that differ. */
function named(parts) {
  const seen = new Map();
  return parts.map((part) => {
    const kind = part.component.name;
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    return { ...(number > 1 && { name: `${kind}-${number}` }), kind, ...filled(part) };
  });
}
