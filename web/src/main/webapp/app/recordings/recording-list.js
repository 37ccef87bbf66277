// The caller's recordings: listed, played, downloaded, deleted.

import { Problem } from '../api/http.js';
import { byId, make } from '../ui/dom.js';

const DOWNLOAD_MILLIS = 600_000;
const KEPT_MILLIS = 3000;

/** Keeps the list of recordings, `#recordings-list`, and the player below it, `#recording-player`. */
export class RecordingList {
  #session;
  #tell;
  #list = byId('recordings-list');
  #player = byId('recording-player');
  #playing = { file: null, address: null };
  #listed = '';

  /** @param tell shows a person what went wrong */
  constructor(session, tell) {
    this.#session = session;
    this.#tell = tell;
  }

  /** Asks the server and shows what it has; resolves with that, or with null where it does not answer. */
  async look() {
    try {
      const answer = await (await this.#session.call('/recordings')).json();
      const now = JSON.stringify(answer);
      if (now !== this.#listed) this.#show(answer); // else a row that has the focus stays
      this.#listed = now;
      return answer;
    } catch {
      this.#listed = '';
      this.#list.replaceChildren(make('li', { class: 'hint' }, 'The list is not available at the moment.'));
      return null;
    }
  }

  #show({ recordings, running }) {
    const rows = [...running.map(({ file }) => make('li', { class: 'hint', 'data-testid': 'recording-now' }, `${file} is being recorded.`)), ...recordings.map((one) => this.#row(one))];
    this.#list.replaceChildren(...(rows.length ? rows : [make('li', { class: 'hint' }, 'Nothing is recorded yet.')]));
  }

  #row({ file, bytes, modified }) {
    const tool = (words, look, task) => make('button', { class: `button small${look}`, type: 'button', onclick: () => this.#attempt(() => task(file)), 'aria-label': `${words} ${file}` }, words);
    return make(
      'li',
      { 'data-testid': 'recording' },
      make('p', {}, make('b', {}, file), make('span', { class: 'hint' }, `${new Date(modified).toLocaleString()}, ${size(bytes)}`)),
      make('div', { class: 'recording-tools' }, tool('Play', '', (name) => this.#play(name)), tool('Download', '', (name) => this.#download(name)), tool('Delete', ' danger', (name) => this.#remove(name))),
    );
  }

  async #attempt(task) {
    try {
      await task();
    } catch (problem) {
      this.#tell(problem instanceof Problem ? problem.message : 'The recording could not be loaded.');
    }
  }

  /** The token goes in a header, so a file is fetched whole and played from this page's memory. */
  async #fetched(file) {
    const response = await this.#session.call(`/recordings/${encodeURIComponent(file)}`, { timeoutMillis: DOWNLOAD_MILLIS });
    return URL.createObjectURL(await response.blob());
  }

  async #play(file) {
    const address = await this.#fetched(file);
    this.#forgetPlayed();
    this.#playing = { file, address };
    this.#player.src = address;
    this.#player.hidden = false;
    await this.#player.play().catch(() => {});
  }

  async #download(file) {
    const address = await this.#fetched(file);
    make('a', { href: address, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLIS);
  }

  /** What is deleted is not shown any more either. */
  async #remove(file) {
    await this.#session.call(`/recordings/${encodeURIComponent(file)}`, { method: 'DELETE' });
    if (this.#playing.file === file) this.#forgetPlayed();
    await this.look();
  }

  #forgetPlayed() {
    if (this.#playing.address) URL.revokeObjectURL(this.#playing.address);
    this.#playing = { file: null, address: null };
    this.#player.removeAttribute('src');
    this.#player.load();
    this.#player.hidden = true;
  }
}

function size(bytes) {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
