/** The home feed, or a welcome for visitors without a session. */

import { call, get } from '../api.js';
import { deletions } from '../deletions.js';
import { confirmDialog } from '../dialog.js';
import { sleep } from '../events.js';
import { count } from '../format.js';
import { formFailure } from '../form.js';
import { List, pageQuery } from '../list.js';
import { live } from '../live.js';
import { outbox } from '../outbox.js';
import { activityItem, isKnown } from '../parts/activity.js';
import { productCard, productGrid } from '../parts/product.js';
import { session } from '../session.js';
import { empty, failure, listTemplate } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, repeat, View } from '../view.js';

const MARKED = 8_000;
const SETTLED = 5_000;
const LONGEST_PAUSE = 30_000;
/** More activities than these are not merged into the feed, but listed again. */
const MANY = 100;

class Home extends View {
  pageTitle = 'Home';
  /** Activities that arrived while the page was open, newest first. */
  arrivals = [];
  /** Whether activities are missing between the arrivals and the feed. */
  gap = false;
  /** The highest id up to which the page has all activities. */
  #completeTo = '';
  /** Whether activities may have been missed since. */
  #isBehind = true;
  #catchingUp = false;
  #catchUps = 0;
  sent = new Set();

  start() {
    if (!session.member) {
      this.products = new List((cursor) => get(`/products${pageQuery(cursor, { limit: 8 })}`), () => this.update());
      this.products.load();
      return;
    }
    this.feed = new List((cursor) => this.#read(cursor), () => this.update());
    this.feed.load();
    const product = this.query.get('product');
    if (product) {
      this.set({ waitsForProduct: true });
      get(`/products/${encodeURIComponent(product)}`).then(({ data }) => this.set({ product: data }), () => {}).finally(() => this.set({ waitsForProduct: false }));
    }
  }

  connected() {
    if (!this.feed) {
      return;
    }
    this.#catchingUp = false;
    this.#isBehind = live.status !== 'open';
    if (this.feed.isRead) {
      this.#catchUp();
    }
    this.listen(live, 'activity', (event) => this.#arriveLive(event.detail));
    this.listen(live, 'status', () => (this.#isBehind ||= live.status !== 'open'));
    this.listen(live, 'ready', (event) => this.#onReady(event.detail));
    this.listen(outbox, 'change', () => this.update());
    this.listen(deletions, 'change', () => this.update());
    this.listen(outbox, 'sent', (event) => this.#confirm(event.detail));
    const clock = setInterval(() => this.update(), 60_000);
    this.connection.signal.addEventListener('abort', () => clearInterval(clock));
  }

  async #read(cursor) {
    const page = await get(`/feed${pageQuery(cursor)}`);
    if (cursor === null) {
      this.#completeTo = highest(page.data.items);
    }
    return page;
  }

  #onReady({ resumed, complete }) {
    if (!resumed || !complete) {
      this.#catchUpTwice();
    } else if (!this.#catchingUp) {
      this.#beComplete();
    }
  }

  /** An activity from right before the stream can be in it no more, and not yet in the feed. */
  async #catchUpTwice() {
    const { signal } = this.connection;
    await this.#catchUp();
    await sleep(SETTLED, signal);
    if (!signal.aborted) {
      await this.#catchUp();
    }
  }

  /**
   * Lists the newest activities again, since a stream sends only what comes after it. A
   * failure is repeated for as long as the page is shown.
   */
  async #catchUp() {
    const { signal } = this.connection;
    const number = ++this.#catchUps;
    this.#isBehind = true;
    this.#catchingUp = true;
    for (let pause = 1_000; !signal.aborted && number === this.#catchUps; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const { page, retryAfter = 0 } = await this.#readNewest();
      if (page && this.feed.isRead && !signal.aborted && number === this.#catchUps) {
        this.#catchingUp = false;
        this.#addNewest(page);
        return;
      }
      await sleep(Math.max(pause, 1000 * retryAfter), signal);
    }
  }

  /** Without a first page there is nothing to add to. */
  async #readNewest() {
    return this.feed.isRead ? get('/feed').then(({ data }) => ({ page: data }), ({ retryAfter }) => ({ retryAfter })) : {};
  }

  #addNewest({ items, next }) {
    const known = new Set([...this.feed.items, ...this.arrivals].map(({ id }) => id));
    const beginsLater = items.every(({ id }) => id > this.#completeTo);
    const lacks = (each) => each.id <= this.#completeTo && isKnown(each) && !known.has(each.id) && !deletions.isHidden(each.id);
    const hidesRest = !this.feed.hasMore && items.some(lacks);
    this.gap ||= next !== null && (beginsLater || hidesRest);
    this.#arrive(items);
    this.#beComplete();
  }

  /** The page has all activities up to now, unless there is a gap. */
  #beComplete() {
    this.#isBehind = false;
    if (!this.gap) {
      this.#completeTo = this.#newest();
    }
  }

