/** Short messages at the edge of the page, and deletions that can be undone. */

import { html, nothing, repeat, View } from './view.js';

const SHOWN = 6_000;

const toasts = new EventTarget();

/** Shows a message for some seconds. */
export function toast(text, { undo = null, shown = SHOWN } = {}) {
  toasts.dispatchEvent(new CustomEvent('add', { detail: { id: Symbol(text), text, undo, shown } }));
}

/** The deletions that wait for the end of the time in which they can be undone. */
const waiting = new Set();

/**
 * Runs a deletion after some seconds, unless the visitor takes it back. A page that is
 * left runs it at once.
 * @param text says what was deleted
 * @param run deletes, given whether the request must outlive the page
 * @param restore shows again what was deleted, with the error if there was one
 */
export function deleteLater(text, run, restore) {
  const deletion = { done: false };
  const finish = async (keepalive) => {
    if (deletion.done) {
      return;
    }
    deletion.done = true;
    waiting.delete(deletion);
    clearTimeout(deletion.timer);
    try {
      await run({ keepalive });
    } catch (error) {
      restore(error);
      toast(`Nothing was deleted. ${error.message}`);
    }
  };
  deletion.finish = finish;
  deletion.timer = setTimeout(() => finish(false), SHOWN);
  waiting.add(deletion);
  toast(text, {
    undo: () => {
      if (!deletion.done) {
        deletion.done = true;
        clearTimeout(deletion.timer);
        waiting.delete(deletion);
        restore(null);
      }
    },
  });
}

/** Runs all waiting deletions, for example before the session ends. */
export function finishDeletions(keepalive = false) {
  return Promise.all([...waiting].map((deletion) => deletion.finish(keepalive)));
}

addEventListener('pagehide', () => finishDeletions(true));

class Toasts extends View {
  shown = [];

  connected() {
    this.listen(toasts, 'add', (event) => {
      this.set({ shown: [...this.shown, event.detail].slice(-3) });
      setTimeout(() => this.#remove(event.detail), event.detail.shown);
    });
  }

  #remove(message) {
    this.set({ shown: this.shown.filter((each) => each !== message) });
  }

  template() {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${repeat(this.shown, (message) => message.id, (message) => html`<div class="toast">
        <span>${message.text}</span>
        ${message.undo
          ? html`<button type="button" @click=${() => { this.#remove(message); message.undo(); }}>Undo</button>`
          : nothing}
      </div>`)}
    </div>`;
  }
}

customElements.define('agora-toasts', Toasts);
