/** The posts that were written here and are not confirmed. They outlive the page and the document that show them. */

import { ApiError, call } from './api.js';
import { session } from './session.js';
import { tabStore } from './storage.js';

const POSTS = 'agora.outbox';
const DRAFT = 'agora.draft';
const UNCONFIRMED = 'It is not known whether this post was sent. If you send it again, it appears once.';
const NO_SESSION = 'Your session had ended before this post was sent.';

/** The texts of posts that are being written, each for its author only. */
export const drafts = {
  find: (author) => tabStore.get(`${DRAFT}.${author}`) ?? '',
  save: (author, text) => tabStore.set(`${DRAFT}.${author}`, text || null),
};

class Outbox extends EventTarget {
  posts = [];
  #author = session.member?.id ?? null;
  #underway = new Set();

  constructor() {
    super();
    this.posts = this.#load();
    session.addEventListener('change', ({ detail }) => this.#onSession(detail));
    addEventListener('beforeunload', (event) => this.posts.length > 0 && event.preventDefault());
  }

  /**
   * Sends a post, or sends it again: its key creates it once.
   * @param post has `after`, the id of the author's newest activity before it
   */
  send(post) {
    const sent = this.#send(post).finally(() => this.#underway.delete(sent));
    this.#underway.add(sent);
    return sent;
  }

  /** Waits for the posts that are underway. */
  async settle() {
    await Promise.all(this.#underway);
  }

  async #send(post) {
    const sending = { author: session.member, ...post, state: 'sending', error: null };
    this.#change([sending, ...this.posts.filter(({ key }) => key !== post.key)]);
    try {
      const { data } = await call('POST', '/posts', { key: post.key, body: { text: post.text, productId: post.product?.id } });
      this.remove(post.key);
      if (session.isMe(data.author.id)) {
        this.dispatchEvent(new CustomEvent('sent', { detail: data }));
      }
    } catch (error) {
      Object.assign(sending, { state: 'failed', error: error.status === 401 ? unconfirmed(NO_SESSION) : error });
      this.#change(this.posts);
    }
  }

  remove(sent) {
    this.#change(this.posts.filter(({ key }) => key !== sent));
  }

  /** Whether an activity is a post whose response is still underway, or was lost. */
  has({ id, verb, text, author, product }) {
    return verb === 'posted' && session.isMe(author.id) && this.posts.some((post) => post.text === text && id > (post.after ?? '')
      && product?.id === post.product?.id && (post.state === 'sending' || post.error?.passes));
  }

  /** A member who logs in again finds the own posts, and nobody else does. A log-out here removes them. */
  #onSession(reason) {
    if (reason === 'ended') {
      drafts.save(this.#author, '');
      this.#change([]);
    }
    if (reason === 'started' || reason === 'elsewhere') {
      this.#author = session.member?.id ?? null;
      const posts = this.posts.filter(({ author }) => author.id === this.#author);
      this.#show([...posts, ...this.#load().filter(({ key }) => !posts.some((post) => post.key === key))]);
    }
  }

  /** The posts of the author whose confirmation another document has not seen. */
  #load() {
    const posts = tabStore.getJson(`${POSTS}.${this.#author}`) ?? [];
    return posts.map((post) => ({ ...post, state: 'failed', error: unconfirmed(UNCONFIRMED) }));
  }

  #change(posts) {
    const stored = posts.map(({ key, author, text, product, after }) => ({ key, author, text, product, after }));
    tabStore.setJson(`${POSTS}.${this.#author}`, stored.length > 0 ? stored : null);
    this.#show(posts);
  }

  #show(posts) {
    this.posts = posts;
    this.dispatchEvent(new Event('change'));
  }
}

export const outbox = new Outbox();

function unconfirmed(detail) {
  return new ApiError(0, { detail });
}
