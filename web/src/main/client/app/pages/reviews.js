/** The reviews of a product, with the visitor's own. */

import { call, get } from '../api.js';
import { deletions } from '../deletions.js';
import { confirmDialog } from '../dialog.js';
import { focusError, formFailure, values } from '../form.js';
import { ago, exactTime, stars } from '../format.js';
import { List, pageQuery } from '../list.js';
import { avatar, memberLink } from '../parts/member.js';
import { logInAddress } from '../router.js';
import { session } from '../session.js';
import { empty, listTemplate } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, repeat, View } from '../view.js';

const NAMES = ['', 'poor', 'weak', 'fair', 'good', 'excellent'];

class Reviews extends View {
  error = null;

  start() {
    this.list = new List((cursor) => get(`${this.path}${pageQuery(cursor, { limit: 10 })}`), () => this.update());
    this.list.load();
  }

  connected() {
    this.listen(deletions, 'change', () => this.update());
  }

  get path() {
    return `/products/${this.data.product.id}/reviews`;
  }

  get mine() {
    return this.list.items.find(({ author }) => session.isMe(author.id));
  }

  async #save(event) {
    event?.preventDefault();
    const { stars: chosen, text } = values(this.querySelector('form'));
    this.set({ busy: true, error: null });
    try {
      await deletions.settle(this.deleted);
      const before = this.mine?.stars;
      const { data, status } = await call('PUT', `${this.path}/mine`, { body: { stars: Number(chosen), text: text || null } });
      this.#show(data);
      if (before || status === 201) {
        this.data.rated(before, data.stars);
      }
      toast(status === 200 && !before ? 'Your review replaces an earlier one.' : 'Your review is saved.');
    } catch (error) {
      this.set({ error });
      await this.rendered();
      focusError(this);
    }
    this.set({ busy: false });
  }

  #show(review) {
    deletions.show(review.id);
    if (this.mine) {
      this.list.replace(review);
    } else {
      this.list.prepend(review);
    }
    this.set({ editing: false });
  }

  async #delete() {
    if (!(await confirmDialog({ title: 'Delete your review?', text: 'The rating of the product changes too.', action: 'Delete' }))) {
      return;
    }
    const { id, stars: given } = this.mine;
    this.deleted = id;
    this.data.rated(given, null);
    const rateAgain = () => this.data.rated(null, given);
    deletions.start(id, {
      text: 'Your review is deleted.',
      run: () => call('DELETE', `${this.path}/mine`),
      undone: rateAgain,
      failed: rateAgain,
    });
  }

  template() {
    return html`${this.#formTemplate()}
      ${listTemplate(this.list, {
        label: 'Loading reviews',
        none: empty('No reviews yet', session.isMe(this.data.product.seller.id) ? 'Reviews of other members appear here.' : 'Be the first to review it.'),
        items: (reviews) => html`<ul class="rows">${repeat(reviews, ({ id }) => id, (review) => this.#reviewTemplate(review))}</ul>`,
      })}`;
  }

  #formTemplate() {
    if (session.isMe(this.data.product.seller.id) || this.list.state === 'loading') {
      return nothing;
    }
    if (!session.member) {
      return html`<p><a href=${logInAddress()}>Log in</a> to write a review.</p>`;
    }
    const { mine } = this;
    if (mine && !this.editing) {
      return nothing;
    }
    return html`<form class="panel review-form" @submit=${(event) => this.#save(event)}>
      <fieldset class="choice-of-stars"><legend>${mine ? 'Your review' : 'Review it'}</legend>
        ${[1, 2, 3, 4, 5].map((value) => html`<label><input type="radio" name="stars" value=${value} required ?checked=${mine?.stars === value}>
          <span aria-hidden="true">★</span><span class="hidden">${value} of 5, ${NAMES[value]}</span></label>`)}
      </fieldset>
      <div class="field"><label for="review-text">Text <span class="soft">(optional)</span></label>
        <textarea id="review-text" name="text" rows="3" dir="auto" maxlength="5000" .value=${mine?.text ?? ''}></textarea></div>
      ${formFailure(this.error, [], () => this.#save())}
      <div class="actions">${mine ? html`<button type="button" class="quiet" @click=${() => this.set({ editing: false })}>Cancel</button>` : nothing}
        <button type="submit" ?disabled=${this.busy}>Save the review</button></div>
    </form>`;
  }

  #reviewTemplate(review) {
    const { author, stars: given, text, createdAt, updatedAt } = review;
    return html`<li class="row review">${avatar(author)}
      <div class="grow">
        <p>${memberLink(author)} <span class="stars" aria-hidden="true">${stars(given)}</span><span class="hidden">${given} of 5 stars</span></p>
        ${text ? html`<p class="text" dir="auto">${text}</p>` : nothing}
        <p class="soft small"><time datetime=${createdAt} title=${exactTime(createdAt)}>${ago(createdAt)}</time>${updatedAt !== createdAt ? ', edited' : ''}
          ${session.isMe(author.id)
            ? html` · <button type="button" class="link" @click=${() => this.set({ editing: true, error: null })}>Edit<span class="hidden"> your review</span></button>
                · <button type="button" class="link" @click=${() => this.#delete()}>Delete<span class="hidden"> your review</span></button>`
            : nothing}</p>
      </div></li>`;
  }
}

customElements.define('agora-reviews', Reviews);
