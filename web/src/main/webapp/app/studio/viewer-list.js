// Who is watching, while the list is open.

import { byId, make } from '../ui/dom.js';

const POLL_MILLIS = 3000;

/**
 * Asks for the viewers of one's own stream every three seconds, only while somebody looks.
 * @param ownViews how many of them are this page itself
 */
export function keepViewerList(session, ownViews) {
  const details = byId('viewers');
  const list = details.querySelector('ul');
  const look = async () => {
    if (!details.open || !session.stream || document.hidden) return;
    try {
      const response = await session.call(() => `/streams/${encodeURIComponent(session.stream)}/viewers`);
      const { viewers } = await response.json();
      const rows = viewers.length ? viewers.map(row) : [make('li', {}, 'Nobody is watching.')];
      if (ownViews()) rows.push(make('li', {}, 'One of them is the picture on this page; the number above leaves it out.'));
      list.replaceChildren(...rows);
    } catch {
      list.replaceChildren(make('li', {}, 'The list is not available at the moment.'));
    }
  };
  details.addEventListener('toggle', look);
  setInterval(look, POLL_MILLIS);
}

function row({ state, since, way, codec, user_agent: agent }) {
  const seconds = Math.max(0, (Date.now() - Date.parse(since)) / 1000);
  return make('li', {}, make('span', {}, browser(agent)), make('span', {}, state === 'connected' ? `${way === 'hls' ? 'HLS ' : ''}${(codec ?? '').toUpperCase()} ${duration(seconds)}` : 'connecting'));
}

function browser(agent = '') {
  const known = [[/Firefox\//, 'Firefox'], [/Edg\//, 'Edge'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari']];
  return known.find(([pattern]) => pattern.test(agent))?.[1] ?? 'A viewer';
}

function duration(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min` : `${Math.floor(seconds)} s`;
}
