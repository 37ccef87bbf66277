// Waiting that can be called off.

/** Resolves after the given time, or at once when the signal aborts. Never rejects. */
export function pause(millis, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, millis);
    signal?.addEventListener('abort', end);
  });
}

/** The given time, up to a quarter more or less, so that many pages do not knock at the same moment. */
export function jittered(millis) {
  return millis * (0.75 + Math.random() * 0.5);
}
