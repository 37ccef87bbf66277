// What every scenario script shares: options from the command line, one JSON line as its result, clean-up in any case.

const closers = [];

/** Limits are what an idle machine needs at most; a busy one gets so many times as long. */
const PATIENCE = 4;

/** `--name=value` or `--name` from the command line over the given defaults; numbers where the default is one. */
export function options(defaults) {
  const all = { ...defaults };
  for (const argument of process.argv.slice(2)) {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (!(name in defaults)) throw new Error(`Unknown option ${argument}; known: ${Object.keys(defaults).join(', ')}`);
    if (typeof defaults[name] === 'number') all[name] = Number(value);
    else all[name] = typeof defaults[name] === 'boolean' ? value !== 'false' : value;
  }
  return all;
}

/** Remembers something to close when the scenario ends; the last one is closed first. */
export function closing(thing) {
  closers.push(thing);
  return thing;
}

/** Runs a scenario that returns `{ok, …}`, prints that as one line, and exits with 0 or 1. */
export async function run(scenario, { limitMillis = 60_000 } = {}) {
  const startedAt = Date.now();
  let timer;
  let result;
  try {
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not finished after ${PATIENCE * limitMillis} ms`)), PATIENCE * limitMillis);
    });
    result = await Promise.race([scenario(), limit]);
  } catch (error) {
    result = { ok: false, error: String(error?.message ?? error) };
  }
  clearTimeout(timer);
  for (const thing of closers.reverse()) {
    try {
      await (typeof thing === 'function' ? thing() : thing.close());
    } catch {
      // a browser that is gone already is closed
    }
  }
  process.stdout.write(`${JSON.stringify({ ...result, wall_ms: Date.now() - startedAt })}\n`);
  process.exit(result.ok ? 0 : 1);
}

/** Asks until the answer is true-like, at most for the given time, or longer on a busy machine; returns the last answer. */
export async function until(question, millis, everyMillis = 200) {
  const end = Date.now() + PATIENCE * millis;
  for (;;) {
    const answer = await question();
    if (answer || Date.now() >= end) return answer;
    await new Promise((resolve) => setTimeout(resolve, everyMillis));
  }
}
