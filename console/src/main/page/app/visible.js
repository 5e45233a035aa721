/** Parts that load their own data, and only while they are on the screen. */

import { load } from './api.js';
import { html, View } from './view.js';

export class VisibleView extends View {
  items = null;
  missing = {};
  error = '';

  connected() {
    let shown = false;
    const observer = new IntersectionObserver(([entry]) => {
      shown = entry.isIntersecting;
      if (shown) {
        this.reload();
      }
    });
    observer.observe(this);
    const timer = setInterval(() => shown && !document.hidden && this.reload(), this.constructor.INTERVAL);
    this.connection.signal.addEventListener('abort', () => {
      observer.disconnect();
      clearInterval(timer);
    });
  }

  /** The address of the items. */
  get path() {
    return this.constructor.PATH;
  }

  async reload() {
    try {
      const { items, missing = {} } = await load(this.path, this.connection.signal);
      this.set({ items, missing, error: '' });
    } catch (error) {
      if (!this.connection.signal.aborted) {
        this.set({ error: error.message });
      }
    }
  }

  /** The services whose items are missing, each with the reason. */
  missingTemplate() {
    return Object.entries(this.missing).map(([service, reason]) => html`<p class="notice">The items of ${service} are missing. ${reason}</p>`);
  }

  /** Whether all services were asked and have nothing. */
  get isEmpty() {
    return this.items?.length === 0 && Object.keys(this.missing).length === 0;
  }
}
