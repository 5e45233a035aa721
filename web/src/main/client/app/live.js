/** The member's live stream, which all pages share. */

import { readEvents } from './events.js';
import { session } from './session.js';

/** A hidden page gives its connection back after this time: a browser has six for a host. */
const HIDDEN = 5_000;

class Live extends EventTarget {
  status = 'closed';
  #connection = null;
  #position = { id: '' };
  #hidden = 0;

  constructor() {
    super();
    session.addEventListener('change', () => {
      this.#close();
      this.#position = { id: '' };
      this.#open();
    });
    document.addEventListener('visibilitychange', () => {
      clearTimeout(this.#hidden);
      if (document.hidden) {
        this.#hidden = setTimeout(() => this.#close(), HIDDEN);
      } else {
        this.#open();
      }
    });
    addEventListener('online', () => {
      this.#close();
      this.#open();
    });
  }

  start() {
    this.#open();
  }

  #open() {
    if (this.#connection || !session.member || document.hidden) {
      return;
    }
    this.#connection = new AbortController();
    readEvents('/feed/stream', {
      signal: this.#connection.signal,
      position: this.#position,
      handle: (event) => this.#dispatch(event),
      status: (status, error) => status !== 'open' && this.#changeStatus(status, error),
    });
  }

  #close() {
    this.#connection?.abort();
    this.#connection = null;
    this.#changeStatus('closed');
  }

  /** Only a stream that is ready misses nothing. */
  #dispatch({ type, data }) {
    if (type === 'ready') {
      this.#changeStatus('open');
    }
    this.dispatchEvent(new CustomEvent(type, { detail: JSON.parse(data) }));
  }

  #changeStatus(status, error) {
    if (error?.status === 401) {
      session.forget('lost');
    }
    if (this.status !== status) {
      this.status = status;
      this.dispatchEvent(new Event('status'));
    }
  }
}

export const live = new Live();
