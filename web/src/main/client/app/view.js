import { html, nothing, render } from '../libraries/lit-html/lit-html.js';
import { repeat } from '../libraries/lit-html/directives/repeat.js';

export { html, nothing, repeat };

/**
 * A part of the page. It renders its template into itself after each change of its state.
 * A page that the visitor comes back to is the same element again: `start` runs once,
 * `connected` each time.
 */
export class View extends HTMLElement {
  #queued = false;
  #started = false;
  #data;

  connectedCallback() {
    this.connection = new AbortController();
    if (!this.#started) {
      this.#started = true;
      this.start();
    }
    this.connected();
    this.update();
  }

  disconnectedCallback() {
    this.connection.abort();
  }

  /** Loads what the part shows. */
  start() {}

  /** Subscribes to events, until the signal of the connection. */
  connected() {}

  template() {
    return nothing;
  }

  get data() {
    return this.#data;
  }

  /** What the parent passes. */
  set data(value) {
    this.#data = value;
    this.update();
  }

  /** Changes the state and renders it. */
  set(state) {
    Object.assign(this, state);
    this.update();
  }

  update() {
    if (this.#queued) {
      return;
    }
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected) {
        render(this.template(), this, { host: this });
      }
    });
  }

  /** Listens as long as the part is shown. */
  listen(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.connection.signal });
  }

  /** Resolves when the current state is in the document. */
  rendered() {
    return new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
  }
}
