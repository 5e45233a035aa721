/** Calls of the console's server. Each has the token from the address that the launcher prints. */

const KEY = 'console.token';

/** The part after the # reaches no server; it is removed from the address at once. */
function takeToken() {
  const token = location.hash.slice(1);
  if (/^[\w-]{16,}$/.test(token)) {
    localStorage.setItem(KEY, token);
    history.replaceState(null, '', location.pathname + location.search);
  }
}

takeToken();
addEventListener('hashchange', () => {
  const before = localStorage.getItem(KEY);
  takeToken();
  if (localStorage.getItem(KEY) !== before) {
    location.reload();
  }
});

/** A response that is no success. */
export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Sends a request; throws a Failure with what the server explains. */
export async function send(method, path, { body, signal } = {}) {
  const headers = { Authorization: `Bearer ${localStorage.getItem(KEY) ?? ''}` };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await fetch(path, { method, headers, signal, body: body && JSON.stringify(body), cache: 'no-store', credentials: 'omit' })
    .catch((error) => { throw new Failure(0, signal?.aborted ? error.message : 'The console does not respond.'); });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Failure(response.status, problem.detail ?? `The console responded with ${response.status}.`);
  }
  return response;
}

export async function load(path, signal) {
  return (await send('GET', path, { signal })).json();
}

/** Orders an action; its outcome is in the log. */
export function act(verb, target = '', rate = 0) {
  return send('POST', '/api/actions', { body: { verb, target, rate } });
}
