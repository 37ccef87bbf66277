// Recording one's own stream.

import { Problem } from '../api/http.js';
import { RecordingList } from '../recordings/recording-list.js';
import { byId, write } from '../ui/dom.js';

const POLL_MILLIS = 3000;
const END_MILLIS = 15_000;

/**
 * Keeps the Record button, and the list of recordings while it is open.
 * @param isLive whether there is a stream to record now
 * @param tell shows a person what went wrong
 */
export function keepRecorder(session, isLive, tell) {
  const button = byId('record');
  const time = byId('recording-time');
  const details = byId('recordings');
  const list = new RecordingList(session, tell);
  let recording = false;
  let busy = false;

  let since = 0;
  let wasLive = false;

  const show = () => {
    const live = isLive();
    if (live && !wasLive) look(); // it may be recorded already, since before this page was loaded
    wasLive = live;
    button.disabled = busy || (!recording && !live);
    button.setAttribute('aria-pressed', String(recording));
    write(button.querySelector('span'), recording ? 'Recording' : 'Record');
    button.title = recording ? 'Stop recording' : '';
    write(time, recording ? clock(Math.max(0, Date.now() - since)) : '');
  };

  const path = () => `/streams/${encodeURIComponent(session.stream)}/recording`;

  const toggle = async () => {
    busy = true;
    show();
    try {
      await session.call(path, { method: recording ? 'DELETE' : 'POST', timeoutMillis: END_MILLIS });
      recording = !recording;
      since = Date.now();
      if (!recording) details.open = true;
    } catch (problem) {
      tell(problem instanceof Problem ? problem.message : 'The server cannot be reached.');
    }
    busy = false;
    show();
    look();
  };

  const look = async () => {
    if (document.hidden || !(details.open || recording || isLive())) return;
    const answer = await list.look();
    if (answer && !busy) {
      const own = answer.running.find(({ stream }) => stream === session.stream);
      recording = Boolean(own);
      if (own) since = Date.parse(own.since);
    }
    show();
  };

  button.addEventListener('click', toggle);
  details.addEventListener('toggle', look);
  setInterval(() => session.stream && look(), POLL_MILLIS); // nobody is asked to pair but by what a person does
  setInterval(() => recording && show(), 1000);
  show();
  return show;
}

/** Minutes and seconds, as a recorder's counter shows them. */
function clock(elapsedMillis) {
  const seconds = Math.floor(elapsedMillis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
