/** The jobs of all members, with their progress. */

import { send } from './api.js';
import { confirmDialog } from './dialog.js';
import { clock, number } from './text.js';
import { html, nothing, repeat } from './view.js';
import { VisibleView } from './visible.js';

class Jobs extends VisibleView {
  static PATH = '/api/jobs';
  static INTERVAL = 2_000;

  template() {
    const jobs = (this.items ?? []).toSorted((one, other) => other.item.createdAt.localeCompare(one.item.createdAt)).slice(0, 40);
    return html`<div class="panel"><h3>Jobs</h3>
      ${this.error ? html`<p class="notice">${this.error}</p>` : nothing}${this.missingTemplate()}
      ${this.isEmpty ? html`<p class="soft">No jobs. An import, an export or <code>./agora bake</code> makes one.</p>` : nothing}
      <ol class="items">${repeat(jobs, ({ item }) => item.id, ({ service, item }) => this.#job(service, item))}</ol></div>`;
  }

  #job(service, { id, kind, state, progress, createdAt, error }) {
    const active = state === 'QUEUED' || state === 'RUNNING';
    return html`<li><div class="grow"><p><strong>${kind}</strong> <span class="badge ${state.toLowerCase()}">${state.toLowerCase()}</span></p>
      <p class="soft small">${id} · ${service} · ${clock(createdAt)}</p>
      ${active && progress?.total ? html`<progress max=${progress.total} .value=${progress.done} aria-label="Progress of ${kind}"></progress>` : nothing}
      ${progress?.done ? html`<p class="small">${number(progress.done)}${progress.total ? ` of ${number(progress.total)}` : ''}</p>` : nothing}
      ${error?.detail ? html`<p class="small bad-text">${error.detail}</p>` : nothing}</div>
      ${active && this.data?.actions ? html`<button type="button" class="link" aria-label="Cancel ${kind} ${id}" @click=${() => this.#cancel(service, id, kind)}>Cancel</button>` : nothing}</li>`;
  }

  async #cancel(service, id, kind) {
    if (await confirmDialog({ title: `Cancel ${kind}?`, text: 'What it has done so far stays. It cannot be continued.', action: 'Cancel the job' })) {
      await send('DELETE', `/api/jobs/${service}/${encodeURIComponent(id)}`).catch((error) => this.set({ error: error.message }));
      await this.reload();
    }
  }
}

customElements.define('agora-jobs', Jobs);
