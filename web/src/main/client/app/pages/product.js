/** A product with its reviews. */

import { call, get } from '../api.js';
import { deletions } from '../deletions.js';
import { confirmDialog } from '../dialog.js';
import { compact, count, day, number, price } from '../format.js';
import { avatar, memberLink } from '../parts/member.js';
import { picture, rating } from '../parts/product.js';
import { navigate, setTitle } from '../router.js';
import { session } from '../session.js';
import { empty, failure, loading } from '../states.js';
import { html, nothing, View } from '../view.js';

class ProductPage extends View {
  product = null;
  error = null;

  start() {
    this.#load();
  }

  async #load() {
    this.set({ error: null });
    try {
      const { data } = await get(`/products/${encodeURIComponent(this.params.id)}`);
      setTitle(this, data.title);
      this.set({ product: data });
    } catch (error) {
      this.set({ error });
    }
  }

  /** The service adds the stars of a review within seconds; this page shows them at once. */
  #rate(before, after) {
    const { product } = this;
    this.set({ product: { ...product, rating: changedRating(product.rating, before, after) } });
  }

  async #delete() {
    const { id, title } = this.product;
    if (!(await confirmDialog({ title: 'Delete this product?', text: `“${title}” and its reviews disappear.`, action: 'Delete' }))) {
      return;
    }
    navigate('/products', { replace: true });
    deletions.start(id, {
      text: 'The product is deleted.',
      run: () => call('DELETE', `/products/${id}`),
      undone: () => navigate(`/products/${id}`),
    });
  }

  template() {
    if (this.error) {
      return html`<div class="page"><h1>Product</h1>${this.error.status === 404 || this.error.status === 400
        ? empty('There is no such product', 'Its seller may have deleted it.', html`<p><a href="/products">All products</a></p>`)
        : failure(this.error, () => this.#load())}</div>`;
    }
    if (!this.product) {
      return html`<div class="page">${loading('Loading the product')}</div>`;
    }
    const { product } = this;
    return html`<div class="page product">
      ${picture(product, { eager: true })}
      <div class="about">
        <p class="soft"><a href="/products?category=${product.category}">${product.category}</a></p>
        <h1 dir="auto">${product.title}</h1>
        <p>${rating(product.rating)} <span class="soft">· ${count(product.views, 'view')}</span></p>
        <p class="price large">${price(product.price)}</p>
        <p class=${product.stock > 0 ? 'good-text' : 'bad-text'}>${product.stock > 0 ? `${number(product.stock)} in stock` : 'Sold out'}</p>
        <p class="seller">${avatar(product.seller)} <span>Sold by ${memberLink(product.seller)}</span></p>
        ${this.#actions(product)}
        ${product.description ? html`<p class="text" dir="auto">${product.description}</p>` : nothing}
        ${product.tags.length > 0
          ? html`<ul class="tags" aria-label="Tags">${product.tags.map((tag) => html`<li><a href="/products?tag=${encodeURIComponent(tag)}"><bdi>${tag}</bdi></a></li>`)}</ul>`
          : nothing}
        ${Object.keys(product.attributes).length > 0
          ? html`<dl class="facts">${Object.entries(product.attributes).map(([name, value]) => html`<div><dt dir="auto">${name}</dt><dd dir="auto">${value}</dd></div>`)}</dl>`
          : nothing}
        <p class="soft small">Listed ${day(product.createdAt)} · <a href="/pages/products/${product.id}">Page to share</a></p>
      </div>
      <section class="reviews" aria-labelledby="reviews"><h2 id="reviews">Reviews</h2>
        ${histogram(product.rating)}
        <agora-reviews .data=${{ product, rated: (before, after) => this.#rate(before, after) }}></agora-reviews>
      </section>
    </div>`;
  }

  #actions(product) {
    if (session.isMe(product.seller.id)) {
      return html`<p class="actions"><a class="button" href="/products/${product.id}/edit">Edit</a>
        <button type="button" class="quiet" @click=${() => this.#delete()}>Delete</button></p>`;
    }
    return session.member ? html`<p class="actions"><a class="button quiet" href="/?product=${product.id}">Post about it</a></p>` : nothing;
  }
}

customElements.define('agora-product', ProductPage);

/** The rating without the stars of the review before, and with those after; null for no review. */
function changedRating({ histogram: counts }, before, after) {
  const changed = counts.map((value, index) => Math.max(0, value - (before === index + 1 ? 1 : 0)) + (after === index + 1 ? 1 : 0));
  const all = changed.reduce((sum, value) => sum + value, 0);
  const total = changed.reduce((sum, value, index) => sum + value * (index + 1), 0);
  return { average: all > 0 ? total / all : null, count: all, histogram: changed };
}

function histogram({ count: all, histogram: counts }) {
  if (all === 0) {
    return nothing;
  }
  return html`<ul class="histogram" aria-label="Reviews by stars">${[5, 4, 3, 2, 1].map((value) => html`<li>
    <span>${value} ${value === 1 ? 'star' : 'stars'}</span>
    <meter min="0" max=${all} value=${counts[value - 1]} aria-label="${value} ${value === 1 ? 'star' : 'stars'}"></meter>
    <span class="soft">${compact(counts[value - 1])}</span></li>`)}</ul>`;
}
