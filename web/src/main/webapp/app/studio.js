// The studio: a source, its layers, the picture before and after, a link for viewers, live numbers.

import { Unreachable } from './api/http.js';
import { jittered, pause } from './api/pause.js';
import { Session } from './api/session.js';
import { AudioSender } from './media/audio-sender.js';
import { FrameSender } from './media/frame-sender.js';
import { LiveView } from './media/live-view.js';
import { Publisher } from './media/publisher.js';
import { openSource, SourceRefused } from './media/sources.js';
import { watchHiddenPage } from './studio/hidden-page.js';
import { LayerList } from './studio/layer-list.js';
import { NumbersPanel } from './studio/numbers-panel.js';
import { keepRecorder } from './studio/recorder.js';
import { Settings } from './studio/settings.js';
import { keepViewerList } from './studio/viewer-list.js';
import { keepWhipCard } from './studio/whip-card.js';
import { isCopied } from './ui/copy.js';
import { byId, write } from './ui/dom.js';
import { fixed } from './ui/numbers.js';
import { Notice } from './ui/notice.js';
import { askPairingCode } from './ui/pairing.js';

const session = new Session('framecast.studio', askPairingCode, { keepsName: true });
const settings = new Settings(session);
const publisher = new Publisher(session, () => settings.apply());
const frames = new FrameSender(publisher);
const sound = new AudioSender(publisher, () => frames.age);
const after = new LiveView(session, () => session.whepPath, byId('after'), { waitingRetryMillis: 500, hlsPath: () => `/hls/${encodeURIComponent(session.stream)}/index.m3u8` });
const layers = new LayerList(settings);
const numbers = new NumbersPanel();
const notice = new Notice(byId('notice'));

const showRecorder = keepRecorder(session, () => publisher.phase === 'live' || isFedFromElsewhere(), (text) => notice.show(text, 'warn', 'recording', 10_000));

const beforeEmpty = byId('before-frame').firstElementChild;
let source = null;
let startFailure = null;
let lastStats = null;
let openings = 0;

const STATUS = {
  idle: ['idle', 'Not started'],
  connecting: ['busy', 'Connecting…'],
  live: ['good', 'Live'],
  reconnecting: ['busy', 'Reconnecting…'],
  failed: ['bad', 'Could not start'],
};

const AFTER_WORDS = {
  idle: 'What viewers see appears here.',
  connecting: 'Connecting…',
  waiting: 'Waiting for the first frame…',
  quiet: 'No picture is arriving.',
  reconnecting: 'Reconnecting…',
  ended: 'Reconnecting…',
  missing: 'Reconnecting…',
};

/** While there is no view yet, the line to the server says why. */
const AFTER_IDLE_WORDS = {
  connecting: 'Connecting…',
  reconnecting: 'No picture: the server does not answer.',
};

const ERRORS = {
  'layer-failed': 'A layer failed on some frames. They were left out; the stream goes on.',
  'image-unreadable': 'The server could not read some frames.',
  'message-too-large': 'Some frames are too large for the server. Lower the quality or the picture size.',
  'image-size': 'The server does not take frames of this size. Choose a smaller one under Advanced.',
  rate: 'The server takes fewer frames a second. Lower the rate under Advanced.',
};

/** Whether a program publishes on this stream, and not this page. */
function isFedFromElsewhere() {
  return publisher.phase === 'idle' && ['live', 'quiet'].includes(after.state);
}

function phase() {
  return startFailure ? 'failed' : publisher.phase;
}

async function start(kind) {
  startFailure = null;
  notice.hide();
  sound.prepare().catch(() => {}); // in the turn of the click, as browsers demand
  const turn = ++openings;
  let opened;
  try {
    opened = await openSource(kind, frames.settings);
  } catch (error) {
    const text = error instanceof SourceRefused ? error.message : 'The source could not be opened.';
    notice.show(text, 'bad');
    if (!source) startFailure = text;
    showPhase();
    return;
  }
  if (turn !== openings) return opened.close(); // another choice, or stop, came while the browser asked
  take(opened, kind);
  if (publisher.phase === 'failed' || publisher.phase === 'idle') {
    frames.reset();
    numbers.clear();
    publisher.start();
  }
}

