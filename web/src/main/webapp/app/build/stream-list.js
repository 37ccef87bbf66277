// The streams that run now, each with its picture in small; those that could run, by name.

import { Problem } from '../api/http.js';
import { byId, make, write } from '../ui/dom.js';
import { StreamCard } from './stream-card.js';

const POLL_MILLIS = 2000;
const THUMBNAIL_MILLIS = 1500;
const ORDER = ['document', 'session', 'demo', 'demo-raw', 'ivf'];

/** Keeps the list while somebody looks at the page. Only pictures that are on the screen are asked for. */
export class StreamList {
  #session;
  #host;
  #cards = new Map();
  #seen = new Set();
  #observer;
  #asking = false;
  #looking = false;

  /** @param host what cards need: `offers`, `tell` */
  constructor(session, host) {
    this.#session = session;
    this.#host = { ...host, onEnded: (card) => this.#ended(card) };
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#seen.add(target.dataset.stream);
        else this.#seen.delete(target.dataset.stream);
      }
    });
    setInterval(() => this.refresh(), POLL_MILLIS);
    setInterval(() => this.#look(), THUMBNAIL_MILLIS);
    document.addEventListener('visibilitychange', () => this.refresh());
    this.refresh();
  }

  async refresh() {
    if (this.#asking || document.hidden) return;
    this.#asking = true;
    try {
      const { streams } = await (await this.#session.call('/streams')).json();
      const shown = await Promise.all(streams.map(async (entry) => ({ entry, stream: await this.#document(entry) })));
      this.#show(shown.filter(({ entry, stream }) => entry.kind !== 'document' || stream));
    } catch {
      this.#say(this.#cards.size ? 'The server does not answer: what is shown may be old. Trying again…' : 'The server cannot be reached. Trying again…');
    }
    this.#asking = false;
  }

  /** It may be gone between the two requests. */
  async #document({ name, kind }) {
    if (kind !== 'document') return null;
    try {
      return await (await this.#session.call(`/streams/${encodeURIComponent(name)}`)).json();
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404) return null;
      throw problem;
    }
  }

  #say(words) {
    byId('streams-note').hidden = !words;
    write(byId('streams-note'), words ?? '');
  }

  #show(shown) {
    const running = shown.filter(({ entry, stream }) => entry.state === 'live' || stream).sort((a, b) => ORDER.indexOf(a.entry.kind) - ORDER.indexOf(b.entry.kind));
    const names = new Set(running.map(({ entry }) => entry.name));
    for (const [name, card] of this.#cards) if (!names.has(name)) this.#drop(name, card);
    running.forEach(({ entry, stream }, index) => {
      const card = this.#card(entry.name);
      card.update(entry, stream);
      const list = byId('streams');
      if (list.children[index] !== card.element) list.insertBefore(card.element, list.children[index] ?? null);
      card.pictured = entry.preview;
    });
    this.#say(running.length ? null : 'Nothing runs at the moment. Build a stream, or start one below.');
    this.#showIdle(shown.filter(({ entry }) => !names.has(entry.name)));
    byId('streams').removeAttribute('aria-busy');
  }

  #showIdle(idle) {
    const rows = idle.map(({ entry }) => entry.name).join();
    byId('idle').hidden = !idle.length;
    if (byId('idle-list').dataset.rows === rows) return; // a link that has the focus stays
    byId('idle-list').dataset.rows = rows;
    byId('idle-list').replaceChildren(...idle.map(({ entry }) => row(entry)));
  }

  #card(name) {
    let card = this.#cards.get(name);
    if (!card) {
      card = new StreamCard(this.#session, name, this.#host);
      this.#cards.set(name, card);
      this.#observer.observe(card.element);
    }
    return card;
  }

  #drop(name, card) {
    this.#observer.unobserve(card.element);
    this.#cards.delete(name);
    this.#seen.delete(name);
    card.leave();
  }

  #ended(card) {
    this.#drop(card.name, card);
    this.#host.tell(`${card.called} has ended.`);
    byId('streams-title').focus();
    this.refresh();
  }

  async #look() {
    if (this.#looking || document.hidden) return;
    this.#looking = true;
    await Promise.all([...this.#cards.values()].filter((card) => card.pictured && this.#seen.has(card.name)).map((card) => card.look()));
    this.#looking = false;
  }

  /** Shows a stream that has just been made. */
  async point(name) {
    await this.refresh();
    this.#cards.get(name)?.element.scrollIntoView({ block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  /** Names of what is shown, for scripts. */
  names() {
    return [...this.#cards.keys()];
  }
}

function row({ name, kind }) {
  if (kind === 'session') return make('li', {}, make('span', {}, 'The studio’s own stream: nobody publishes it now.'), make('a', { href: '/' }, 'Open the studio'));
  return make('li', {}, make('span', {}, `${name}: starts with its first viewer.`), make('a', { href: `/watch?stream=${encodeURIComponent(name)}`, target: '_blank', rel: 'noopener', 'aria-label': `Watch ${name}` }, 'Watch'));
}
