// The watch page: one stream, full window, muted until asked.

import { Session } from './api/session.js';
import { LiveView } from './media/live-view.js';
import { byId, make, write } from './ui/dom.js';
import { bitrate, fixed, millis } from './ui/numbers.js';
import { askPairingCode, isAskingPairingCode } from './ui/pairing.js';

const QUIET_AFTER_MILLIS = 3000;

const stream = new URLSearchParams(location.search).get('stream') ?? '';
const session = new Session('framecast.watch', askPairingCode);
const video = byId('watch-video');
const path = encodeURIComponent(stream);
const view = new LiveView(session, () => `/whep/${path}`, video, { hlsPath: () => `/hls/${path}/index.m3u8` });

/** What each state says: on the status, and large over the picture while there is none to show. */
const WORDS = {
  idle: { tone: 'idle', status: 'Stopped' },
  connecting: { tone: 'busy', status: 'Connecting…', title: 'Connecting…' },
  waiting: { tone: 'busy', status: 'Waiting', title: 'Waiting for the publisher', text: 'Nobody is sending on this stream at the moment. The picture starts by itself.' },
  live: { tone: 'good', status: 'Live' },
  quiet: { tone: 'busy', status: 'Paused', title: 'The picture has paused', text: 'The publisher sends nothing at the moment. It goes on by itself.' },
  reconnecting: { tone: 'busy', status: 'Reconnecting…', title: 'Reconnecting…', text: 'The connection was lost. The picture comes back by itself.' },
  ended: { tone: 'idle', status: 'Ended', title: 'The stream has ended', text: 'If it starts again under this name, the picture comes back by itself.', actions: true },
  missing: { tone: 'bad', status: 'No such stream', title: 'There is no stream with this name', text: 'Check the link, or ask for a new one: it may have been for another server. This page keeps looking.', actions: true },
  failing: { tone: 'bad', status: 'Failing', title: 'The stream cannot be shown', actions: true },
};

/** What is said where the picture comes over HTTP. */
const DELAY_NOTES = {
  auto: 'Playing with a few seconds’ delay: the direct connection does not get through here.',
  hls: 'Playing with a few seconds’ delay, over HTTP.',
};

/** The page's state in the words that tests and scripts ask for. */
const PHASES = { waiting: 'connecting', quiet: 'live', ended: 'reconnecting', missing: 'failed', failing: 'failed' };

function showState() {
  const words = WORDS[view.state];
  const status = byId('watch-status');
  status.dataset.tone = words.tone;
  write(status, words.status);
  byId('message').hidden = !words.title;
  write(byId('message-title'), words.title ?? '');
  write(byId('message-text'), view.state === 'failing' ? view.reason : (words.text ?? ''));
  byId('message-actions').hidden = !words.actions;
  byId('use-hls').hidden = !(view.state === 'failing' && view.choice !== 'hls' && view.mayUseHls);
  byId('delay-note').hidden = !(view.way === 'hls' && ['live', 'quiet'].includes(view.state));
  write(byId('delay-note').firstElementChild, DELAY_NOTES[view.choice] ?? '');
  document.body.dataset.state = view.state;
  document.title = `${stream || 'Watch'} – ${words.status.replace('…', '')} – Framecast`;
  stir();
}

function showStats() {
  const list = byId('stats-list');
  if (!byId('stats').open || !view.stats) return;
  const { width, height, fps, bitrateBps, lost, framesDropped, rttMillis, bufferMillis, latencyMillis, codec } = view.stats;
  const [rate, unit] = bitrate(bitrateBps);
  const rows = [
    ['Picture', width ? `${width} × ${height}` : '–'],
    ['Frames', `${fixed(fps)} /s`],
    ['Codec', codec || '–'],
    ['Bitrate', `${rate} ${unit}`],
    ['Buffer', `${millis(bufferMillis ?? NaN)} ms`],
    ...(view.way === 'hls' ? [['Behind', `${(latencyMillis / 1000).toFixed(1)} s`]] : [['Round trip', `${millis(rttMillis ?? NaN)} ms`], ['Packets lost', String(lost)]]),
    ['Frames dropped', String(framesDropped)],
  ];
  list.replaceChildren(...rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

function setMuted(muted) {
  video.muted = muted;
  const button = byId('unmute');
  button.classList.toggle('primary', muted);
  button.classList.toggle('on', !muted);
  write(button.querySelector('span'), muted ? 'Unmute' : 'Mute');
}

let quietTimer = 0;

/** Shows the controls, and lets them step back after a while if the picture is live. */
function stir() {
  document.body.classList.remove('quiet');
  clearTimeout(quietTimer);
  quietTimer = setTimeout(() => {
    const busy = byId('stats').open || isAskingPairingCode() || video.muted;
    if (view.state === 'live' && !busy) document.body.classList.add('quiet');
  }, QUIET_AFTER_MILLIS);
}

write(byId('stream-name'), stream || 'Watch');
view.addEventListener('state', showState);
view.addEventListener('stats', showStats);
byId('stats').addEventListener('toggle', showStats);
byId('unmute').addEventListener('click', () => setMuted(!video.muted));
byId('way').addEventListener('change', () => view.choose(byId('way').value));
byId('use-hls').addEventListener('click', () => {
  byId('way').value = 'hls';
  view.choose('hls');
});
if (!view.mayUseHls) byId('way-choice').hidden = true;
byId('fullscreen').hidden = !document.fullscreenEnabled;
byId('fullscreen').addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
});
for (const event of ['pointermove', 'pointerdown', 'keydown', 'focusin']) document.addEventListener(event, stir);
window.addEventListener('pagehide', () => view.stop());
window.addEventListener('pageshow', ({ persisted }) => persisted && start());

function start() {
  if (stream) view.start();
  else showNoName();
}

function showNoName() {
  byId('message-actions').hidden = false;
  write(byId('message-title'), 'Which stream?');
  write(byId('message-text'), 'This address names no stream. A viewer link from the studio does.');
  const status = byId('watch-status');
  status.dataset.tone = 'idle';
  write(status, 'No stream named');
}

window.framecast = {
  state: () => ({
    phase: PHASES[view.state] ?? view.state,
    view: view.state,
    way: view.way,
    reason: view.reason,
    stream,
    framesSent: 0,
    peerConnection: view.peerConnection,
    stats: view.stats,
  }),
};

start();
