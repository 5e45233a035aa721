/** Products as cards. */

import { compact, firstCharacter, hue, price, stars } from '../format.js';
import { html, nothing } from '../view.js';

export function rating({ average, count }) {
  return count > 0
    ? html`<span class="rating"><span class="stars" aria-hidden="true">${stars(average)}</span>
        <span class="hidden">${average.toFixed(1)} of 5 stars,</span>
        <span class="soft">${average.toFixed(1)} (${compact(count)})</span></span>`
    : html`<span class="soft">No reviews yet</span>`;
}

/** A picture, or a tile with the category where there is none. */
export function picture({ id, category, title, imageUrl }, { eager = false } = {}) {
  return html`<div class="picture ${hue(category ?? id)}">
    <b aria-hidden="true">${firstCharacter(title)}</b><span aria-hidden="true">${category}</span>
    ${imageUrl
      ? html`<img src=${imageUrl} alt="" loading=${eager ? 'eager' : 'lazy'} decoding="async" referrerpolicy="no-referrer"
          @error=${(event) => event.target.remove()}>`
      : nothing}
  </div>`;
}

export function productGrid(products) {
  return html`<ul class="cards">${products.map((product) => html`<li class="card">
    ${picture(product)}
    <div class="body">
      <h2 dir="auto"><a href="/products/${product.id}">${product.title}</a></h2>
      <p class="price">${price(product.price)}</p>
      <p>${rating(product.rating)}</p>
      <p class="soft">by <bdi>${product.seller.name}</bdi></p>
    </div>
  </li>`)}</ul>`;
}

/** The product that an activity names. */
export function productCard(product, { before = null } = {}) {
  return html`<a class="attached" href="/products/${product.id}">
    <span class="dot ${hue(product.id)}" aria-hidden="true"></span>
    <bdi class="grow">${product.title}</bdi>
    ${before ? html`<span class="hidden">before</span><s class="soft">${price(before)}</s><span class="hidden">now</span>` : nothing}
    <span class="price">${price(product.price)}</span>
  </a>`;
}
