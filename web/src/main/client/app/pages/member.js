/** The profile of a member. */

import { call, get } from '../api.js';
import { deletions } from '../deletions.js';
import { confirmDialog } from '../dialog.js';
import { compact, day } from '../format.js';
import { List, pageQuery } from '../list.js';
import { activityItem, isKnown } from '../parts/activity.js';
import { avatar, followButton, memberList } from '../parts/member.js';
import { productGrid } from '../parts/product.js';
import { navigate, setTitle } from '../router.js';
import { session } from '../session.js';
import { empty, explain, failure, listTemplate, loading } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, repeat, View } from '../view.js';

const LISTS = {
  activity: { label: 'Activity', path: (id) => `/feed/members/${id}`, open: true, none: 'Posts, products and reviews appear here.' },
  products: { label: 'Products', path: () => '/products', query: (id) => ({ seller: id, limit: 24 }), open: true, none: 'Products for sale appear here.' },
  followers: { label: 'Followers', path: (id) => `/graph/members/${id}/followers`, none: 'Members who follow appear here.' },
  following: { label: 'Following', path: (id) => `/graph/members/${id}/following`, none: 'The members that are followed appear here.' },
  friends: { label: 'Friends', path: (id) => `/graph/members/${id}/friends`, none: 'Friends are members who follow each other.' },
  mutual: { label: 'Mutual friends', path: (id) => `/graph/members/${id}/mutual-friends`, other: true, none: 'You have no friends in common.' },
};

class MemberPage extends View {
  member = null;
  graph = null;
  #graphs = 0;
  error = null;

  start() {
    this.tab = this.params.list ?? 'activity';
    this.#load();
  }

  connected() {
    this.listen(deletions, 'change', () => this.update());
  }

  get id() {
    return encodeURIComponent(this.params.id);
  }

