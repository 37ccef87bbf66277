// Worker: a steady beat. Timers of a hidden page slow down to one a second; a worker's do not.

let timer = 0;

self.onmessage = ({ data: intervalMillis }) => {
  clearInterval(timer);
  if (intervalMillis > 0) timer = setInterval(() => self.postMessage(0), intervalMillis);
};
