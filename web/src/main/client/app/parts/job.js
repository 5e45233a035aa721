/** A job with its progress, which its stream of events updates. */

import { ApiError, bearer, call, get, ORIGIN } from '../api.js';
import { readEvents } from '../events.js';
import { ago, count, number } from '../format.js';
import { explain, failure, loading } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, repeat, View } from '../view.js';

const STATES = { QUEUED: 'Waiting', RUNNING: 'Running', SUCCEEDED: 'Done', FAILED: 'Failed', CANCELLED: 'Cancelled' };
const KINDS = {
  'import-products': 'Import of products',
  'import-follows': 'Import of follows',
  'import-members': 'Import of members',
  'export-data': 'Export of your data',
};

export const kindOf = ({ kind }) => KINDS[kind] ?? kind;
export const stateOf = ({ state }) => STATES[state] ?? state;
export const isOpen = ({ state }) => state === 'QUEUED' || state === 'RUNNING';

/** The data are `{service, id}`, optionally `job` as far as it is known. */
class Job extends View {
  start() {
    this.job = this.data.job ?? null;
    if (!this.job) {
      this.#load();
    }
  }

  connected() {
    if (!this.job || isOpen(this.job)) {
      this.#follow();
    }
  }

  get path() {
    return `/${encodeURIComponent(this.data.service)}/jobs/${encodeURIComponent(this.data.id)}`;
  }

  async #load() {
    this.set({ error: null });
    try {
      this.#show((await get(this.path)).data);
    } catch (error) {
      this.set({ error });
    }
  }

  async #follow() {
    const stream = new AbortController();
    this.connection.signal.addEventListener('abort', () => stream.abort());
    await readEvents(`${this.path}/events`, {
      signal: stream.signal,
      handle: ({ type, data }) => {
        if (type === 'job') {
          this.#show(JSON.parse(data));
          if (!isOpen(this.job)) {
            stream.abort();
          }
        }
      },
    });
  }

  #show(job) {
    this.set({ job, error: null });
    this.data.changed?.(job);
  }

  async #cancel() {
    this.set({ cancelling: true });
    try {
      this.#show((await call('DELETE', this.path)).data);
    } catch (error) {
      toast(`The job was not cancelled. ${explain(error)}`);
    }
    this.set({ cancelling: false });
  }

  template() {
    if (!this.job) {
      return this.error ? failure(this.error, () => this.#load()) : loading('Loading the job', 1);
    }
    const { progress, state, createdAt, error } = this.job;
    const open = isOpen(this.job);
    return html`<section class="panel job" aria-label=${kindOf(this.job)}>
      <header><h2>${kindOf(this.job)}</h2><span class="badge ${state.toLowerCase()}" role="status">${stateOf(this.job)}</span></header>
      <progress aria-label="Progress" max=${progress.total ?? nothing} value=${open && progress.total === null ? nothing : valueOf(this.job)}></progress>
      <p class="soft">${progressText(this.job)} <span class="when">Started ${ago(createdAt)}</span></p>
      ${error ? html`<div class="notice bad" role="alert"><p>${error.detail}</p></div>` : nothing}
      ${resultTemplate(this.job)}
      ${open
        ? html`<div class="actions"><button type="button" class="quiet" ?disabled=${this.cancelling} @click=${() => this.#cancel()}>
            ${this.cancelling ? 'Cancelling…' : 'Cancel'}</button></div>`
        : nothing}
    </section>`;
  }
}

customElements.define('agora-job-progress', Job);

/** The progress of a job, if there is one. Another job gets an element of its own. */
export function jobProgress(data) {
  return repeat(data ? [data] : [], ({ id }) => id, (each) => html`<agora-job-progress .data=${each}></agora-job-progress>`);
}

function valueOf({ progress, state }) {
  return state === 'SUCCEEDED' ? (progress.total ?? 1) : progress.done;
}

function progressText({ progress: { done, total }, state }) {
  if (state === 'QUEUED') {
    return 'It starts as soon as a worker is free.';
  }
  return total === null ? `${number(done)} done.` : `${number(done)} of ${number(total)} done.`;
}

function resultTemplate({ id, kind, result }) {
  if (!result) {
    return nothing;
  }
  if (typeof result.failed === 'number') {
    const { created, changed, unchanged, failed, errors } = result;
    return html`<dl class="counts">
        <div><dt>Created</dt><dd>${number(created)}</dd></div><div><dt>Changed</dt><dd>${number(changed)}</dd></div>
        <div><dt>Unchanged</dt><dd>${number(unchanged)}</dd></div><div><dt>Failed</dt><dd>${number(failed)}</dd></div>
      </dl>
      ${errors.length > 0 ? errorsTemplate(id, kind, errors) : nothing}`;
  }
  return result.download
    ? html`<p class="soft">${count(result.records, 'record')}, for 7 days.</p>
        <p><a class="button" href=${ORIGIN + result.download} download @click=${(event) => fetchFile(event, result.download)}>Download the file</a></p>`
    : nothing;
}

function errorsTemplate(id, kind, errors) {
  return html`<details class="errors"><summary>${count(errors.length, 'error')}</summary>
      <table><thead><tr><th scope="col">Line</th><th scope="col">Field</th><th scope="col">Problem</th></tr></thead>
        <tbody>${errors.slice(0, 50).map(({ line, field, message }) => html`<tr><td>${line}</td><td>${field}</td><td>${message}</td></tr>`)}</tbody></table>
      ${errors.length > 50 ? html`<p class="soft">The file has all of them.</p>` : nothing}
    </details>
    <p><button type="button" class="quiet" @click=${() => download(`${kind}-${id}-errors.csv`, csv(errors))}>Download the errors</button></p>`;
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csv(errors) {
  const cell = (value) => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  return ['line,field,message', ...errors.map(({ line, field, message }) => [line, field, message].map(cell).join(','))].join('\r\n');
}

/** The browser downloads a file with the cookie. A session without one needs the header. */
async function fetchFile(event, path) {
  if (!bearer.token) {
    return;
  }
  event.preventDefault();
  try {
    const response = await get(path.replace(/^\/api\/v1/, ''), { accept: 'application/x-ndjson' });
    download('agora-export.ndjson', await response.blob());
  } catch (error) {
    toast(`The download failed. ${explain(error)}`);
  }
}

function download(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The service and the id in the path of a job. */
export function jobOf(path) {
  const match = /^\/api\/v1\/(\w+)\/jobs\/(\w+)$/.exec(path ?? '');
  if (!match) {
    throw new ApiError(500, { detail: 'The response names no job.' });
  }
  return { service: match[1], id: match[2] };
}
