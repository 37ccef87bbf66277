// Plays the stream by WHEP, and tries again when it is not there.
const picture = document.getElementById('picture');
const state = document.getElementById('state');
const AGAIN_MILLIS = 2000;

const say = (words) => {
  state.textContent = words;
};

const gathered = (peer) =>
  new Promise((resolve) => {
    const look = () => peer.iceGatheringState === 'complete' && resolve();
    peer.addEventListener('icegatheringstatechange', look);
    look();
  });

/** Where the viewer that this page is can be ended; null while it is none. */
let session = null;

/** Gives the viewer's place back. */
const leave = () => {
  if (session) fetch(session, {method: 'DELETE', keepalive: true}).catch(() => {}); // who cannot be told finds out
  session = null;
};

addEventListener('pagehide', leave);

async function watch() {
  const peer = new RTCPeerConnection();
  const media = new MediaStream();
  const again = (words) => {
    if (peer.signalingState === 'closed') return; // it has been said of this one
    say(words);
    peer.close();
    leave();
    setTimeout(watch, AGAIN_MILLIS);
  };
  peer.addTransceiver('video', {direction: 'recvonly'});
  peer.addTransceiver('audio', {direction: 'recvonly'});
  peer.ontrack = ({track}) => {
    media.addTrack(track);
    picture.srcObject = media;
  };
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'connected') {
      say('live');
    } else if (peer.connectionState === 'failed' || peer.connectionState === 'disconnected') {
      again('interrupted, trying again');
    }
  };
  try {
    await peer.setLocalDescription();
    await gathered(peer);
    const answer = await fetch('/whep', {
      method: 'POST',
      headers: {'Content-Type': 'application/sdp'},
      body: peer.localDescription.sdp,
    });
    if (answer.status !== 201) {
      again((await answer.text()).trim() || `refused (${answer.status})`);
      return;
    }
    session = answer.headers.get('Location');
    await peer.setRemoteDescription({type: 'answer', sdp: await answer.text()});
  } catch (fault) {
    again('the program does not answer, trying again');
  }
}

watch();
