/** The posts that were written here and are not confirmed. They outlive the page that shows them. */

import { call } from './api.js';
import { session } from './session.js';

const DRAFT = 'agora.draft';

/** The text of the next post, which outlives the document. */
export const draft = {
  get text() {
    return sessionStorage.getItem(DRAFT) ?? '';
  },
  set text(value) {
    if (value) {
      sessionStorage.setItem(DRAFT, value);
    } else {
      sessionStorage.removeItem(DRAFT);
    }
  },
};

class Outbox extends EventTarget {
  posts = [];

  constructor() {
    super();
    session.addEventListener('change', ({ detail }) => (detail === 'ended' ? this.#forget() : this.#save()));
    addEventListener('pagehide', () => this.#save());
    addEventListener('beforeunload', (event) => this.posts.length > 0 && event.preventDefault());
  }

  /** Sends a post, or sends it again: its key creates it once. */
  async send(post) {
    const sending = { author: session.member, ...post, state: 'sending', error: null };
    this.#change([sending, ...this.posts.filter(({ key }) => key !== post.key)]);
    try {
      const { data } = await call('POST', '/posts', { key: post.key, body: { text: post.text, productId: post.product?.id } });
      this.remove(post.key);
      this.dispatchEvent(new CustomEvent('sent', { detail: data }));
    } catch (error) {
      Object.assign(sending, { state: 'failed', error });
      this.#change(this.posts);
    }
  }

  remove(sent) {
    this.#change(this.posts.filter(({ key }) => key !== sent));
  }

  /** A document that ends, or a session that has ended elsewhere, leaves the texts as a draft. */
  #save() {
    const texts = this.posts.map(({ text }) => text).reverse();
    if (texts.length > 0) {
      draft.text = [draft.text, ...texts].filter(Boolean).join('\n');
      this.#change([]);
    }
  }

  #forget() {
    draft.text = '';
    this.#change([]);
  }

  #change(posts) {
    this.posts = posts;
    this.dispatchEvent(new Event('change'));
  }
}

export const outbox = new Outbox();
