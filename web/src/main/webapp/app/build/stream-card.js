// One running stream: its picture in small, its numbers, what can be done with it.

import { Problem } from '../api/http.js';
import { pause } from '../api/pause.js';
import { isCopied } from '../ui/copy.js';
import { make, write } from '../ui/dom.js';
import { PartList } from './part-list.js';
import { pointed } from './pointer.js';

const KINDS = { session: 'The studio’s stream', document: 'Built here', demo: 'Demo', 'demo-raw': 'Demo, as it was encoded', ivf: 'Configured' };
const SINK_STATES = { failed: 'failed, the server’s log says why', 'too-slow': 'ended early, it could not keep up' };
const DEBOUNCE_MILLIS = 150;
const END_MILLIS = 15_000;

/** A card in the list; `update` shows what the server says of the stream now. */
export class StreamCard {
  #session;
  #tell;
  #layers = null;
  #saving = null;
  #unsaved = null;
  #url = null;
  #gone = false;
  #stream;

  /** What a person calls it. */
  called = '';

  /**
   * @param offers resolves with the layers that can be chosen
   * @param tell says something to the person
   * @param onEnded called when the person has ended the stream
   */
  constructor(session, name, { offers, tell, onEnded }) {
    this.#session = session;
    this.#tell = tell;
    this.name = name;
    this.called = name;
    this.image = make('img', { alt: '', hidden: true, 'data-testid': 'thumbnail' });
    this.words = make('p', { class: 'empty' }, 'The picture comes in a moment.');
    this.title = make('h2', {}, name);
    this.id = make('p', { class: 'card-id', 'data-testid': 'card-id', hidden: true }, name);
    this.pill = make('span', { class: 'pill', 'data-testid': 'card-state' });
    this.meta = make('p', { class: 'hint', 'data-testid': 'card-numbers' });
    this.sinks = make('ul', { class: 'card-sinks', hidden: true });
    this.editor = make('div', { class: 'card-layers', hidden: true });
    this.problem = make('p', { class: 'error-text', role: 'alert', hidden: true });
    this.watch = make('a', { class: 'button small', href: watchPath(name), target: '_blank', rel: 'noopener', 'data-testid': 'card-watch', 'aria-label': `Watch ${name}` }, 'Watch');
    this.edit = make('button', { class: 'button small', type: 'button', hidden: true, 'aria-expanded': 'false', 'data-testid': 'card-layers', 'aria-label': `Layers of ${name}`, onclick: () => this.#toggleLayers(offers) }, 'Layers');
    this.copy = make('button', { class: 'button small', type: 'button', hidden: true, 'data-testid': 'card-copy', 'aria-label': `Copy JSON of ${name}`, onclick: () => this.#copy() }, 'Copy JSON');
    this.end = make('button', { class: 'button small danger', type: 'button', hidden: true, 'data-testid': 'card-end', 'aria-label': `End ${name}`, onclick: () => this.#end(onEnded) }, 'End');
    this.element = make(
      'li',
      { class: 'stream-card', 'data-testid': 'stream-card', 'data-stream': name },
      make('div', { class: 'picture' }, this.image, this.words),
      make('div', { class: 'card-body' }, make('div', { class: 'card-head' }, this.title, this.pill), this.id, this.meta, this.sinks, this.problem, make('div', { class: 'card-tools' }, this.watch, this.edit, this.copy, this.end), this.editor),
    );
  }

  /**
   * @param entry as `GET /streams` lists it
   * @param stream as `GET /streams/{name}` shows one of a document; null for others
   */
  update(entry, stream) {
    this.#stream = stream;
    this.#showTitle(entry, stream);
    const state = stream && stream.state !== 'running' ? stream.state : entry.state;
    this.pill.dataset.tone = { live: 'good', failed: 'bad' }[state] ?? 'idle';
    write(this.pill, { live: 'Live', ended: 'Ended', failed: 'Failed' }[state] ?? 'Idle');
    const size = entry.width ? `${entry.width} × ${entry.height}, ${Math.round(entry.fps)} /s, ` : '';
    write(this.meta, `${KINDS[entry.kind] ?? entry.kind}. ${state === 'live' ? `${size}${viewers(entry.viewers)}` : ''}`.trim());
    this.watch.hidden = state === 'ended' || state === 'failed';
    this.edit.hidden = !stream || state !== 'live';
    this.copy.hidden = !stream;
    this.end.hidden = !stream;
    write(this.end, state === 'live' ? 'End' : 'Remove');
    this.end.setAttribute('aria-label', `${this.end.textContent} ${this.name}`);
    if (this.edit.hidden) this.#unsaved = null;
    if (this.edit.hidden && this.#layers) this.#closeLayers();
    this.#showSinks(stream?.sinks ?? []);
    if (!entry.preview) this.#showNothing(state === 'live' ? 'No small picture: each image goes back to its sender.' : { failed: 'Its source broke.', ended: 'It has ended.' }[state] ?? 'It does not run.');
  }

  /** What the person called it, and below that what the server does: viewers and programs need the latter. */
  #showTitle({ kind, name }, stream) {
    this.called = stream?.document.name ?? (kind === 'session' ? 'Studio' : name);
    write(this.title, this.called);
    this.title.title = this.called;
    this.id.hidden = this.called === name;
  }

  #showSinks(sinks) {
    this.sinks.hidden = !sinks.length;
    const rows = sinks.map(({ name, state, items, dropped, faults }) => `${name}: ${SINK_STATES[state] ?? state}, ${items} items${dropped ? `, ${dropped} dropped` : ''}${faults ? `, ${faults} lost by faults` : ''}`);
    if (rows.join() !== this.sinks.dataset.rows) {
      this.sinks.dataset.rows = rows.join();
      this.sinks.replaceChildren(...rows.map((row) => make('li', {}, row)));
    }
  }

  #showNothing(words) {
    this.image.hidden = true;
    this.words.hidden = false;
    write(this.words, words);
  }

  /** Asks for the picture as it is now. */
  async look() {
    let before = null;
    try {
      const response = await this.#session.call(`/streams/${encodeURIComponent(this.name)}/thumbnail`);
      const picture = await response.blob();
      if (this.#gone) return;
      before = this.#url;
      this.#url = URL.createObjectURL(picture);
      this.image.src = this.#url;
      await this.image.decode();
      this.image.alt = `${this.called} now`;
      this.image.hidden = false;
      this.words.hidden = true;
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'too-many-previews') this.#showNothing('The server shows as many small pictures as it may.');
      // else it comes with the next look: the stream has just begun, or is just ending
    } finally {
      if (before) URL.revokeObjectURL(before);
    }
  }

  /** It is not listed any more. */
  leave() {
    this.#gone = true;
    this.#unsaved = null;
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.element.remove();
  }

  async #toggleLayers(offers) {
    if (this.#layers) return this.#closeLayers();
    const list = new PartList({ id: 'live-layers', one: 'layer', none: 'No layers: the picture is shown as it comes.', add: `Layer to add to ${this.called}` }, () => this.#changed(list));
    this.#layers = list;
    const [components] = await Promise.all([offers(), this.#saving]);
    if (this.#layers !== list) return; // closed meanwhile
    list.offer(components);
    list.take(this.#stream.document.layers ?? []);
    this.editor.replaceChildren(make('p', { class: 'hint' }, 'Changes apply with the next frame.'), list.element);
    this.editor.hidden = false;
    this.edit.setAttribute('aria-expanded', 'true');
  }

  #closeLayers() {
    this.#layers = null;
    this.editor.replaceChildren();
    this.editor.hidden = true;
    this.edit.setAttribute('aria-expanded', 'false');
    this.#fail(null);
  }

  #changed(list) {
    this.#unsaved = list;
    this.#saving ??= this.#save().finally(() => {
      this.#saving = null;
    });
  }

  /** One request at a time; what changes meanwhile goes with the next one, and what was changed last goes though the editor is closed. */
  async #save() {
    while (this.#unsaved) {
      await pause(DEBOUNCE_MILLIS);
      const list = this.#unsaved;
      if (!list) return;
      this.#unsaved = null;
      const layers = list.parts.map((part) => ({ name: part.component.name, options: part.values }));
      try {
        await this.#session.call(`/streams/${encodeURIComponent(this.name)}`, { method: 'PATCH', json: { layers } });
        if (this.#stream) this.#stream.document.layers = layers; // an editor that is opened before the server is asked again begins with them
        list.clearFaults();
        this.#fail(null);
      } catch (problem) {
        const { section, index, option } = pointed(problem.pointer);
        if (section !== 'layers' || this.#layers !== list || !list.fail(index, problem.message, option)) this.#fail(problem.message);
      }
    }
  }

  #fail(text) {
    this.problem.hidden = !text;
    write(this.problem, text ?? '');
  }

  async #copy() {
    const field = make('textarea', { class: 'visually-hidden', 'aria-hidden': 'true', tabindex: '-1' });
    field.value = JSON.stringify(this.#stream.document, null, 2);
    this.element.append(field);
    const copied = await isCopied(field);
    field.remove();
    this.#tell(copied ? `The document of ${this.called} is copied.` : 'This browser does not let the page copy.');
  }

  async #end(onEnded) {
    this.end.disabled = true;
    try {
      await this.#session.call(`/streams/${encodeURIComponent(this.name)}`, { method: 'DELETE', timeoutMillis: END_MILLIS });
      onEnded(this);
    } catch (problem) {
      this.#fail(problem instanceof Problem ? problem.message : 'The server cannot be reached. Try again in a moment.');
    }
    this.end.disabled = false;
  }
}

const watchPath = (name) => `/watch?stream=${encodeURIComponent(name)}`;

const viewers = (count) => (count === 1 ? '1 viewer' : `${count} viewers`);
