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
    session.addEventListener('change', ({ detail }) => detail !== 'renamed' && this.#restart());
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
    addEventListener('pagehide', () => this.#close());
    addEventListener('pageshow', () => this.#open());
  }

  start() {
    this.#open();
  }

  #restart() {
    this.#close();
    this.#position = { id: '' };
    this.#open();
  }

  async #open() {
    if (this.#connection || !session.member || document.hidden) {
      return;
    }
    const connection = new AbortController();
    this.#connection = connection;
    await readEvents('/feed/stream', {
      signal: connection.signal,
      position: this.#position,
      handle: (event) => this.#dispatch(event),
      status: (status) => status !== 'open' && this.#changeStatus(status),
    });
    if (this.#connection === connection) {
      this.#connection = null;
    }
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

  #changeStatus(status) {
    if (this.status !== status) {
      this.status = status;
      this.dispatchEvent(new Event('status'));
    }
  }
}

export const live = new Live();
