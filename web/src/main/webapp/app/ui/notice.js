// One line for what the person should know, above everything else.

import { write } from './dom.js';

/** Shows one notice at a time. A notice has a topic, so that only its own cause takes it away. */
export class Notice {
  #element;
  #topic = '';
  #text = '';
  #timer = 0;

  constructor(element) {
    this.#element = element;
    element.querySelector('button').addEventListener('click', () => this.hide());
  }

  /** @param forMillis how long it stays; 0 keeps it until it is closed or hidden */
  show(text, tone, topic = 'source', forMillis = 0) {
    clearTimeout(this.#timer);
    if (forMillis) this.#timer = setTimeout(() => this.hide(topic), forMillis);
    if (text === this.#text && !this.#element.hidden) return;
    this.#text = text;
    this.#topic = topic;
    this.#element.dataset.tone = tone;
    this.#element.hidden = false;
    write(this.#element.querySelector('p'), text);
  }

  /** @param topic hides only a notice of this topic; without one, any */
  hide(topic) {
    if (topic && topic !== this.#topic) return;
    this.#element.hidden = true;
    this.#text = '';
  }
}
