/** The products by category, tag and seller. */

import { get } from '../api.js';
import { deletions } from '../deletions.js';
import { field, values } from '../form.js';
import { handleOf } from '../format.js';
import { icon } from '../icons.js';
import { List, pageQuery } from '../list.js';
import { productGrid } from '../parts/product.js';
import { navigate } from '../router.js';
import { session } from '../session.js';
import { empty, failure, listTemplate, loading } from '../states.js';
import { html, nothing, View } from '../view.js';

const SORTS = { newest: 'Newest first', price: 'Cheapest first', rating: 'Best first' };

class Products extends View {
  pageTitle = 'Products';
  error = null;

  start() {
    this.filter = Object.fromEntries(['category', 'tag', 'seller', 'sort'].map((name) => [name, this.query.get(name) ?? '']));
    this.#load();
  }

  connected() {
    this.listen(deletions, 'change', () => this.update());
  }

  /** The filter names the seller's handle, and the API wants the id. */
  async #load() {
    this.set({ error: null, list: null });
    const { seller, ...rest } = this.filter;
    try {
      const id = seller ? (await get(`/members?handle=${encodeURIComponent(seller)}`)).data.id : null;
      this.list = new List((cursor) => get(`/products${pageQuery(cursor, { ...rest, seller: id, limit: 24 })}`), () => this.update());
      await this.list.load();
    } catch (error) {
      this.set({ error });
    }
  }

  #search(event) {
    event.preventDefault();
    const { category, tag, seller, sort } = values(this.querySelector('form'));
    navigate(`/products${pageQuery(null, { category: category.toLowerCase(), tag, seller: handleOf(seller), sort: sort === 'newest' ? '' : sort })}`);
  }

  get categories() {
    return [...new Set((this.list?.items ?? []).map(({ category }) => category))].sort();
  }

  template() {
    const { category, tag, seller, sort } = this.filter;
    const filtered = category || tag || seller;
    return html`<div class="page">
      <header class="title"><h1>${category ? category : 'Products'}</h1>
        ${session.member
          ? html`<p class="actions"><a class="button quiet" href="/products/import">Import a file</a>
              <a class="button" href="/products/new">${icon('plus')} List a product</a></p>`
          : nothing}</header>
      <form class="filter panel" role="search" aria-label="Products" @submit=${(event) => this.#search(event)}>
        ${field('Category', 'category', { value: category, plain: true, list: 'categories', maxlength: 50, pattern: '[A-Za-z0-9\\-]*', title: 'Letters, digits and hyphens', autocapitalize: 'none', placeholder: 'books' })}
        ${field('Tag', 'tag', { value: tag, plain: true, maxlength: 40, autocapitalize: 'none' })}
        ${field('Seller', 'seller', { value: seller, plain: true, maxlength: 31, placeholder: 'handle', autocapitalize: 'none' })}
        <div class="field"><label for="sort">Order</label>
          <select id="sort" name="sort">${Object.entries(SORTS).map(([value, label]) => html`
            <option value=${value} ?selected=${value === (sort || 'newest')}>${label}</option>`)}</select></div>
        <datalist id="categories">${this.categories.map((name) => html`<option value=${name}></option>`)}</datalist>
        <button type="submit">Show</button>
        ${filtered ? html`<a class="button quiet" href="/products">Clear</a>` : nothing}
      </form>
      ${this.#resultTemplate(filtered)}
    </div>`;
  }

  #resultTemplate(filtered) {
    if (this.error) {
      return this.error.status === 404 || this.error.status === 400
        ? empty('There is no such seller', `No member has the handle ${this.filter.seller}.`)
        : failure(this.error, () => this.#load());
    }
    if (!this.list) {
      return loading('Looking for the seller', 1);
    }
    return listTemplate(this.list, {
      label: 'Loading products',
      none: filtered
        ? empty('No product matches', 'Try fewer filters.', html`<p><a href="/products">Show all products</a></p>`)
        : empty('No products yet', 'List the first one, or import a file of them.'),
      items: productGrid,
    });
  }
}

customElements.define('agora-products', Products);
