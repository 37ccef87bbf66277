// One way to call the server: JSON in and out, problem documents as errors, a deadline on every call.

/** The server refused: an RFC 9457 problem, or a bare status where the body held none. */
export class Problem extends Error {
  constructor(status, body, retryAfterMillis) {
    super(body?.detail || body?.title || `The server answered with status ${status}.`);
    this.name = 'Problem';
    this.status = status;
    this.code = body?.code ?? String(body?.type ?? '').replace('urn:framecast:problem:', '');
    this.pointer = body?.pointer ?? '';
    this.retryAfterMillis = retryAfterMillis;
  }
}

/** Nobody answered, or something that is not the application yet: the server is down or starting. */
export class Unreachable extends Error {
  constructor(cause) {
    super('The server cannot be reached.', { cause });
    this.name = 'Unreachable';
  }
}

/**
 * Sends one request and returns the successful response.
 * @throws {Problem} for any other status, {@link Unreachable} when there is no answer within the deadline
 */
export async function request(path, { method = 'GET', token, json, body, type, headers = {}, timeoutMillis = 5000, keepalive = false, signal } = {}) {
  const deadline = AbortSignal.timeout(timeoutMillis);
  const all = { ...headers };
  if (token) all.Authorization = `Bearer ${token}`;
  if (json !== undefined) all['Content-Type'] = 'application/json';
  else if (type) all['Content-Type'] = type;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: all,
      body: json === undefined ? body : JSON.stringify(json),
      cache: 'no-store',
      credentials: 'omit',
      keepalive,
      signal: signal && AbortSignal.any ? AbortSignal.any([signal, deadline]) : deadline,
    });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new Unreachable(cause);
  }
  if (response.ok) return response;
  throw await refusal(response);
}

async function refusal(response) {
  const isProblem = /^application\/problem\+json/i.test(response.headers.get('Content-Type') ?? '');
  // While the server starts, its port is open before the application is there: a bare 404 or 50x means "not yet".
  if (!isProblem && [404, 502, 503, 504].includes(response.status)) return new Unreachable(response.status);
  let body = null;
  try {
    body = isProblem ? await response.json() : null;
  } catch {
    body = null;
  }
  return new Problem(response.status, body, retryAfterMillis(response));
}

function retryAfterMillis(response) {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
