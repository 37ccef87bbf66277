// Plays the stream by WHEP, and tries again when it is not there.
const AGAIN_MILLIS = 2000;
const QUIET_MILLIS = 3000;

const picture = document.getElementById('picture');
const title = document.getElementById('title');
const words = document.getElementById('words');
const sound = document.getElementById('sound');
const full = document.getElementById('full');

/** What is shown: `connecting`, `live`, or `waiting` with the words that say what for. */
const show = (view, heading = '', text = '') => {
  document.body.dataset.view = view;
  title.textContent = heading;
  words.textContent = text;
};

const gathered = (peer) =>
  new Promise((resolve) => {
    const look = () => peer.iceGatheringState === 'complete' && resolve();
    peer.addEventListener('icegatheringstatechange', look);
    look();
  });

let current = null;

/** Where the viewer that this page is can be ended; null while it is none. */
let session = null;

/** Gives the viewer's place back. */
const leave = () => {
  if (session) fetch(session, { method: 'DELETE', keepalive: true }).catch(() => {}); // who cannot be told finds out
  session = null;
};

addEventListener('pagehide', leave);

async function watch() {
  const peer = new RTCPeerConnection();
  const media = new MediaStream();
  current = peer;
  const again = (heading, text) => {
    if (peer.signalingState === 'closed') return; // it has been said of this one
    show('waiting', heading, text);
    peer.close();
    leave();
    setTimeout(watch, AGAIN_MILLIS);
  };
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('audio', { direction: 'recvonly' });
  sound.hidden = true;
  peer.ontrack = ({ track }) => {
    media.addTrack(track);
    picture.srcObject = media;
    if (track.kind === 'audio') sound.hidden = false;
  };
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'connected') {
      show('live');
    } else if (['failed', 'disconnected', 'closed'].includes(peer.connectionState)) {
      again('The stream is interrupted', 'This page tries again by itself.');
    }
  };
  try {
    await peer.setLocalDescription();
    await gathered(peer);
    const answer = await fetch('/whep', {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: peer.localDescription.sdp,
    });
    if (answer.status !== 201) {
      again('Not now', (await answer.text()).trim() || `The program refused (${answer.status}).`);
      return;
    }
    session = answer.headers.get('Location');
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  } catch {
    again('Nothing is running here', 'The program that shows the stream has ended, or does not answer. This page tries again by itself.');
  }
}

sound.addEventListener('click', () => {
  picture.muted = !picture.muted;
  sound.textContent = picture.muted ? 'Unmute' : 'Mute';
});

// A phone's browser may show a video whole that it does not show a page whole in.
full.addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  else picture.webkitEnterFullscreen?.();
});
document.addEventListener('fullscreenchange', () => {
  full.textContent = document.fullscreenElement ? 'Leave full screen' : 'Full screen';
});

let quiet;
const stir = () => {
  document.body.classList.remove('quiet');
  clearTimeout(quiet);
  quiet = setTimeout(() => document.body.classList.add('quiet'), QUIET_MILLIS);
};
['pointermove', 'pointerdown', 'keydown'].forEach((event) => addEventListener(event, stir));
stir();

/** What a test looks at. */
window.framecast = { state: () => ({ view: document.body.dataset.view, peerConnection: current }) };

watch();
