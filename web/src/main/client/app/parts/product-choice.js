/** A dialog in which the visitor chooses a product for a post. */

import { get } from '../api.js';
import { openDialog } from '../dialog.js';
import { price } from '../format.js';
import { List, pageQuery } from '../list.js';
import { session } from '../session.js';
import { empty, listTemplate } from '../states.js';
import { html } from '../view.js';

/** Resolves with the product, or with null. */
export function chooseProduct() {
  let mine = true;
  let list = null;
  return openDialog((close, update) => {
    const load = (own) => {
      mine = own;
      const seller = own ? session.member.id : null;
      list = new List((cursor) => get(`/products${pageQuery(cursor, { seller, limit: 10 })}`), () => queueMicrotask(update));
      list.load();
    };
    if (list === null) {
      load(true);
    }
    return html`<h2 id="dialog-title">Choose a product</h2>
      <div class="tabs" role="group" aria-label="Which products">
        <button type="button" aria-pressed=${mine ? 'true' : 'false'} @click=${() => load(true)}>Mine</button>
        <button type="button" aria-pressed=${mine ? 'false' : 'true'} @click=${() => load(false)}>Newest</button>
      </div>
      ${listTemplate(list, {
        none: empty(mine ? 'You have no products' : 'There are no products', 'Products that are listed appear here.'),
        items: (products) => html`<ul class="choices">${products.map((product) => html`<li>
          <button type="button" class="choice" @click=${() => close(product)}>
            <bdi class="grow">${product.title}</bdi> <span class="price">${price(product.price)}</span></button></li>`)}</ul>`,
      })}
      <div class="actions"><button type="button" class="quiet" @click=${() => close(null)}>Cancel</button></div>`;
  }, null);
}