/** Shows and sends the source; one that was there before ends. The connection stays as it is. */
async function take(opened, kind) {
  source?.close();
  source = opened;
  source.onEnded = () => source === opened && stop();
  source.element.dataset.testid = 'before';
  byId('before-frame').replaceChildren(source.element);
  for (const button of document.querySelectorAll('[data-source]')) button.setAttribute('aria-pressed', String(button.dataset.source === kind));
  frames.start(source);
  showPhase();
  const heard = await sound.start(opened).catch(() => false);
  if (!heard && source === opened) notice.show('This browser cannot send the sound of this source. The picture goes out without it.', 'warn');
}

function stop() {
  openings += 1;
  startFailure = null;
  after.stop();
  publisher.stop();
  frames.stop();
  sound.stop();
  source?.close();
  source = null;
  byId('before-frame').replaceChildren(beforeEmpty);
  for (const button of document.querySelectorAll('[data-source]')) button.setAttribute('aria-pressed', 'false');
  numbers.rest();
  showPhase();
  if (byId('whip').open) after.start();
}

function showPhase() {
  const now = phase();
  const [tone, words] = isFedFromElsewhere() ? STATUS.live : STATUS[now];
  const status = byId('status');
  document.body.dataset.phase = now;
  status.dataset.tone = tone;
  write(status, words);
  byId('stop').disabled = !source;
  showRecorder();
  write(byId('before-note'), '');
  if (now !== 'live') numbers.rest();
  if (now === 'reconnecting' && publisher.reason && source) notice.show(`${publisher.reason} Trying again.`, 'warn', 'connection');
  else if (now === 'failed' && publisher.reason) notice.show(publisher.reason, 'bad', 'connection');
  else notice.hide('connection');
  showAfter();
}

function showAfter() {
  const words = { failing: after.reason, idle: AFTER_IDLE_WORDS[phase()] }[after.state] ?? AFTER_WORDS[after.state];
  const empty = byId('after-empty');
  empty.hidden = after.state === 'live';
  empty.classList.toggle('veil', ['quiet', 'reconnecting', 'ended', 'missing', 'failing'].includes(after.state));
  write(empty, words ?? '');
  const behind = after.way === 'hls' ? ', some seconds behind' : '';
  write(byId('after-note'), after.state === 'live' && after.stats?.width ? `${after.stats.width} × ${after.stats.height}, ${fixed(after.stats.fps)} /s${behind}` : '');
  byId('after-note').title = behind && 'The direct connection does not get through here: the picture comes over HTTP.';
}

function showLink() {
  const field = byId('viewer-link');
  const address = new URL(session.watchPath, location.href).href;
  field.disabled = false;
  field.value = address;
  byId('copy-link').disabled = false;
  byId('open-link').hidden = false;
  byId('open-link').href = address;
}

async function copyLink() {
  const field = byId('viewer-link');
  const button = byId('copy-link');
  if (!(await isCopied(field))) {
    field.select(); // at hand for the person's own key
    write(button.querySelector('span'), 'Press Ctrl+C');
    write(byId('copy-status'), 'This browser does not let the page copy. The viewer link is selected: press Control and C.');
    await pause(4000);
    write(button.querySelector('span'), 'Copy');
    write(byId('copy-status'), '');
    return;
  }
  button.classList.add('on');
  write(button.querySelector('span'), 'Copied');
  write(byId('copy-status'), 'The viewer link is copied.');
  await pause(2000);
  button.classList.remove('on');
  write(button.querySelector('span'), 'Copy');
  write(byId('copy-status'), '');
}

