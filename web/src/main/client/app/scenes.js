/** The drawer “Behind the scenes”: which instance answered each request, and from where. */

import { consistency, requests } from './api.js';
import { icon } from './icons.js';
import { toast } from './toast.js';
import { html, nothing, repeat, View } from './view.js';

const KEPT = 60;

/** The usual case, which only the details of a request name. */
const USUAL = 'the store, or a copy with your writes';
const LEVELS = {
  eventual: ['Eventual', 'Any copy that is near. Fast, and a little old at times.'],
  '': ['Session', 'Never older than what you have written.'],
  strong: ['Strong', 'From the system of record, never from a cache.'],
};

class Scenes extends View {
  entries = [];
  console = null;
  #next = 0;

  connected() {
    this.listen(requests, 'request', (event) => {
      this.entries = [{ ...event.detail, number: this.#next++ }, ...this.entries].slice(0, KEPT);
      if (this.data?.open) {
        this.update();
      }
    });
    this.listen(this, 'keydown', (event) => event.key === 'Escape' && this.data.close());
  }

  set data(value) {
    const opened = value.open && !super.data?.open;
    super.data = value;
    if (opened) {
      this.#loadConsole();
      this.rendered().then(() => this.querySelector('button')?.focus());
    }
  }

  get data() {
    return super.data;
  }

  /** The address of the console, where traces are shown; without it there are no links. */
  async #loadConsole() {
    if (this.console === null) {
      this.console = '';
      const settings = await fetch('/client.json').then((response) => response.json()).catch(() => ({}));
      this.set({ console: settings.console ?? '' });
    }
  }

  #choose(event) {
    consistency.level = event.target.value;
    this.update();
  }

  template() {
    return this.data?.open ? html`<aside class="scenes" aria-labelledby="scenes-title">
      <header><h2 id="scenes-title">Behind the scenes</h2>
        <button type="button" class="icon-button" aria-label="Close" @click=${() => this.data.close()}>${icon('close')}</button></header>
      <fieldset class="levels"><legend>Consistency of what you read</legend>
        <div class="segments">${Object.entries(LEVELS).map(([value, [label]]) => html`<label>
          <input type="radio" name="level" value=${value} .checked=${consistency.level === value} @change=${(event) => this.#choose(event)}><span>${label}</span></label>`)}</div>
        <p class="soft small" aria-live="polite">${LEVELS[consistency.level]?.[1]}</p></fieldset>
      ${this.#summary()}
      <h3>Latest requests</h3>
      ${this.entries.length === 0 ? html`<p class="soft">No requests yet.</p>` : nothing}
      <ol class="requests">${repeat(this.entries, (entry) => entry.number, (entry) => this.#entryTemplate(entry))}</ol>
    </aside>` : nothing;
  }

  #summary() {
    const instances = new Map();
    for (const { instance, service } of this.entries) {
      if (instance) {
        instances.set(instance, { service, count: (instances.get(instance)?.count ?? 0) + 1 });
      }
    }
    return instances.size === 0 ? nothing : html`<p class="instances small">${[...instances].sort().map(([name, { count }]) => html`
      <span class="chip">${name} <strong>${count}</strong></span>`)}</p>`;
  }

  #entryTemplate(entry) {
    const { method, path, status, ms, at, instance, build, id, freshness, token, trace } = entry;
    return html`<li><details>
      <summary><span class="verb">${method}</span><span class="path">${path.split('?')[0]}</span>
        <span class="status ${status === 0 || status >= 400 ? 'bad-text' : 'good-text'}">${status || 'failed'}</span><span class="soft ms">${ms} ms</span>
        <span class="origin">${instance ? html`<span>${instance}</span>` : nothing}${originOf(entry) === USUAL ? nothing : html`<span class="soft">${originOf(entry)}</span>`}</span></summary>
      <dl class="facts">
        ${factTemplate('Time', at.toLocaleTimeString('en'))}
        ${path.includes('?') ? factTemplate('Query', path.slice(path.indexOf('?') + 1)) : nothing}
        ${factTemplate('Instance', instance)}
        ${factTemplate('Build', build)}
        ${factTemplate('Answered from', originOf(entry))}
        ${factTemplate('Age', ageOf(entry))}
        ${factTemplate('Freshness', freshness ? `it lacks at most the last ${freshness} s` : '')}
        ${factTemplate('Consistency', method === 'GET' ? entry.level || 'session' : nothing)}
        ${factTemplate('Warning', entry.warning)}
        ${factTemplate('Token', token)}
        ${factTemplate('Request', id)}
        ${trace ? this.#traceTemplate(trace) : nothing}
      </dl></details></li>`;
  }

  /** The command prints the trace's lines of all processes; the console draws it. */
  #traceTemplate(trace) {
    const command = `./agora trace ${trace}`;
    return html`<div><dt>Trace</dt><dd><code>${command}</code>
      ${navigator.clipboard
        ? html`<button type="button" class="link" @click=${() => copy(command)}>Copy<span class="hidden"> the command for the trace</span></button>`
        : nothing}
      ${this.console ? html`<a href=${traceAddress(this.console, trace)} target="_blank" rel="noopener">Show in the console</a>` : nothing}</dd></div>`;
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied.');
  } catch {
    toast('The browser does not allow this page to copy. Select the text instead.');
  }
}

function traceAddress(console, trace) {
  const address = new URL(console, location.href);
  address.searchParams.set('trace', trace);
  return address.href;
}

function factTemplate(name, value) {
  return value && value !== nothing ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing;
}

/** Where a response came from, as far as its headers say. */
function originOf({ method, status, warning, cache, level }) {
  if (status === 0) {
    return 'no response';
  }
  if (method !== 'GET') {
    return status < 400 ? 'written to the store' : '';
  }
  if (cache) {
    return /;\s*hit/.test(cache) ? `cache hit${warning ? ', since the source does not respond' : ''}` : 'cache miss, then the store';
  }
  if (status >= 400) {
    return '';
  }
  return { strong: 'the system of record', eventual: 'the store' }[level] ?? USUAL;
}

function ageOf({ age, at }) {
  return age === null || age === undefined ? '' : `${age} s when it arrived, ${Math.round(Number(age) + (Date.now() - at) / 1000)} s now`;
}

customElements.define('agora-scenes', Scenes);
