/** Short messages at the edge of the page. */

import { html, nothing, repeat, View } from './view.js';

const SHOWN = 6_000;
const MAX = 5;

const toasts = new EventTarget();

/** Shows a message for some seconds. */
export function toast(text, { undo = null, shown = SHOWN } = {}) {
  toasts.dispatchEvent(new CustomEvent('add', { detail: { id: Symbol(text), text, undo, shown } }));
}

class Toasts extends View {
  shown = [];

  connected() {
    this.listen(toasts, 'add', (event) => this.#add(event.detail));
  }

  /** What was deleted had the focus, so the way to undo that gets it. */
  async #add(message) {
    const oldest = this.shown.length >= MAX ? this.shown.find(({ undo }) => !undo) : null;
    this.set({ shown: [...this.shown.filter((each) => each !== oldest), message] });
    setTimeout(() => this.#remove(message), message.shown);
    if (message.undo) {
      await this.rendered();
      [...this.querySelectorAll('button')].at(-1)?.focus({ preventScroll: true });
    }
  }

  /** The page gets the focus of a message that disappears. */
  async #remove(message) {
    const focused = this.contains(document.activeElement);
    this.set({ shown: this.shown.filter((each) => each !== message) });
    await this.rendered();
    if (focused && !this.contains(document.activeElement)) {
      document.querySelector('main').focus({ preventScroll: true });
    }
  }

  #undo(message) {
    this.#remove(message);
    message.undo();
  }

  template() {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${repeat(this.shown, (message) => message.id, (message) => html`<div class="toast">
        <span>${message.text}</span>
        ${message.undo ? html`<button type="button" @click=${() => this.#undo(message)}>Undo</button>` : nothing}
      </div>`)}
    </div>`;
  }
}

customElements.define('agora-toasts', Toasts);
