/** The pages with one post, one job, and the page for unknown addresses. */

import { call, get } from '../api.js';
import { deletions } from '../deletions.js';
import { confirmDialog } from '../dialog.js';
import { activityItem, isKnown } from '../parts/activity.js';
import { navigate } from '../router.js';
import { empty, failure, loading } from '../states.js';
import { html, View } from '../view.js';

class PostPage extends View {
  pageTitle = 'Post';

  start() {
    this.#load();
  }

  async #load() {
    this.set({ error: null });
    try {
      this.set({ activity: (await get(`/posts/${encodeURIComponent(this.params.id)}`)).data });
    } catch (error) {
      this.set({ error });
    }
  }

  async #remove() {
    if (!(await confirmDialog({ title: 'Delete this post?', text: 'It disappears from all feeds.', action: 'Delete' }))) {
      return;
    }
    const { id } = this.activity;
    navigate('/', { replace: true });
    deletions.start(id, {
      text: 'The post is deleted.',
      run: () => call('DELETE', `/posts/${id}`),
      undone: () => navigate(`/posts/${id}`),
    });
  }

  template() {
    return html`<div class="page narrow"><h1>Post</h1>${this.#content()}</div>`;
  }

  #content() {
    if (this.error) {
      return this.error.status === 404 || this.error.status === 400
        ? empty('There is no such post', 'Its author may have deleted it.', html`<p><a href="/">Home</a></p>`)
        : failure(this.error, () => this.#load());
    }
    if (!this.activity) {
      return loading('Loading the post', 1);
    }
    return isKnown(this.activity) ? html`<div class="panel feed">${activityItem(this.activity, { remove: () => this.#remove() })}</div>`
      : empty('This cannot be shown', 'Load the page again to get the current version of Agora.');
  }
}

class JobPage extends View {
  pageTitle = 'Job';

  template() {
    return html`<div class="page narrow"><h1>Job</h1>
      <agora-job-progress .data=${this.known ??= { service: this.params.service, id: this.params.id }}></agora-job-progress></div>`;
  }
}

class NotFound extends View {
  pageTitle = 'Not found';

  template() {
    return html`<div class="page narrow"><h1>Not found</h1>
      ${empty('There is no such page', 'The address may be mistyped.', html`<p><a class="button" href="/">Home</a></p>`)}</div>`;
  }
}

customElements.define('agora-post', PostPage);
customElements.define('agora-job', JobPage);
customElements.define('agora-not-found', NotFound);
