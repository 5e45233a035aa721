/** The form of a new product, or of a change. */

import { call, FormKey, get } from '../api.js';
import { field, focusError, formFailure, values } from '../form.js';
import { navigate } from '../router.js';
import { session } from '../session.js';
import { empty, failure, loading } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, View } from '../view.js';

const SHOWN = ['title', 'category', 'price.amount', 'price.currency', 'price', 'stock', 'description', 'tags', 'imageUrl', 'attributes'];

class ProductForm extends View {
  error = null;
  fields = {};
  product = {};
  key = new FormKey();

  start() {
    this.pageTitle = this.params.id ? 'Edit a product' : 'List a product';
    if (this.params.id) {
      this.#load();
    }
  }

  async #load() {
    this.set({ state: 'loading', error: null });
    try {
      const { data, etag } = await get(`/products/${encodeURIComponent(this.params.id)}`);
      this.set({ product: data, etag, state: 'ready' });
    } catch (error) {
      this.set({ error, state: 'failed' });
    }
  }

  async #save(event) {
    event?.preventDefault();
    const form = this.querySelector('form');
    this.product = { ...this.product, ...bodyOf(values(form)) };
    this.set({ busy: true, error: null, fields: {} });
    try {
      const { data } = await this.#send(bodyOf(values(form)));
      toast(this.params.id ? 'The product is saved.' : 'The product is listed.');
      if (this.isConnected) {
        navigate(`/products/${data.id}`, { replace: true });
      }
    } catch (error) {
      this.set({ busy: false, error, fields: error.fields ?? {} });
      await this.rendered();
      focusError(this);
    }
  }

  #send(body) {
    const { id } = this.params;
    return id ? call('PUT', `/products/${encodeURIComponent(id)}`, { body, etag: this.etag }) : call('POST', '/products', { body, key: this.key.of(body) });
  }

  /** Saves what the form has in place of a change that was made meanwhile. */
  async #overwrite() {
    try {
      this.etag = (await get(`/products/${encodeURIComponent(this.params.id)}`)).etag;
      await this.#save();
    } catch (error) {
      this.set({ error });
    }
  }

  template() {
    return html`<div class="page narrow"><h1>${this.pageTitle}</h1>${this.#content()}</div>`;
  }

  #content() {
    if (this.state === 'loading') {
      return loading('Loading the product');
    }
    if (this.state === 'failed') {
      return this.error.status === 404 || this.error.status === 400 ? empty('There is no such product', 'It may have been deleted.') : failure(this.error, () => this.#load());
    }
    if (this.params.id && !session.isMe(this.product.seller.id)) {
      return empty('This product has another seller', 'Only its seller can change it.', html`<p><a href="/products/${this.params.id}">Show the product</a></p>`);
    }
    return this.#formTemplate();
  }

  #formTemplate() {
    const { product, fields } = this;
    return html`<form class="panel" @submit=${(event) => this.#save(event)}>
      ${field('Title', 'title', { value: product.title, required: true, maxlength: 200, error: fields.title })}
      ${field('Category', 'category', { value: product.category, required: true, maxlength: 50, pattern: '[a-z0-9\\-]+', autocapitalize: 'none', title: 'a to z, 0 to 9 and hyphens', hint: 'a–z, 0–9 and hyphens, such as books', error: fields.category })}
      <div class="pair">
        ${field('Price', 'amount', { value: product.price?.amount ?? '', type: 'number', min: 0, max: 1000000000, step: 'any', inputmode: 'decimal', required: true, error: fields['price.amount'] ?? fields.price })}
        ${field('Currency', 'currency', { value: product.price?.currency ?? 'EUR', required: true, pattern: '[A-Za-z]{3}', maxlength: 3, title: 'Three letters', error: fields['price.currency'] })}
        ${field('In stock', 'stock', { value: product.stock ?? 1, type: 'number', min: 0, max: 1000000000, step: 1, inputmode: 'numeric', required: true, error: fields.stock })}
      </div>
      ${field('Description', 'description', { value: product.description ?? '', lines: 6, maxlength: 5000, error: fields.description })}
      ${field('Tags', 'tags', { value: (product.tags ?? []).join(', '), hint: 'Up to 20, with commas between them', error: errorOf(fields, 'tags') })}
      ${field('Details', 'attributes', { value: linesOf(product.attributes), lines: 3, hint: 'One in each line, such as “Material: brass”', error: errorOf(fields, 'attributes') })}
      ${field('Address of a picture', 'imageUrl', { value: product.imageUrl ?? '', type: 'url', maxlength: 2000, error: fields.imageUrl })}
      ${this.#failure()}
      <div class="actions"><a class="button quiet" href=${this.params.id ? `/products/${this.params.id}` : '/products'}>Cancel</a>
        <button type="submit" ?disabled=${this.busy}>${this.params.id ? 'Save' : 'List the product'}</button></div>
    </form>`;
  }

  #failure() {
    if (this.error?.status === 412) {
      return html`<div class="notice bad" role="alert"><p>The product has changed since you opened it. Your changes are not saved.</p>
        <button type="button" class="quiet" @click=${() => this.#overwrite()}>Save mine</button>
        <button type="button" class="quiet" @click=${() => this.#load()}>Load the current state</button></div>`;
    }
    return this.error ? formFailure(this.error, [...SHOWN, ...Object.keys(this.fields).filter((name) => /^(tags|attributes)/.test(name))], () => this.#save()) : nothing;
  }
}

customElements.define('agora-product-form', ProductForm);

function bodyOf({ title, category, amount, currency, stock, description, tags, attributes, imageUrl }) {
  return {
    title,
    category,
    price: { amount: Number(amount), currency: currency.toUpperCase() },
    stock: Number(stock),
    description: description || null,
    tags: tags.split(',').map((tag) => tag.trim()).filter(Boolean),
    attributes: attributesOf(attributes),
    imageUrl: imageUrl || null,
  };
}

/** Reads lines such as “Material: brass”. */
function attributesOf(text) {
  const pairs = text.split('\n').map((line) => line.split(/:(.*)/s, 2).map((part) => (part ?? '').trim())).filter(([name]) => name);
  return Object.fromEntries(pairs.map(([name, value = '']) => [name, value]));
}

function linesOf(attributes) {
  return Object.entries(attributes ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** The error of a field or of one of its elements, such as `tags[2]`. */
function errorOf(fields, name) {
  return fields[name] ?? Object.entries(fields).find(([key]) => key.startsWith(`${name}[`) || key.startsWith(`${name}.`))?.[1];
}
