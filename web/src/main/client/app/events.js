/** Server-sent events over `fetch`, which sees the status and the headers of a response. */

import { call } from './api.js';
import { parseEvents } from './event-parser.js';

/** Longer than the time between two heartbeats. */
const SILENCE = 45_000;
const LONGEST_WAIT = 30_000;

/**
 * Reads events until the stream has ended for good or the signal is aborted, and connects
 * again after a failure, never before the time in `Retry-After`. The pauses grow until an
 * event arrives.
 * @param handle receives each event as `{type, id, data}`
 * @param status receives `open`, `waiting` and, if it cannot be opened, `unavailable`
 */
export async function readEvents(path, { handle, status = () => {}, signal, position = { id: '' } }) {
  let failures = 0;
  let pause = 2_000;
  while (!signal.aborted) {
    let wait = 0;
    try {
      const response = await openStream(path, position.id, signal);
      if (response.status === 204) {
        return;
      }
      status('open');
      for await (const event of parseEvents(response.body, SILENCE)) {
        failures = 0;
        position.id = event.id || position.id;
        pause = event.retry ?? pause;
        if (event.data) {
          handle(event);
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error.status === 400 && position.id) {
        position.id = '';
      } else if (error.status < 500 && error.status && !error.passes) {
        status('unavailable', error);
        return;
      }
      wait = (error.retryAfter ?? 0) * 1000;
    }
    failures++;
    status('waiting');
    wait = Math.max(wait, Math.min(pause * 2 ** (failures - 1), LONGEST_WAIT));
    await sleep(wait * (1 + Math.random() / 2), signal);
  }
}

async function openStream(path, lastEventId, signal) {
  return call('GET', path, { stream: true, lastEventId, signal });
}

export function sleep(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
