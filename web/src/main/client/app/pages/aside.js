/** What stands beside the feed on wide screens. */

import { get } from '../api.js';
import { live } from '../live.js';
import { avatar, followButton, memberLink } from '../parts/member.js';
import { html, nothing, View } from '../view.js';

const FEW = 5;
const LABELS = { open: 'Live: new posts appear here.', waiting: 'Connecting…', closed: 'Connecting…', unavailable: 'No live updates at the moment.' };

class Aside extends View {
  suggestions = [];

  start() {
    if (matchMedia('(min-width: 64rem)').matches) {
      get(`/graph/suggestions?limit=${FEW}`).then(({ data }) => this.set({ suggestions: data.items }), () => {});
    }
  }

  connected() {
    this.listen(live, 'status', () => this.update());
  }

  template() {
    return html`<section class="aside" aria-label="Suggestions">
      ${this.suggestions.length > 0
        ? html`<section class="panel"><h2>People you may know</h2>
            <ul class="rows">${this.suggestions.map(({ member, mutual }) => html`<li class="row">${avatar(member)}
              <div class="grow">${memberLink(member)}
                <span class="soft">${mutual} mutual</span></div>
              ${followButton(member, false)}</li>`)}</ul>
            <p><a href="/people">All suggestions</a></p></section>`
        : nothing}
      <p class="live soft ${live.status}" role="status"><i aria-hidden="true"></i>${LABELS[live.status]}</p>
      <p class="soft small"><a href="/pages/trending">Trending products</a> · <a href="/api/v1/docs">API</a></p>
    </section>`;
  }
}

customElements.define('agora-aside', Aside);