  /** The highest id so far; no activity on the page is newer. */
  #newest() {
    return highest([...this.feed.items, ...this.arrivals]);
  }

  #newestOwn() {
    return highest(this.feed.items.filter(({ author }) => session.isMe(author.id)));
  }

  #arriveLive(activity) {
    this.#arrive([activity]);
    if (!this.#isBehind) {
      this.#beComplete();
    }
  }

  /** Activities that are older than the last one on the page come with its next part. */
  #arrive(activities) {
    const last = this.feed.hasMore ? this.feed.items.at(-1)?.id ?? '' : '';
    const fresh = activities.filter((each) => isKnown(each) && each.id > last);
    const known = new Set(this.arrivals.map(({ id }) => id));
    const others = fresh.filter(({ author, id }) => !session.isMe(author.id) && !known.has(id));
    if (!this.gap) {
      this.feed.merge(fresh.filter((each) => session.isMe(each.author.id)));
    }
    this.gap ||= this.arrivals.length + others.length > MANY;
    this.set({ arrivals: [...this.arrivals, ...others].slice(-MANY) });
  }

  get unseen() {
    const seen = new Set(this.feed.items.map(({ id }) => id));
    return this.arrivals.filter(({ id }) => !seen.has(id));
  }

  async #showArrivals() {
    const first = this.#newest();
    const { unseen, gap } = this;
    this.set({ arrivals: [], gap: false });
    if (gap) {
      await this.feed.load();
    } else {
      this.feed.merge(unseen);
    }
    await this.rendered();
    scrollTo({ top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    this.querySelector(`#activity-${first}`)?.focus({ preventScroll: true });
  }

  #confirm(activity) {
    this.sent.add(activity.id);
    this.feed.merge([activity]);
    setTimeout(() => this.sent.delete(activity.id) && this.update(), MARKED);
  }

  #edit(draft) {
    this.querySelector('agora-composer').restore(draft.text, draft.product);
    outbox.remove(draft.key);
  }

  async #remove(activity) {
    if (!(await confirmDialog({ title: 'Delete this post?', text: 'It disappears from all feeds.', action: 'Delete' }))) {
      return;
    }
    deletions.start(activity.id, { text: 'The post is deleted.', run: () => call('DELETE', `/posts/${activity.id}`) });
  }

  template() {
    return this.feed ? this.#feedTemplate() : this.#welcomeTemplate();
  }

  #feedTemplate() {
    const unseen = this.unseen.length;
    return html`<div class="columns">
      <div class="middle">
        <h1 class="hidden">Home</h1>
        ${this.waitsForProduct ? nothing : html`<agora-composer .data=${{ product: this.product, send: (post) => outbox.send({ ...post, after: this.#newestOwn() }) }}></agora-composer>`}
        <div class="arrivals" aria-live="polite">${unseen > 0 || this.gap
          ? html`<button type="button" @click=${() => this.#showArrivals()}>${this.gap ? 'Many new posts' : count(unseen, 'new post')}</button>`
          : nothing}</div>
        <section class="panel feed" aria-label="Feed">
          ${repeat(outbox.posts, ({ key }) => key, (draft) => this.#draftTemplate(draft))}
          ${listTemplate(this.feed, {
            label: 'Loading your feed',
            none: outbox.posts.length > 0 ? nothing : empty('Your feed is empty', 'Write a first post, or follow people to see what they do.',
              html`<p><a class="button" href="/people">Find people</a></p>`),
            items: (items) => repeat(items.filter((each) => isKnown(each) && !outbox.has(each)), ({ id }) => id, (activity) => activityItem(activity, {
              state: this.sent.has(activity.id) ? 'sent' : null,
              remove: () => this.#remove(activity),
            })),
          })}
        </section>
      </div>
      <agora-aside></agora-aside>
    </div>`;
  }

  #draftTemplate(draft) {
    const activity = { id: draft.key, verb: 'posted', author: draft.author, text: draft.text, at: new Date().toISOString() };
    return activityItem(activity, {
      state: draft.error?.status === 0 ? 'unconfirmed' : draft.state,
      footer: html`${draft.product ? productCard(draft.product) : nothing}
        ${draft.error
          ? html`${draft.error.passes
              ? failure(draft.error, () => outbox.send(draft), { automatic: false, online: true })
              : formFailure(draft.error, [])}
            <p class="tools"><button type="button" class="link" @click=${() => this.#edit(draft)}>Edit the post</button></p>`
          : nothing}`,
    });
  }

  #welcomeTemplate() {
    return html`<div class="welcome">
      <section class="hero">
        <h1>A marketplace of people you know</h1>
        <p>List what you make, review what you use, and see what the people you follow do, as it happens.</p>
        <p class="actions"><a class="button" href="/join">Join Agora</a> <a class="button quiet" href="/login">Log in</a></p>
      </section>
      <section aria-labelledby="newest"><h2 id="newest">New products</h2>
        ${listTemplate(this.products, {
          none: empty('No products yet', 'Join and list the first one.'),
          items: productGrid,
          more: 'Show more products',
        })}
      </section>
    </div>`;
  }
}

customElements.define('agora-home', Home);

/** The highest id of some activities. Ids are in the order of their times. */
function highest(activities) {
  return activities.reduce((found, { id }) => (id > found ? id : found), '');
}

// A follower is worth a message on any page.
live.addEventListener('follower', ({ detail: { member } }) => toast(`${member.name} follows you now.`));
