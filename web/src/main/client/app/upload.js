/** Sends a file and reports how much of it has left: `fetch` does not say that. */

import { ApiError, bearer, ORIGIN } from './api.js';

/**
 * Sends a file.
 * @param progress receives the share that was sent, from 0 to 1
 * @returns `{promise, abort}`; the promise resolves with the response's JSON and location
 */
export function upload(path, { file, type, key, progress }) {
  const request = new XMLHttpRequest();
  const promise = new Promise((resolve, reject) => {
    request.open('POST', `${ORIGIN}/api/v1${path}`);
    request.withCredentials = ORIGIN !== '';
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', type);
    request.setRequestHeader('Idempotency-Key', key);
    if (bearer.token) {
      request.setRequestHeader('Authorization', `Bearer ${bearer.token}`);
    }
    request.upload.addEventListener('progress', (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener('load', () => {
      if (request.status < 300) {
        resolve({ data: request.response, location: request.getResponseHeader('Location') });
      } else {
        const seconds = Number.parseInt(request.getResponseHeader('Retry-After') ?? '', 10);
        reject(new ApiError(request.status, request.response ?? {}, Number.isNaN(seconds) ? undefined : seconds));
      }
    });
    request.addEventListener('error', () => reject(new ApiError(0, { detail: navigator.onLine ? 'The connection broke off.' : 'You are offline.' })));
    request.addEventListener('abort', () => reject(new ApiError(0, { detail: 'The upload was cancelled.' })));
    request.send(file);
  });
  return { promise, abort: () => request.abort() };
}
