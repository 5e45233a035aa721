/** The home feed, or a welcome for visitors without a session. */

import { call, get } from '../api.js';
import { confirmDialog } from '../dialog.js';
import { sleep } from '../events.js';
import { List, pageQuery } from '../list.js';
import { live } from '../live.js';
import { outbox } from '../outbox.js';
import { activityItem, isKnown } from '../parts/activity.js';
import { productCard, productGrid } from '../parts/product.js';
import { session } from '../session.js';
import { empty, failure, listTemplate } from '../states.js';
import { deleteLater, toast } from '../toast.js';
import { html, nothing, repeat, View } from '../view.js';

const MARKED = 8_000;
const SETTLED = 5_000;

class Home extends View {
  pageTitle = 'Home';
  /** Activities that arrived while the page was open, newest first. */
  arrivals = [];
  sent = new Set();

  start() {
    if (!session.member) {
      this.products = new List((cursor) => get(`/products${pageQuery(cursor, { limit: 8 })}`), () => this.update());
      this.products.load();
      return;
    }
    this.feed = new List((cursor) => get(`/feed${pageQuery(cursor)}`), () => this.update());
    this.feed.load();
    const product = this.query.get('product');
    if (product) {
      this.set({ waitsForProduct: true });
      get(`/products/${product}`).then(({ data }) => this.set({ product: data }), () => {}).finally(() => this.set({ waitsForProduct: false }));
    }
  }

  connected() {
    if (!this.feed) {
      return;
    }
    if (this.feed.state === 'ready') {
      this.#catchUp();
    }
    this.listen(live, 'activity', (event) => this.#arrive([event.detail]));
    this.listen(live, 'ready', (event) => !(event.detail.resumed && event.detail.complete) && this.#catchUpTwice());
    this.listen(outbox, 'change', () => this.update());
    this.listen(outbox, 'sent', (event) => this.#confirm(event.detail));
    const clock = setInterval(() => this.update(), 60_000);
    this.connection.signal.addEventListener('abort', () => clearInterval(clock));
  }

  /** An activity from right before the stream can be in it no more, and not yet in the feed. */
  async #catchUpTwice() {
    await this.#catchUp();
    await sleep(SETTLED, this.connection.signal);
    await this.#catchUp();
  }

  /** Lists the newest activities again, since a stream sends only what comes after it. */
  async #catchUp() {
    if (this.feed.state !== 'ready' || !this.isConnected) {
      return;
    }
    const { data } = await get('/feed').catch(() => ({ data: { items: [] } }));
    this.#arrive(data.items);
  }

  /** Activities that are older than the last one on the page come with its next part. */
  #arrive(activities) {
    const last = this.feed.hasMore ? this.feed.items.at(-1)?.id ?? '' : '';
    const fresh = activities.filter((each) => isKnown(each) && each.id > last);
    this.feed.merge(fresh.filter(({ author, verb }) => session.isMe(author.id) && verb !== 'posted'));
    const known = new Set(this.arrivals.map(({ id }) => id));
    this.set({ arrivals: [...this.arrivals, ...fresh.filter(({ author, id }) => !session.isMe(author.id) && !known.has(id))] });
  }

  get unseen() {
    const seen = new Set(this.feed.items.map(({ id }) => id));
    return this.arrivals.filter(({ id }) => !seen.has(id));
  }

  async #showArrivals() {
    const first = this.unseen.map(({ id }) => id).sort().at(-1);
    this.feed.merge(this.unseen);
    this.set({ arrivals: [] });
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
    outbox.remove(draft.key);
    this.querySelector('agora-composer').restore(draft.text, draft.product);
  }

  async #remove(activity) {
    if (!(await confirmDialog({ title: 'Delete this post?', text: 'It disappears from all feeds.', action: 'Delete' }))) {
      return;
    }
    this.feed.remove(activity.id);
    deleteLater('The post is deleted.', ({ keepalive }) => call('DELETE', `/posts/${activity.id}`, { keepalive }), () => this.feed.merge([activity]));
  }

  template() {
    return this.feed ? this.#feedTemplate() : this.#welcomeTemplate();
  }

  #feedTemplate() {
    const unseen = this.unseen.length;
    return html`<div class="columns">
      <div class="middle">
        <h1 class="hidden">Home</h1>
        ${this.waitsForProduct ? nothing : html`<agora-composer .data=${{ product: this.product, send: (post) => outbox.send(post) }}></agora-composer>`}
        <div class="arrivals" aria-live="polite">${unseen > 0
          ? html`<button type="button" @click=${() => this.#showArrivals()}>
              ${unseen} new ${unseen === 1 ? 'post' : 'posts'}</button>`
          : nothing}</div>
        <section class="panel feed" aria-label="Feed">
          ${repeat(outbox.posts, ({ key }) => key, (draft) => this.#draftTemplate(draft))}
          ${listTemplate(this.feed, {
            label: 'Loading your feed',
            none: outbox.posts.length > 0 ? nothing : empty('Your feed is empty', 'Write a first post, or follow people to see what they do.',
              html`<p><a class="button" href="/people">Find people</a></p>`),
            items: (items) => repeat(items.filter(isKnown), ({ id }) => id, (activity) => activityItem(activity, {
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
      state: draft.state,
      footer: html`${draft.product ? productCard(draft.product) : nothing}
        ${draft.error
          ? html`${draft.error.passes
              ? failure(draft.error, () => outbox.send(draft), { automatic: false })
              : html`<div class="notice bad" role="alert"><p>${draft.error.fields.text ? `The text ${draft.error.fields.text}.` : draft.error.message}</p></div>`}
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

// A follower is worth a message on any page.
live.addEventListener('follower', ({ detail: { member } }) => toast(`${member.name} follows you now.`));
