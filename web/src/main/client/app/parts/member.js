/** Members as avatars, names and cards, and the button to follow them. */

import { call } from '../api.js';
import { hue, initials } from '../format.js';
import { logInAddress, navigate } from '../router.js';
import { session } from '../session.js';
import { explain } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, View } from '../view.js';

export function avatar({ id, name }, size = '') {
  return html`<span class="avatar ${size} ${hue(id)}" aria-hidden="true">${initials(name)}</span>`;
}

export function memberLink({ id, name }) {
  return html`<a class="name" href="/members/${id}"><bdi>${name}</bdi></a>`;
}

/** A row with a member; `aside` is at its end. */
export function memberRow(card, { note = nothing, aside = nothing } = {}) {
  return html`<li class="row">
    ${avatar(card)}
    <div class="grow">${memberLink(card)}
      <span class="soft handle">@${card.handle}</span>${note}</div>
    ${aside}
  </li>`;
}

export function memberList(cards, options = () => ({})) {
  return html`<ul class="rows">${cards.map((card) => memberRow(card, options(card)))}</ul>`;
}

/** Follows a member, or ends that. The state changes at once, and back if it fails. */
class FollowButton extends View {
  following = false;

  start() {
    this.following = this.data.following ?? false;
  }

  set data(value) {
    if (super.data?.member.id !== value.member.id || super.data?.following !== value.following) {
      this.following = value.following ?? false;
    }
    super.data = value;
  }

  get data() {
    return super.data;
  }

  async #toggle() {
    if (!session.member) {
      navigate(logInAddress());
      return;
    }
    if (this.busy) {
      return;
    }
    const { member, changed } = this.data;
    const following = !this.following;
    this.set({ following, busy: true });
    try {
      await call(following ? 'PUT' : 'DELETE', `/graph/following/${member.id}`);
      changed?.(following);
    } catch (error) {
      this.following = !following;
      toast(`${following ? 'Following' : 'Unfollowing'} ${member.name} failed. ${explain(error)}`);
    }
    this.set({ busy: false });
  }

  template() {
    const { member } = this.data;
    return html`<button type="button" class=${this.following ? 'quiet' : ''} aria-disabled=${this.busy ? 'true' : 'false'}
      aria-label="${this.following ? 'Following' : 'Follow'} ${member.name}" title=${this.following ? 'Unfollow' : nothing} @click=${() => this.#toggle()}>
      ${this.following ? 'Following' : 'Follow'}</button>`;
  }
}

customElements.define('agora-follow', FollowButton);

export function followButton(member, following, changed) {
  return session.isMe(member.id) ? nothing : html`<agora-follow .data=${{ member, following, changed }}></agora-follow>`;
}
