/** Reads the views as server-sent events over `fetch`, which can send the token. */

import { send } from './api.js';

const SILENCE = 30_000;
const LONGEST_PAUSE = 10_000;

/**
 * Reads events until the signal is aborted, and connects again after a failure.
 * @param handle receives each event as type and data
 * @param status receives `live`, `waiting` or, with its explanation, `refused`
 */
export async function follow(path, { handle, status, signal }) {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await send('GET', path, { signal });
      for await (const { type, data } of parse(response.body)) {
        failures = 0;
        status('live');
        handle(type, JSON.parse(data));
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error.status === 401 || error.status === 403 || error.status === 421) {
        status('refused', error.message);
        return;
      }
      status('waiting', error.status === 503 ? error.message : '');
    }
    if (signal.aborted) {
      return;
    }
    failures++;
    status('waiting');
    await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, LONGEST_PAUSE)));
  }
}

/** Ends when the server is silent for longer than between two views: the connection is dead. */
async function* parse(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const silence = setTimeout(() => reader.cancel(), SILENCE);
      const { done, value } = await reader.read();
      clearTimeout(silence);
      if (done) {
        return;
      }
      const events = (rest + value).split('\n\n');
      rest = events.pop();
      yield* events.map(toEvent);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function toEvent(text) {
  const event = { type: 'message', data: '' };
  for (const line of text.split('\n')) {
    if (line.startsWith('event:')) {
      event.type = line.slice(6).trim();
    } else if (line.startsWith('data:')) {
      event.data += line.slice(5);
    }
  }
  return event;
}
