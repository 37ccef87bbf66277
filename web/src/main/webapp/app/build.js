// The page of streams: what runs, with small pictures, and a form that builds more.

import { Problem, request } from './api/http.js';
import { jittered, pause } from './api/pause.js';
import { Session } from './api/session.js';
import { Builder, buildable } from './build/builder.js';
import { StreamList } from './build/stream-list.js';
import { RecordingList } from './recordings/recording-list.js';
import { byId, write } from './ui/dom.js';
import { Notice } from './ui/notice.js';
import { askPairingCode } from './ui/pairing.js';

const RETRY_MILLIS = 1500;
const NEWS_MILLIS = 8000;
const RECORDINGS_MILLIS = 3000;

// The studio's session: what it publishes, and what was built before a reload, is the same caller's.
const session = new Session('framecast.studio', askPairingCode, { keepsName: true });
const notice = new Notice(byId('notice'));
const builder = new Builder(session);
let components = null;
let wanted = null;

/** The server may still be starting: asked again until it answers. */
async function load() {
  for (;;) {
    try {
      components = await (await request('/components')).json();
      builder.offer(components);
      write(byId('build-note'), '');
      return components;
    } catch (problem) {
      write(byId('build-note'), problem instanceof Problem ? problem.message : 'The server cannot be reached. Trying again…');
      await pause(jittered(RETRY_MILLIS));
    }
  }
}

wanted = load();

const tell = (text) => write(byId('spoken'), text);

const list = new StreamList(session, {
  offers: async () => buildable((await wanted).layers),
  tell,
});

const recordings = new RecordingList(session, (text) => notice.show(text, 'warn', 'recording', NEWS_MILLIS));
const lookForRecordings = () => document.hidden || recordings.look();
setInterval(lookForRecordings, RECORDINGS_MILLIS);
document.addEventListener('visibilitychange', lookForRecordings);
lookForRecordings();

builder.addEventListener('made', ({ detail }) => {
  notice.show(`${detail.document.name} runs.`, 'good', 'made', NEWS_MILLIS);
  list.point(detail.name);
});

window.framecast = {
  state: () => ({ phase: components ? 'ready' : 'loading', streams: list.names(), document: builder.document(), session: session.stream }),
};
