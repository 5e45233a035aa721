/** What a page shows while it loads, after a failure, and when there is nothing. */

import { requests } from './api.js';
import { session } from './session.js';
import { html, nothing, View } from './view.js';

const LONGEST_PAUSE = 60;
const AUTOMATIC = 10;

/** The failures since the last success: the pauses grow with them. */
let streak = 0;

requests.addEventListener('request', ({ detail: { status } }) => {
  streak = status === 0 || status === 429 || status >= 500 ? streak + 1 : 0;
});

export function loading(label = 'Loading', lines = 3) {
  return html`<div class="loading" role="status">
    <span class="hidden">${label}…</span>
    ${Array.from({ length: lines }, () => html`<div class="bone" aria-hidden="true"><i></i><b></b><b></b></div>`)}
  </div>`;
}

export function empty(title, text, action = nothing) {
  return html`<div class="empty"><p class="strong">${title}</p><p>${text}</p>${action}</div>`;
}

/**
 * A failure with a way to try again.
 * @param automatic whether it is tried again on its own, as reads are
 * @param online whether it is tried again when the network is back; not if the visitor may edit meanwhile what it sends
 */
export function failure(error, retry, { automatic = true, online = automatic } = {}) {
  return html`<agora-failure .data=${{ error, retry, automatic, online }}></agora-failure>`;
}

/** The explanation of a failure in a sentence or two. */
export function explain(error) {
  switch (error.status) {
    case 0:
      return navigator.onLine ? error.message : 'You are offline.';
    case 403:
      return error.message;
    case 404:
      return 'This does not exist, or no longer.';
    case 429:
      return 'That was too much at once.';
    case 502:
    case 503:
    case 504:
      return 'Agora cannot do this at the moment.';
    default:
      return error.status === undefined ? 'Something in this page went wrong.' : error.message;
  }
}

/** The items of a list, with the states of its loading. */
export function listTemplate(list, { items, none, label = 'Loading', more = 'Show more' }) {
  if (list.state === 'loading') {
    return loading(label);
  }
  if (list.isEmpty) {
    return none;
  }
  return html`${list.items.length > 0 ? items(list.items) : nothing}
    ${list.state === 'failed' ? failure(list.error, () => list.retry()) : nothing}
    ${list.hasMore && list.state !== 'failed'
      ? html`<p class="more"><button class="quiet" type="button" aria-disabled=${list.state === 'more' ? 'true' : 'false'} @click=${() => list.more()}>
          ${list.state === 'more' ? 'Loading…' : more}</button></p>`
      : nothing}`;
}

/** Counts down to the time at which the server accepts the request again. */
class Failure extends View {
  left = 0;

  connected() {
    this.#begin();
    this.listen(window, 'online', () => this.data.online && this.data.error.status === 0 && this.#retry());
  }

  set data(value) {
    const changed = super.data?.error !== value.error;
    super.data = value;
    if (changed && this.isConnected) {
      this.#begin();
    }
  }

  get data() {
    return super.data;
  }

  #begin() {
    clearInterval(this.timer);
    const { error, automatic } = this.data;
    if (automatic && error.status === 401 && session.member) {
      // The visitor has logged in since and is back on this page.
      this.#retry();
      return;
    }
    const pause = automatic ? Math.min(2 ** streak, LONGEST_PAUSE) : 0;
    this.left = error.passes ? (error.retryAfter ?? pause) : 0;
    if (this.left > 0) {
      this.timer = setInterval(() => this.#tick(), 1000);
      this.connection.signal.addEventListener('abort', () => clearInterval(this.timer));
    }
    this.update();
  }

  #tick() {
    this.left--;
    if (this.left <= 0) {
      clearInterval(this.timer);
      if (this.data.automatic && streak < AUTOMATIC && navigator.onLine) {
        this.#retry();
      }
    }
    this.update();
  }

  #retry() {
    clearInterval(this.timer);
    this.data.retry?.();
  }

  template() {
    const { error, retry, automatic } = this.data;
    const waits = this.left > 0 && (error.retryAfter !== undefined || automatic);
    return html`<div class="notice bad" role="alert">
      <p>${explain(error)}</p>
      ${retry
        ? html`<button type="button" class="quiet" ?disabled=${this.left > 0 && error.retryAfter !== undefined} @click=${() => this.#retry()}>
            Try again</button>`
        : nothing}
      ${waits ? html`<span class="soft" aria-hidden="true">in ${this.left} s</span>` : nothing}
    </div>`;
  }
}

customElements.define('agora-failure', Failure);
