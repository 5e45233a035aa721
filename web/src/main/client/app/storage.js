/** The storages of the browser. Where it refuses them, entries last as long as the document. */

class Store {
  #memory = new Map();
  #open;

  /** @param open returns the storage; a browser that blocks cookies throws here */
  constructor(open) {
    this.#open = open;
  }

  get(key) {
    try {
      return this.#memory.get(key) ?? this.#open().getItem(key);
    } catch {
      return this.#memory.get(key) ?? null;
    }
  }

  /** Stores a text; null removes the entry. */
  set(key, value) {
    this.#memory.delete(key);
    try {
      if (value === null) {
        this.#open().removeItem(key);
      } else {
        this.#open().setItem(key, value);
      }
    } catch {
      this.#memory.set(key, value);
    }
  }

  /** An entry that was stored as JSON, or null, also if something else has changed it. */
  getJson(key) {
    try {
      return JSON.parse(this.get(key) ?? 'null');
    } catch {
      return null;
    }
  }

  setJson(key, value) {
    this.set(key, value === null ? null : JSON.stringify(value));
  }
}

/** For all tabs of this browser. */
export const browserStore = new Store(() => localStorage);

/** For this tab. */
export const tabStore = new Store(() => sessionStorage);
