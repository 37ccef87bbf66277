// Browsers slow pages down that nobody sees. Where that held frames back, the person should know why.

const SHORT_MILLIS = 4000;
const SLOWED_SHARE = 0.6;

/** Calls `onSlowed` with the frame rates before and while hidden, once the page is seen again, if it was slowed. */
export function watchHiddenPage(frames, currentRate, onSlowed) {
  let hidden = null;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hidden = { at: performance.now(), sent: frames.sent, rate: currentRate() };
      return;
    }
    if (!hidden?.rate) return;
    const millis = performance.now() - hidden.at;
    const rate = ((frames.sent - hidden.sent) * 1000) / millis;
    if (millis > SHORT_MILLIS && rate < hidden.rate * SLOWED_SHARE) onSlowed(hidden.rate, rate);
  });
}
