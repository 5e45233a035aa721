/** The form for a new post. It keeps its text until the post has been confirmed. */

import { newKey } from '../api.js';
import { price } from '../format.js';
import { icon } from '../icons.js';
import { drafts } from '../outbox.js';
import { session } from '../session.js';
import { html, nothing, View } from '../view.js';
import { avatar } from './member.js';
import { chooseProduct } from './product-choice.js';

const MAX = 5_000;
const NEARLY = 200;
const LONG_NAME = 24;

class Composer extends View {
  text = '';
  product = null;

  start() {
    this.product = this.data.product ?? null;
    this.author = session.member;
    this.text = drafts.find(this.author.id);
  }

  /** Puts the text of a post back that was not sent. */
  restore(text, product) {
    this.#write(this.text ? `${text}\n${this.text}` : text);
    this.set({ product: product ?? this.product });
    this.querySelector('textarea')?.focus();
  }

  #write(text) {
    this.set({ text });
    drafts.save(this.author.id, text);
  }

  /** The card with the current name, or the last one after the session. */
  get member() {
    return session.isMe(this.author.id) ? session.member : this.author;
  }

  /** With an input method, Enter may complete a word. */
  #onKey(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !composing) {
      this.#send(event);
    }
  }

  #send(event) {
    event.preventDefault();
    if (this.text.trim() === '' || this.left < 0) {
      this.querySelector('textarea').focus();
      return;
    }
    // The service stores this form, and the outbox compares texts.
    this.data.send({ key: newKey(), text: this.text.trim().normalize('NFC'), product: this.product });
    this.product = null;
    this.#write('');
  }

  async #attach() {
    const product = await chooseProduct();
    if (product) {
      this.set({ product });
    }
    this.querySelector('textarea').focus();
  }

  get left() {
    return MAX - Array.from(this.text).length;
  }

  template() {
    const { left } = this;
    const [name] = this.member.name.split(' ');
    return html`<form class="composer panel" @submit=${(event) => this.#send(event)}>
      ${avatar(this.member)}
      <div class="grow">
        <label class="hidden" for="post-text">Your post</label>
        <textarea id="post-text" rows="2" dir="auto" placeholder="What is new${name.length <= LONG_NAME ? `, ${name}` : ''}?" .value=${this.text}
          aria-describedby=${left < NEARLY ? 'post-left' : nothing} aria-invalid=${left < 0 ? 'true' : nothing}
          @input=${(event) => this.#write(event.target.value)}
          @keydown=${(event) => this.#onKey(event)}></textarea>
        ${this.product
          ? html`<p class="attached"><bdi class="grow">${this.product.title}</bdi>
              <span class="price">${price(this.product.price)}</span>
              <button type="button" class="link" @click=${() => this.set({ product: null })}>Remove<span class="hidden"> the product</span></button></p>`
          : nothing}
        <div class="actions">
          <button type="button" class="link" @click=${() => this.#attach()}>${icon('tag')} ${this.product ? 'Change' : 'Add'} product</button>
          <span class="grow"></span>
          ${left < NEARLY ? html`<span id="post-left" class=${left < 0 ? 'bad-text' : 'soft'}>${left} left</span>` : nothing}
          <button type="submit" ?disabled=${this.text.trim() === '' || left < 0}>Post</button>
        </div>
      </div>
    </form>`;
  }
}

customElements.define('agora-composer', Composer);
