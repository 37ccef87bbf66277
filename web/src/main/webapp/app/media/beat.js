// A steady beat that goes on while the page is hidden.

/** Calls back about every `intervalMillis`; returns a function that ends it. */
export function beat(intervalMillis, callback) {
  const worker = new Worker(new URL('tick-worker.js', import.meta.url));
  worker.onmessage = callback;
  worker.postMessage(intervalMillis);
  return () => worker.terminate();
}
