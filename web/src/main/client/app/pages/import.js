/** The import of products from a file, and the imports so far. */

import { FormKey, get } from '../api.js';
import { field, formFailure, values } from '../form.js';
import { ago, number } from '../format.js';
import { List, pageQuery } from '../list.js';
import { isOpen, jobOf, jobProgress, kindOf, stateOf } from '../parts/job.js';
import { empty, listTemplate } from '../states.js';
import { upload } from '../upload.js';
import { html, nothing, View } from '../view.js';

const MAX = 64 * 1024 * 1024;
const COLUMNS = ['key', 'title', 'description', 'category', 'price', 'currency', 'stock', 'tags', 'imageUrl'];

class ImportPage extends View {
  pageTitle = 'Import products';
  error = null;
  file = null;
  key = new FormKey();

  start() {
    this.jobs = new List((cursor) => get(`/products/jobs${pageQuery(cursor, { limit: 10 })}`), () => this.update());
    this.jobs.load();
  }

  /** A file that misses its place must not replace the page. */
  connected() {
    for (const type of ['dragover', 'drop']) {
      this.listen(window, type, (event) => event.preventDefault());
    }
  }

  #choose(file) {
    if (file) {
      this.set({ file, error: file.size > MAX ? { message: 'The file has more than 64 MiB. Split it.', status: 413, fields: {} } : null });
    }
  }

  #drop(event) {
    event.preventDefault();
    this.#choose(event.dataTransfer.files[0]);
    this.set({ over: false });
  }

  get isNdjson() {
    return /\.(ndjson|jsonl|json)$/i.test(this.file?.name ?? '');
  }

  async #send(event) {
    event?.preventDefault();
    if (!this.file) {
      this.querySelector('input[type="file"]').focus();
      return;
    }
    const { name, size, lastModified } = this.file;
    const parameters = this.isNdjson ? {} : parametersOf(values(this.querySelector('form')));
    this.set({ error: null, sent: 0 });
    this.running = upload(`/products/imports${pageQuery(null, parameters)}`, {
      file: this.file,
      type: this.isNdjson ? 'application/x-ndjson' : 'text/csv',
      key: this.key.of([name, size, lastModified, parameters]),
      progress: (sent) => this.set({ sent }),
    });
    try {
      const { data, location } = await this.running.promise;
      this.key = new FormKey();
      this.set({ job: { ...jobOf(location), job: data, changed: (job) => this.#update(job) }, file: null });
      this.jobs.prepend(data);
    } catch (error) {
      this.set({ error });
    }
    this.running = null;
    this.set({ sent: null });
  }

  #update(job) {
    this.jobs.replace(job);
  }

  template() {
    return html`<div class="page narrow"><h1>Import products</h1>
      <p>Import a CSV file with a header, or a file with one JSON object in each line, of up to 64 MiB. A file that you import again changes only what is different in it.</p>
      <form class="panel" @submit=${(event) => this.#send(event)}>
        <label class="drop ${this.over ? 'over' : ''}" @dragover=${(event) => { event.preventDefault(); this.set({ over: true }); }}
          @dragleave=${() => this.set({ over: false })} @drop=${(event) => this.#drop(event)}>
          <span class="strong">${this.file ? this.file.name : 'Choose a file'}</span>
          <span class="soft">${this.file ? `${number(Math.ceil(this.file.size / 1024))} KiB` : 'or drop it here'}</span>
          <input type="file" name="file" class="hidden-input" accept=".csv,.tsv,.txt,.ndjson,.jsonl,text/csv"
            @click=${(event) => { event.target.value = ''; }} @change=${(event) => this.#choose(event.target.files[0])}>
        </label>
        ${this.isNdjson ? nothing : this.#options()}
        ${this.sent !== null && this.sent !== undefined
          ? html`<div class="field"><label for="sent">Sending the file</label><progress id="sent" max="1" value=${this.sent}></progress>
              <button type="button" class="quiet" @click=${() => this.running?.abort()}>Cancel</button></div>`
          : html`${formFailure(this.error, [], () => this.#send())}
              <div class="actions"><button type="submit" ?disabled=${!this.file || this.error?.status === 413}>Import</button></div>`}
      </form>
      ${jobProgress(this.job)}
      <h2>Imports of the last 7 days</h2>
      ${listTemplate(this.jobs, {
        label: 'Loading your imports',
        none: empty('No imports yet', 'The imports of your products appear here.'),
        items: (jobs) => html`<ul class="rows panel">${jobs.map((job) => html`<li class="row"><div class="grow">
          <a class="name" href="/jobs/products/${job.id}">${kindOf(job)}</a> <span class="soft">${ago(job.createdAt)}, ${number(job.progress.done)} lines</span></div>
          <span class="badge ${isOpen(job) ? 'running' : job.state.toLowerCase()}">${stateOf(job)}</span></li>`)}</ul>`,
      })}
    </div>`;
  }

  #options() {
    return html`<details><summary>Columns and values of the file</summary>
      <div class="grid">
        <div class="field"><label for="separator">Between columns</label><select id="separator" name="separator">
          <option value="">Comma</option><option value="semicolon">Semicolon</option><option value="tab">Tab</option></select></div>
        ${field('Category of rows without one', 'default.category', { maxlength: 50, autocapitalize: 'none' })}
        ${field('Currency of rows without one', 'default.currency', { maxlength: 3 })}
        ${field('Price of rows without one', 'default.price', { inputmode: 'decimal' })}
        ${field('Stock of rows without one', 'default.stock', { inputmode: 'numeric' })}
      </div>
      <p class="hint">Columns of the usual names are found. Name those that are called differently.</p>
      <div class="grid">${COLUMNS.map((name) => field(`Column of the ${name === 'imageUrl' ? 'picture' : name}`, name, { maxlength: 200 }))}</div>
    </details>`;
  }
}

customElements.define('agora-import', ImportPage);

function parametersOf(all) {
  const { file, ...parameters } = all;
  return parameters;
}
