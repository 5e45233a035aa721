/** The last traces, and one of them as a waterfall. */

import { svg } from '../libraries/lit-html/lit-html.js';
import { load } from './api.js';
import { clock, time } from './text.js';
import { html, nothing, repeat } from './view.js';
import { VisibleView } from './visible.js';

const STEP = 24;
const WIDTH = 720;
const TONES = 6;

class Traces extends VisibleView {
  static INTERVAL = 2_000;
  query = '';
  shown = null;

  start() {
    const asked = new URLSearchParams(location.search);
    this.query = asked.get('request') ?? asked.get('trace') ?? '';
    if (this.query) {
      this.#openFirst();
    }
  }

  get path() {
    return `/api/traces?q=${encodeURIComponent(this.query)}`;
  }

  /** A link from the browser client names a request. Its spans arrive some seconds later. */
  async #openFirst() {
    this.rendered().then(() => this.scrollIntoView());
    for (let attempt = 0; attempt < 10 && !this.shown; attempt++) {
      await this.reload();
      if (this.items?.length > 0) {
        await this.#show(this.items[0].id);
      } else {
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  template() {
    return html`<div class="traces"><div class="panel">
        <form class="search" role="search" @submit=${(event) => this.#search(event)}>
          <label for="query">Id of a request, member or trace, or a part of a name</label>
          <input id="query" name="query" type="search" autocomplete="off" spellcheck="false" .value=${this.query}>
          <button type="submit">Search</button></form>
        ${this.error ? html`<p class="notice">${this.error}</p>` : nothing}
        ${this.items?.length === 0 ? html`<p class="soft">${this.query ? 'No kept trace has this.' : 'No traces yet. They arrive some seconds after a request.'}</p>` : nothing}
        <ol class="items">${repeat(this.items ?? [], ({ id }) => id, (trace) => this.#line(trace))}</ol></div>
      <div class="panel">${this.shown ? this.#waterfall(this.shown) : html`<p class="soft">Choose a trace to see its steps.</p>`}</div></div>`;
  }

  #line({ id, name, service, start, duration, spans, failures }) {
    const current = this.shown?.summary.id === id;
    return html`<li><button type="button" class="trace" aria-pressed=${current} @click=${() => this.#show(id)}>
      <span class="grow"><strong>${name}</strong> <span class="soft small">${service}</span></span>
      ${failures > 0 ? html`<span class="bad-text small">${failures} failed</span>` : nothing}
      <span class="soft small">${spans} steps</span><span class="small">${time(duration / 1000)}</span><span class="soft small">${clock(start / 1000)}</span></button></li>`;
  }

  #search(event) {
    event.preventDefault();
    this.query = new FormData(event.target).get('query').trim();
    this.items = null;
    this.reload();
  }

  async #show(id) {
    try {
      this.set({ shown: await load(`/api/traces/${id}`) });
    } catch (error) {
      this.set({ error: error.message });
    }
  }

  #waterfall({ summary, spans }) {
    const rows = tree(spans);
    const tones = new Map([...new Set(spans.map(({ service }) => service))].map((service, index) => [service, index % TONES]));
    const scale = WIDTH / Math.max(1, summary.duration);
    return html`<h3>${summary.name}</h3>
      <p class="soft small">${summary.id} · ${clock(summary.start / 1000)} · ${time(summary.duration / 1000)}${summary.dropped > 0 ? ` · ${summary.dropped} steps were not kept` : ''}</p>
      <p class="legend">${[...tones].map(([service, tone]) => html`<span class="key tone-${tone}">${service}</span>`)}</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Steps"><ol class="steps">${rows.map(({ span, depth }) => html`<li>
        <details><summary><span class="step-name depth-${Math.min(depth, 9)}">${span.failed ? html`<span class="bad-text">✕ </span>` : nothing}${span.name}</span>
          <svg viewBox="0 0 ${WIDTH} ${STEP}" preserveAspectRatio="none" class="step" role="img" aria-label="${span.service}, after ${time((span.start - summary.start) / 1000)}, takes ${time(span.duration / 1000)}">${svg`
            <rect class="tone-${tones.get(span.service)}" x=${(span.start - summary.start) * scale} y="5" width=${Math.max(2, span.duration * scale)} height=${STEP - 10} rx="2"></rect>`}</svg>
          <span class="num small">${time(span.duration / 1000)}</span></summary>
          <dl class="facts"><div><dt>Instance</dt><dd>${span.instance || span.service}</dd></div><div><dt>Kind</dt><dd>${span.kind.toLowerCase()}</dd></div>
            <div><dt>Begins after</dt><dd>${time((span.start - summary.start) / 1000)}</dd></div>
            ${Object.entries(span.attributes).map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl></details></li>`)}</ol></div>`;
  }
}

/** The steps below their parents. A step whose parent is missing, or that is its own ancestor, begins a tree of its own. */
function tree(spans) {
  const ids = new Set(spans.map(({ id }) => id));
  const children = Map.groupBy(spans, ({ parent }) => (ids.has(parent) ? parent : ''));
  const rows = [];
  const seen = new Set();
  const add = (span, depth) => {
    if (!seen.has(span.id)) {
      seen.add(span.id);
      rows.push({ span, depth });
      (children.get(span.id) ?? []).forEach((child) => add(child, depth + 1));
    }
  };
  (children.get('') ?? []).forEach((span) => add(span, 0));
  spans.forEach((span) => add(span, 0));
  return rows;
}

customElements.define('agora-traces', Traces);
