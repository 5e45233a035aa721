/** Sends a file and reports how much of it has left: `fetch` does not say that. */

import { ApiError, headersOf, ORIGIN, reportOf, secondsOf } from './api.js';

/**
 * Sends a file.
 * @param progress receives the share that was sent, from 0 to 1
 * @returns `{promise, abort}`; the promise resolves with the response's JSON and location
 */
export function upload(path, { file, type, key, progress }) {
  const request = new XMLHttpRequest();
  const report = reportOf('POST', path);
  const promise = new Promise((resolve, reject) => {
    const fail = (detail) => {
      report(0);
      reject(new ApiError(0, { detail }));
    };
    open(request, path, { type, key });
    request.upload.addEventListener('progress', (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener('load', () => {
      report(request.status, (name) => request.getResponseHeader(name));
      finish(request, resolve, reject);
    });
    request.addEventListener('error', () => fail(navigator.onLine ? 'The connection broke off.' : 'You are offline.'));
    request.addEventListener('abort', () => fail('The upload was cancelled.'));
    request.send(file);
  });
  return { promise, abort: () => request.abort() };
}

function open(request, path, options) {
  request.open('POST', `${ORIGIN}/api/v1${path}`);
  request.withCredentials = ORIGIN !== '';
  request.responseType = 'json';
  for (const [name, value] of Object.entries(headersOf('POST', options))) {
    request.setRequestHeader(name, value);
  }
}

function finish(request, resolve, reject) {
  if (request.status < 300) {
    resolve({ data: request.response, location: request.getResponseHeader('Location') });
  } else {
    reject(new ApiError(request.status, request.response ?? {}, secondsOf(request.getResponseHeader('Retry-After'))));
  }
}
