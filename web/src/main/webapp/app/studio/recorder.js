// Recording one's own stream, and the recordings that there are.

import { Problem } from '../api/http.js';
import { byId, make, write } from '../ui/dom.js';

const POLL_MILLIS = 3000;
const DOWNLOAD_MILLIS = 600_000;
const END_MILLIS = 15_000;

/**
 * Keeps the Record button and the list of recordings.
 * @param isLive whether there is a stream to record now
 * @param tell shows a person what went wrong
 */
export function keepRecorder(session, isLive, tell) {
  const button = byId('record');
  const details = byId('recordings');
  const list = byId('recordings-list');
  const player = byId('recording-player');
  let recording = false;
  let busy = false;
  let shown = null;

  const show = () => {
    button.disabled = busy || (!recording && !isLive());
    button.setAttribute('aria-pressed', String(recording));
    write(button.querySelector('span'), recording ? 'Stop recording' : 'Record');
  };

  const path = () => `/streams/${encodeURIComponent(session.stream)}/recording`;

  const toggle = async () => {
    busy = true;
    show();
    try {
      await session.call(path, { method: recording ? 'DELETE' : 'POST', timeoutMillis: END_MILLIS });
      recording = !recording;
      if (!recording) details.open = true;
    } catch (problem) {
      tell(problem instanceof Problem ? problem.message : 'The server cannot be reached.');
    }
    busy = false;
    show();
    look();
  };

  /** The token goes in a header, so a file is fetched whole and played from this page's memory. */
  const fetched = async (file) => {
    const response = await session.call(`/recordings/${encodeURIComponent(file)}`, { timeoutMillis: DOWNLOAD_MILLIS });
    return URL.createObjectURL(await response.blob());
  };

  const forgetShown = () => {
    if (shown) URL.revokeObjectURL(shown);
    shown = null;
  };

  const attempt = (task) => async () => {
    try {
      await task();
    } catch (problem) {
      tell(problem instanceof Problem ? problem.message : 'The recording could not be loaded.');
    }
  };

  const play = (file) => attempt(async () => {
    const address = await fetched(file);
    forgetShown();
    shown = address;
    player.src = address;
    player.hidden = false;
    await player.play().catch(() => {});
  });

  const download = (file) => attempt(async () => {
    const address = await fetched(file);
    make('a', { href: address, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(address), POLL_MILLIS);
  });

  const remove = (file) => attempt(async () => {
    await session.call(`/recordings/${encodeURIComponent(file)}`, { method: 'DELETE' });
    await look();
  });

  const row = ({ file, bytes, modified }) => make(
    'li',
    { 'data-testid': 'recording' },
    make('span', {}, `${new Date(modified).toLocaleString()}, ${size(bytes)}`),
    make('button', { class: 'button', type: 'button', onclick: play(file), 'aria-label': `Play ${file}` }, 'Play'),
    make('button', { class: 'button', type: 'button', onclick: download(file), 'aria-label': `Download ${file}` }, 'Download'),
    make('button', { class: 'button danger', type: 'button', onclick: remove(file), 'aria-label': `Delete ${file}` }, 'Delete'),
  );

  let listed = '';
  const look = async () => {
    if (!session.stream || document.hidden || !(details.open || recording)) return;
    try {
      const answer = await (await session.call('/recordings')).json();
      if (!busy) recording = answer.running.some(({ stream }) => stream === session.stream);
      show();
      const now = JSON.stringify(answer.recordings);
      if (now === listed) return; // a row that has the focus stays
      listed = now;
      list.replaceChildren(...(answer.recordings.length ? answer.recordings.map(row) : [make('li', {}, 'Nothing is recorded yet.')]));
    } catch {
      listed = '';
      list.replaceChildren(make('li', {}, 'The list is not available at the moment.'));
    }
  };

  button.addEventListener('click', toggle);
  details.addEventListener('toggle', look);
  setInterval(look, POLL_MILLIS);
  show();
  return show;
}

function size(bytes) {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
