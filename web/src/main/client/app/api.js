/** The calls of the API. Each call is reported to `requests`, which the drawer shows. */

import { browserStore, tabStore } from './storage.js';

export const ORIGIN = document.querySelector('meta[name="agora-api"]').content;
const TIMEOUT = 30_000;
const MAX_TOKENS = 8;
/** Browsers finish requests of pages that were left only if their bodies have 64 KiB together. */
const MAX_KEPT = 60_000;
const LEVELS = ['eventual', 'strong'];

export const requests = new EventTarget();

/** The level of consistency of reads; empty for the default. */
export const consistency = {
  get level() {
    const level = browserStore.get('agora.consistency');
    return LEVELS.includes(level) ? level : '';
  },
  set level(value) {
    browserStore.set('agora.consistency', value);
  },
};

/** The bytes of the writes that are underway and outlive their page. */
let kept = 0;

/** The tokens of writes. Writes at the same time leave more than one. */
let tokens = [];

/** The token of a session whose cookie the browser does not accept. */
export const bearer = {
  get token() {
    return tabStore.get('agora.token');
  },
  set token(value) {
    tabStore.set('agora.token', value);
  },
};

export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title || 'The request failed.');
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get passes() {
    return [0, 408, 425, 429, 502, 503, 504].includes(this.status);
  }

  /** The errors of fields, by name. */
  get fields() {
    return Object.fromEntries((this.problem.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

/** A key that makes a creation repeatable. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The key of a form: the same for the same content, so that a second attempt creates nothing twice. */
export class FormKey {
  #content = null;
  #key = null;

  of(content) {
    const text = JSON.stringify(content);
    if (text !== this.#content) {
      this.#content = text;
      this.#key = newKey();
    }
    return this.#key;
  }
}

/** Whether a request has changed something that pages show. */
export function isWrite({ method, path, status }) {
  return method !== 'GET' && status >= 200 && status < 300 && !path.startsWith('/sessions');
}

export const get = (path, options) => call('GET', path, options);

/**
 * Sends a request. A small write is finished although the visitor leaves the page.
 * @param options `body` as an object, `key` of a creation, `etag` of a change, `lastEventId`
 * and `stream` for events, `accept` of a file, `signal`
 * @returns `{data, etag, status, location}`, or the response itself if it is a stream or a file
 */
export async function call(method, path, options = {}) {
  const report = reportOf(method, path);
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const size = new TextEncoder().encode(body ?? '').length;
  const keepalive = method !== 'GET' && kept + size <= MAX_KEPT;
  kept += keepalive ? size : 0;
  let response;
  try {
    response = await fetch(ORIGIN + '/api/v1' + path, {
      method,
      headers: headersOf(method, options),
      body,
      signal: signalOf(options),
      credentials: ORIGIN ? 'include' : 'same-origin',
      cache: 'no-store',
      keepalive,
    });
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    report(0);
    throw new ApiError(0, { detail: failureOf(error) });
  } finally {
    kept -= keepalive ? size : 0;
  }
  report(response.status, (name) => response.headers.get(name));
  if (!response.ok) {
    throw await errorOf(response);
  }
  return options.stream || options.accept ? response : { ...(await read(response)), ...describeObject(response) };
}

/** The headers of a request, which an upload sends as well. */
export function headersOf(method, options) {
  const headers = { Accept: options.accept ?? (options.stream ? 'text/event-stream' : 'application/json') };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (options.type) {
    headers['Content-Type'] = options.type;
  }
  if (options.key) {
    headers['Idempotency-Key'] = options.key;
  }
  if (options.etag) {
    headers['If-Match'] = options.etag;
  }
  if (options.lastEventId) {
    headers['Last-Event-ID'] = options.lastEventId;
  }
  if (levelOf(method)) {
    headers.Consistency = levelOf(method);
  }
  if (tokens.length > 0) {
    headers['Consistency-Token'] = tokens.join(', ');
  }
  if (bearer.token) {
    headers.Authorization = `Bearer ${bearer.token}`;
  }
  return headers;
}

function levelOf(method) {
  return method === 'GET' ? consistency.level : '';
}

/** A stream has no time limit, and neither has a file. */
function signalOf({ stream, accept, signal }) {
  if (stream || accept) {
    return signal;
  }
  const timeout = AbortSignal.timeout(TIMEOUT);
  return signal && AbortSignal.any ? AbortSignal.any([signal, timeout]) : timeout;
}

function failureOf(error) {
  if (error.name === 'TimeoutError') {
    return 'Agora did not respond in time.';
  }
  return navigator.onLine ? 'Agora cannot be reached.' : 'You are offline.';
}

/**
 * Begins a request. The result reports its end, given the status, 0 without a response,
 * and the headers by name; it keeps the token of a write.
 */
export function reportOf(method, path) {
  const started = performance.now();
  const level = levelOf(method);
  const sent = method === 'GET' ? [] : [...tokens];
  return (status, header = () => null) => {
    remember(header('Consistency-Token'), sent);
    const detail = { method, path, status, level, at: new Date(), ms: Math.round(performance.now() - started), ...describe(header) };
    requests.dispatchEvent(new CustomEvent('request', { detail }));
  };
}

/** A token contains those that were sent with its write, so it replaces them. */
function remember(token, sent) {
  if (token) {
    tokens = [...tokens.filter((each) => !sent.includes(each)), token].slice(-MAX_TOKENS);
  }
}

/** Forgets the writes of a session that has ended. */
export function forgetTokens() {
  tokens = [];
}

function describe(header) {
  const [service, build, instance] = (header('X-Served-By') ?? '').split('/');
  return {
    service,
    build,
    instance,
    id: header('X-Request-Id'),
    age: header('Age'),
    warning: header('Warning'),
    cache: header('Cache-Status'),
    freshness: header('X-Feed-Freshness'),
    token: header('Consistency-Token'),
    trace: header('X-Trace-Id'),
  };
}

function describeObject(response) {
  return {
    status: response.status,
    etag: response.headers.get('ETag'),
    location: response.headers.get('Location'),
  };
}

async function read(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.status === 204 || !type.includes('json')) {
    return { data: null };
  }
  try {
    return { data: await response.json() };
  } catch {
    throw new ApiError(0, { detail: 'The connection broke off.' });
  }
}

async function errorOf(response) {
  const { data } = await read(response).catch(() => ({ data: null }));
  return new ApiError(response.status, data ?? {}, secondsOf(response.headers.get('Retry-After')));
}

/** The seconds of a `Retry-After`, undefined if it has none. */
export function secondsOf(retryAfter) {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}
