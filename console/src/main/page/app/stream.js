/** Reads the views as server-sent events over `fetch`, which can send the token. */

import { send } from './api.js';
import { parseEvents } from './event-parser.js';

/** Longer than the time between two views. */
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
      for await (const { type, data } of parseEvents(response.body, SILENCE)) {
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