/** How many of the stream's viewers are this page itself. */
function ownViews() {
  return after.peerConnection?.connectionState === 'connected' || after.way === 'hls' ? 1 : 0;
}

/** The server may still be starting: asked again until it answers. */
async function loadLayers() {
  await session.resumed; // what was chosen before is this session's
  for (;;) {
    try {
      await settings.load();
      layers.build();
      return;
    } catch (problem) {
      layers.showUnavailable(problem instanceof Unreachable ? 'The server cannot be reached. Trying again…' : 'The layers cannot be shown at the moment. Trying again…');
      await pause(jittered(1500));
    }
  }
}

function wireAdvanced() {
  const { settings: wanted } = frames;
  byId('resolution').addEventListener('change', ({ target }) => {
    wanted.height = Number(target.value);
    source?.prefer(wanted.height);
  });
  byId('quality').addEventListener('input', ({ target }) => {
    wanted.quality = target.value / 100;
    write(byId('quality-value'), `${target.value} %`);
  });
  byId('rate').addEventListener('input', ({ target }) => {
    wanted.rate = Number(target.value);
    write(byId('rate-value'), `${target.value} /s`);
  });
}

for (const button of document.querySelectorAll('[data-source]')) button.addEventListener('click', () => start(button.dataset.source));
byId('stop').addEventListener('click', () => {
  stop();
  document.querySelector('[data-source]').focus();
});
byId('copy-link').addEventListener('click', copyLink);
byId('viewer-link').addEventListener('focus', ({ target }) => target.select());
byId('sound').addEventListener('change', ({ target }) => {
  sound.enabled = target.checked;
});

session.addEventListener('opened', () => {
  settings.forgetServerState();
  showLink();
  if (publisher.phase === 'live') publisher.reconnect();
});
publisher.addEventListener('phase', showPhase);
publisher.addEventListener('ready', () => after.start());
publisher.addEventListener('stats', ({ detail }) => {
  lastStats = detail;
  numbers.show(detail, frames.dropped, ownViews());
  const { size } = frames;
  write(byId('before-note'), size ? `${size.width} × ${size.height}, sent as JPEG` : '');
});
publisher.addEventListener('problem', ({ detail }) => notice.show(ERRORS[detail.code] ?? `The server reports: ${detail.message}`, 'warn', 'server', 10_000));
after.addEventListener('state', () => {
  showPhase();
  if (!source && !isFedFromElsewhere() && !byId('whip').open) after.stop();
});
after.addEventListener('stats', showAfter);
window.addEventListener('beforeunload', (leaving) => source && leaving.preventDefault());
// A page that the browser keeps for its back button would hold the stream without a picture.
window.addEventListener('pagehide', () => {
  stop();
  after.stop();
});
window.addEventListener('pageshow', ({ persisted }) => persisted && byId('whip').open && after.start());

window.framecast = {
  state: () => ({
    phase: phase(),
    view: after.state,
    way: after.way,
    reason: startFailure ?? publisher.reason,
    stream: session.stream,
    framesSent: frames.sent,
    framesDropped: { ...frames.dropped },
    audioSent: sound.sent,
    peerConnection: after.peerConnection,
    stats: lastStats,
    viewStats: after.stats,
  }),
};

wireAdvanced();
keepViewerList(session, ownViews);
keepWhipCard(session, (isOpen) => {
  if (source) return;
  if (isOpen) after.start();
  else if (!isFedFromElsewhere()) after.stop();
});
watchHiddenPage(
  frames,
  () => (publisher.phase === 'live' ? lastStats?.fps_in : 0),
  (before, hidden) => notice.show(`While this page was hidden the browser slowed it down: ${fixed(hidden)} frames a second went out instead of ${fixed(before)}. Keep it in a window of its own.`, 'warn', 'hidden'),
);
showPhase();
session.resumed.then(() => session.stream && showLink());
loadLayers();
