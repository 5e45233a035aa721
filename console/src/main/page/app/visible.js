/** Parts that load their own data, and only while they are on the screen. */

import { load } from './api.js';
import { View } from './view.js';

export class VisibleView extends View {
  items = null;
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
      const { items } = await load(this.path, this.connection.signal);
      this.set({ items, error: '' });
    } catch (error) {
      if (!this.connection.signal.aborted) {
        this.set({ error: error.message });
      }
    }
  }
}
