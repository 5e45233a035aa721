/** Deletions that can be undone for some seconds. The request is sent afterwards. */

import { explain } from './states.js';
import { toast } from './toast.js';

const WAIT = 6_000;

class Deletions extends EventTarget {
  /** The ids that lists leave out: those that wait, and those that were deleted. */
  #hidden = new Set();
  #waiting = new Map();
  #sent = new Map();

  isHidden(id) {
    return this.#hidden.has(id);
  }

  /**
   * Hides an object and deletes it after some seconds. A page that is left deletes it at once.
   * @param text says what was deleted
   * @param run sends the request
   * @param undone is called if the visitor takes the deletion back
   * @param failed is called if the object was not deleted
   */
  start(id, { text, run, undone = () => {}, failed = () => {} }) {
    this.#waiting.set(id, { run, undone, failed, timer: setTimeout(() => this.#send(id), WAIT) });
    this.#hidden.add(id);
    this.#changed();
    toast(text, { shown: WAIT, undo: () => this.undo(id) || (this.isHidden(id) && toast('It is deleted already.')) });
  }

  /** Takes a deletion back; false if its request was sent. */
  undo(id) {
    const deletion = this.#waiting.get(id);
    if (deletion) {
      clearTimeout(deletion.timer);
      this.#waiting.delete(id);
      this.show(id);
      deletion.undone();
    }
    return deletion !== undefined;
  }

  /** Before the object is written again: takes its deletion back, or waits for the end of the request. */
  async settle(id) {
    this.undo(id);
    await this.#sent.get(id);
  }

  /** Lists show the object again. */
  show(id) {
    if (this.#hidden.delete(id)) {
      this.#changed();
    }
  }

  /** Sends all requests that wait, for example before the session ends. */
  finish() {
    return Promise.all([...this.#waiting.keys()].map((id) => this.#send(id)));
  }

  #send(id) {
    const { run, failed, timer } = this.#waiting.get(id);
    clearTimeout(timer);
    this.#waiting.delete(id);
    const sent = this.#delete(id, run, failed).finally(() => this.#sent.delete(id));
    this.#sent.set(id, sent);
    return sent;
  }

  /** An object that does not exist any more counts as deleted. */
  async #delete(id, run, failed) {
    try {
      await run();
    } catch (error) {
      if (error.status !== 404) {
        this.show(id);
        failed();
        toast(`Nothing was deleted. ${explain(error)}`);
      }
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const deletions = new Deletions();

addEventListener('pagehide', () => deletions.finish());
// A phone may end a hidden page without another event.
document.addEventListener('visibilitychange', () => document.hidden && deletions.finish());
