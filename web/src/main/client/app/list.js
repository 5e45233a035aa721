import { deletions } from './deletions.js';

/** A list of the API, which is read page by page. It leaves out what was deleted. */
export class List {
  #items = [];
  state = 'loading';
  /** Whether the first page was read. */
  isRead = false;
  error = null;
  #next = null;
  #run = 0;
  #load;
  #changed;

  /**
   * Creates a list that is not loaded yet.
   * @param load loads a page after a cursor, which is null for the first
   * @param changed is called after each change
   */
  constructor(load, changed) {
    this.#load = load;
    this.#changed = changed;
  }

  get items() {
    return this.#items.filter((item) => !deletions.isHidden(idOf(item)));
  }

  get hasMore() {
    return this.#next !== null;
  }


  get isEmpty() {
    return this.state === 'ready' && this.items.length === 0 && !this.hasMore;
  }

  /** Loads the first page. A page that is still underway is ignored. */
  async load() {
    this.#items = [];
    this.isRead = false;
    await this.#read(null);
  }

  /** Loads the next page. An item that moved meanwhile is listed once. */
  async more() {
    if (this.state !== 'more') {
      await this.#read(this.#next);
    }
  }

  /** Repeats the attempt that failed. */
  async retry() {
    await this.#read(this.#next);
  }

  async #read(cursor) {
    const run = ++this.#run;
    this.state = cursor === null ? 'loading' : 'more';
    this.error = null;
    this.#changed();
    try {
      const { data } = await this.#load(cursor);
      if (run === this.#run) {
        this.#take(data);
      }
    } catch (error) {
      if (run === this.#run) {
        Object.assign(this, { state: 'failed', error });
        this.#next = cursor;
      }
    }
    this.#changed();
  }

  /** Items may have been added while the page was underway. */
  #take({ items, next }) {
    const known = new Set(this.#items.map(idOf));
    this.#items = [...this.#items, ...items.filter((item) => !known.has(idOf(item)))];
    this.#next = next;
    this.isRead = true;
    this.state = 'ready';
  }

  remove(id) {
    this.#items = this.#items.filter((item) => idOf(item) !== id);
    this.#changed();
  }

  /** Puts an item in front, in place of an older state of it. */
  prepend(...items) {
    const ids = new Set(items.map(idOf));
    this.#items = [...items, ...this.#items.filter((item) => !ids.has(idOf(item)))];
    this.#changed();
  }

  /** Adds the items of a list that is ordered by id, the highest first. */
  merge(items) {
    const known = new Set(this.#items.map(idOf));
    this.#items = [...this.#items, ...items.filter((item) => !known.has(idOf(item)))].sort((one, other) => (idOf(one) < idOf(other) ? 1 : -1));
    this.#changed();
  }

  replace(item) {
    this.#items = this.#items.map((each) => (idOf(each) === idOf(item) ? item : each));
    this.#changed();
  }
}

export function idOf(item) {
  return item.id ?? item.member?.id;
}

/** The query of a page of a list. */
export function pageQuery(cursor, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...parameters, cursor })) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  return query.size > 0 ? `?${query}` : '';
}