  async #load() {
    this.set({ error: null });
    this.#loadList();
    this.#loadGraph();
    try {
      const { data } = await get(`/members/${this.id}`);
      setTitle(this, data.name);
      this.set({ member: data });
    } catch (error) {
      this.set({ error });
    }
  }

  #loadList() {
    const list = LISTS[this.tab];
    if (list && (list.open || session.member)) {
      this.list = new List((cursor) => get(`${list.path(this.id)}${pageQuery(cursor, list.query?.(this.params.id))}`), () => this.update());
      this.list.load();
    }
  }

  /** The path between the visitor and the member may have changed with the follows. */
  async #loadGraph() {
    const number = ++this.#graphs;
    this.set({ graphError: null, path: null });
    const result = await get(`/graph/members/${this.id}`).then(({ data }) => ({ graph: data }), (error) => ({ graphError: error }));
    // A response that was overtaken shows an older state.
    if (number === this.#graphs) {
      this.set(result);
    }
  }

  /** The search can be long, so that it runs when somebody asks for it. */
  async #findPath() {
    if (this.searching) {
      return;
    }
    this.set({ searching: true });
    try {
      this.set({ path: (await get(`/graph/members/${this.id}/path`)).data });
    } catch (error) {
      this.set(error.status === 404 ? { path: { items: [] } } : {});
      if (error.status !== 404) {
        toast(`The path was not found. ${explain(error)}`);
      }
    }
    this.set({ searching: false });
  }

  async #block(blocked) {
    const { name, id } = this.member;
    if (blocked && !(await confirmDialog({ title: `Block ${name}?`, text: 'You no longer follow each other, and neither of you sees the other in feeds and lists.', action: 'Block' }))) {
      return;
    }
    try {
      await call(blocked ? 'PUT' : 'DELETE', `/graph/blocks/${id}`);
      toast(blocked ? `You have blocked ${name}.` : `You no longer block ${name}.`);
      this.#loadGraph();
      this.#loadList();
    } catch (error) {
      toast(`That failed. ${explain(error)}`);
    }
  }

  template() {
    if (this.error) {
      return html`<div class="page narrow"><h1>Member</h1>${this.error.status === 404 || this.error.status === 400
        ? empty('There is no such member', 'The account may have been deleted.') : failure(this.error, () => this.#load())}</div>`;
    }
    if (!LISTS[this.tab]) {
      return html`<div class="page narrow"><h1>Not found</h1>${empty('There is no such list', 'A profile has activity, products, followers, following and friends.')}</div>`;
    }
    return this.member ? html`<div class="page profile">${this.#header()}${this.#tabs()}${this.#listTemplate()}</div>`
      : html`<div class="page">${loading('Loading the profile')}</div>`;
  }

  #header() {
    const { member, graph } = this;
    const relation = graph?.relation;
    return html`<header class="panel head">
      ${avatar(member, 'big')}
      <div class="grow"><h1 dir="auto">${member.name}</h1>
        <p class="soft">@${member.handle} · joined ${day(member.createdAt)}
          ${relation?.friend ? html`<span class="badge">Friend</span>` : relation?.followedBy ? html`<span class="badge">Follows you</span>` : nothing}</p>
        ${this.#counts()}
        ${this.#connection()}
        ${this.graphError ? failure(this.graphError, () => this.#loadGraph()) : nothing}
      </div>
      ${this.#actions(relation)}
    </header>`;
  }

  #counts() {
    const { graph } = this;
    return graph
      ? html`<ul class="figures">${['followers', 'following', 'friends'].map((name) => html`<li>
          <a href="/members/${this.params.id}/${name}"><strong>${compact(graph[name])}</strong> ${name}</a></li>`)}</ul>`
      : nothing;
  }

  #actions(relation) {
    if (session.isMe(this.member.id)) {
      return html`<p class="actions"><a class="button quiet" href="/settings">Settings</a></p>`;
    }
    if (!session.member) {
      return html`<p class="actions">${followButton(this.member, false)}</p>`;
    }
    return relation
      ? html`<p class="actions">${relation.blocked
          ? html`<button type="button" @click=${() => this.#block(false)}>Unblock</button>`
          : html`${followButton(this.member, relation.following, () => this.#loadGraph())}
              <button type="button" class="quiet" @click=${() => this.#block(true)}>Block</button>`}</p>`
      : nothing;
  }

  /** How the visitor is connected with the member. */
  #connection() {
    const { path, graph } = this;
    if (!graph?.relation || graph.relation.blocked || session.isMe(this.member.id)) {
      return nothing;
    }
    if (!path) {
      return html`<p class="small"><button type="button" class="link" aria-disabled=${this.searching ? 'true' : 'false'} @click=${() => this.#findPath()}>
        ${this.searching ? 'Searching…' : 'How are you connected?'}</button></p>`;
    }
    if (path.items.length < 2) {
      return html`<p class="soft small" role="status">No path of follows leads from you to ${this.member.name}.</p>`;
    }
    return html`<p class="path small" role="status"><span class="soft">How you are connected:</span>
      ${path.items.map((card, index) => html`${index > 0 ? html`<span class="soft" aria-hidden="true">→</span><span class="hidden">follows</span>` : nothing}
        ${index === 0 ? html`<span>You</span>` : html`<a href="/members/${card.id}"><bdi>${card.name}</bdi></a>`}`)}</p>`;
  }

  #tabs() {
    const own = session.isMe(this.params.id);
    return html`<nav class="tabs" aria-label="Profile">${Object.entries(LISTS)
      .filter(([, { other }]) => !other || (session.member && !own))
      .map(([name, { label }]) => html`<a href="/members/${this.params.id}${name === 'activity' ? '' : `/${name}`}"
        aria-current=${name === this.tab ? 'page' : nothing}>${label}</a>`)}</nav>`;
  }

  #listTemplate() {
    const { label, none } = LISTS[this.tab];
    if (!this.list) {
      return empty('Only members see this', 'Log in to see whom members follow.', html`<p><a class="button" href="/login?next=${encodeURIComponent(location.pathname)}">Log in</a></p>`);
    }
    return html`<section aria-label=${label}>${listTemplate(this.list, {
      label: `Loading ${label.toLowerCase()}`,
      none: empty('Nothing here yet', none),
      items: (items) => this.#items(items),
    })}</section>`;
  }

  #items(items) {
    if (this.tab === 'products') {
      return productGrid(items);
    }
    return this.tab === 'activity'
      ? html`<div class="panel feed">${repeat(items.filter(isKnown), ({ id }) => id, (activity) => activityItem(activity))}</div>`
      : html`<div class="panel">${memberList(items)}</div>`;
  }
}

/** Finds the member with a handle, for addresses such as `/@ann`. */
class HandlePage extends View {
  start() {
    this.#find();
  }

  async #find() {
    this.set({ error: null });
    try {
      const { data } = await get(`/members?handle=${encodeURIComponent(this.params.handle.toLowerCase())}`);
      if (this.isConnected) {
        navigate(`/members/${data.id}`, { replace: true });
      }
    } catch (error) {
      this.set({ error });
    }
  }

  template() {
    return html`<div class="page narrow"><h1>@${this.params.handle}</h1>${this.#content()}</div>`;
  }

  #content() {
    if (!this.error) {
      return loading('Looking for the member', 1);
    }
    return this.error.status === 404 || this.error.status === 400
      ? empty('There is no such member', `No member has the handle ${this.params.handle}.`)
      : failure(this.error, () => this.#find());
  }
}

customElements.define('agora-member', MemberPage);
customElements.define('agora-handle', HandlePage);
