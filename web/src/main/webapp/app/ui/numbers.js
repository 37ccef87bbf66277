// How numbers are written on both pages.

const NOTHING = '–';

/** A number with the given digits after the point, or a dash. */
export function fixed(value, digits = 0) {
  return Number.isFinite(value) ? value.toFixed(digits) : NOTHING;
}

/** Milliseconds: a digit after the point below ten. */
export function millis(value) {
  return fixed(value, Number.isFinite(value) && value < 9.95 ? 1 : 0);
}

/** A bitrate as value and unit. */
export function bitrate(bps) {
  if (!Number.isFinite(bps)) return [NOTHING, 'kb/s'];
  return bps >= 999_500 ? [(bps / 1e6).toFixed(2), 'Mb/s'] : [(bps / 1e3).toFixed(0), 'kb/s'];
}

/** A value of a schema with as many digits as its step has. */
export function stepped(value, step) {
  const digits = (String(step).split('.')[1] ?? '').length;
  return Number(value).toFixed(Math.min(digits, 4));
}
