/** The activities of a feed. */

import { ago, exactTime, stars } from '../format.js';
import { session } from '../session.js';
import { html, nothing } from '../view.js';
import { avatar, memberLink } from './member.js';
import { productCard } from './product.js';

const SAYS = {
  posted: () => nothing,
  listed: () => 'listed a product',
  reduced: () => 'reduced a price',
  reviewed: ({ stars: count }) => html`reviewed a product
    <span class="stars" aria-hidden="true">${stars(count)}</span><span class="hidden">, ${count} of 5 stars</span>`,
  befriended: ({ friend }) => html`and ${memberLink(friend)} are friends now`,
};

const STATES = { sending: 'Sending…', failed: 'Not sent', unconfirmed: 'Not confirmed' };

/** An activity whose verb a later version has added is not shown. */
export function isKnown({ verb }) {
  return Object.hasOwn(SAYS, verb);
}

/**
 * An activity.
 * @param state `sending`, `sent`, `failed` or `unconfirmed` for a post that was just written
 * @param remove deletes it, if the caller may
 */
export function activityItem(activity, { state = null, remove = null, footer = nothing } = {}) {
  const { author, text, product, at, id, verb } = activity;
  return html`<article class="activity ${state ?? ''}" tabindex="-1" id="activity-${id}">
    ${avatar(author)}
    <div class="grow">
      <header>
        <p>${memberLink(author)} <span class="soft">${SAYS[verb](activity)}</span></p>
        ${STATES[state]
          ? html`<span class="when ${state === 'sending' ? 'soft' : 'bad-text'}">${STATES[state]}</span>`
          : html`<a class="soft when" href="/posts/${id}"><time datetime=${at} title=${exactTime(at)}>${ago(at)}</time></a>`}
        ${state === 'sent' ? html`<span class="confirmed" role="status">Sent</span>` : nothing}
      </header>
      ${text ? html`<p class="text" dir="auto">${text}</p>` : nothing}
      ${product ? productCard(product, { before: activity.previousPrice }) : nothing}
      ${footer}
      ${remove && verb === 'posted' && session.isMe(author.id) && !state
        ? html`<p class="tools"><button type="button" class="link" @click=${remove}>Delete<span class="hidden"> this post</span></button></p>`
        : nothing}
    </div>
  </article>`;
}
