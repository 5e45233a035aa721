/** The people that the visitor may know. */

import { call, get } from '../api.js';
import { field, values } from '../form.js';
import { count, handleOf } from '../format.js';
import { List, pageQuery } from '../list.js';
import { followButton, memberRow } from '../parts/member.js';
import { navigate } from '../router.js';
import { empty, explain, listTemplate } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, repeat, View } from '../view.js';

class People extends View {
  pageTitle = 'People';
  dismissed = new Set();

  start() {
    this.list = new List((cursor) => get(`/graph/suggestions${pageQuery(cursor)}`), () => this.update());
    this.list.load();
  }

  #find(event) {
    event.preventDefault();
    const { handle } = values(event.target);
    navigate(`/@${encodeURIComponent(handleOf(handle))}`);
  }

  /** The next suggestion takes the place and the focus. */
  async #dismiss({ member }, button) {
    const next = button.closest('li').nextElementSibling;
    this.#hide(member.id, true);
    await this.rendered();
    (next?.querySelector('.dismiss') ?? this.querySelector('h2')).focus();
    try {
      await call('DELETE', `/graph/suggestions/${member.id}`);
    } catch (error) {
      this.#hide(member.id, false);
      toast(`The suggestion is still there. ${explain(error)}`);
    }
  }

  #hide(id, hidden) {
    if (hidden) {
      this.dismissed.add(id);
    } else {
      this.dismissed.delete(id);
    }
    this.update();
  }

  template() {
    return html`<div class="page narrow"><h1>People</h1>
      <form class="panel inline" role="search" aria-label="Members" @submit=${(event) => this.#find(event)}>
        ${field('Find a member by handle', 'handle', { required: true, maxlength: 31, autocapitalize: 'none', placeholder: 'ann' })}
        <button type="submit">Find</button>
      </form>
      <h2 tabindex="-1">People you may know</h2>
      ${listTemplate(this.list, {
        label: 'Loading suggestions',
        none: empty('No suggestions yet', 'Suggestions are friends of your friends. Follow people who follow you to have friends.'),
        items: (items) => html`<ul class="rows panel">${repeat(items.filter(({ member }) => !this.dismissed.has(member.id)), ({ member }) => member.id, (suggestion) => memberRow(suggestion.member, {
          note: html`<p class="soft small">${suggestion.mutual > 0 ? html`<a href="/members/${suggestion.member.id}/mutual">${count(suggestion.mutual, 'mutual friend')}</a>` : nothing}</p>`,
          aside: html`<span class="actions">${followButton(suggestion.member, false)}
            <button type="button" class="quiet dismiss" aria-label="Do not suggest ${suggestion.member.name}" @click=${(event) => this.#dismiss(suggestion, event.target)}>Dismiss</button></span>`,
        }))}</ul>`,
      })}
    </div>`;
  }
}

customElements.define('agora-people', People);
