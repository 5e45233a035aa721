/** The page: it follows the views, and passes each to its parts. */

import './charts.js';
import './jobs.js';
import './letters.js';
import './log.js';
import './processes.js';
import './tables.js';
import './topology.js';
import './traces.js';
import { follow } from './stream.js';
import { percent, rate, seconds, time } from './text.js';
import { html, nothing, View } from './view.js';

const SECTIONS = [['system', 'System'], ['charts', 'Charts'], ['events', 'Events'], ['traces', 'Traces'], ['work', 'Jobs and dead letters']];

class Console extends View {
  state = 'waiting';
  reason = '';
  view = null;
  points = [];

  start() {
    this.replaceChildren();
  }

  connected() {
    this.#follow();
    this.listen(document, 'visibilitychange', () => this.#follow());
    this.connection.signal.addEventListener('abort', () => this.stream?.abort());
  }

  /** A page that nobody sees has no stream: browsers allow six for all pages of an origin. */
  #follow() {
    this.stream?.abort();
    this.stream = new AbortController();
    if (!document.hidden && this.state !== 'refused') {
      follow('/api/stream', {
        handle: (type, data) => this.#handle(type, data),
        status: (state, reason = '') => (state !== this.state || reason) && this.set({ state, reason }),
        signal: this.stream.signal,
      });
    }
  }

  #handle(type, data) {
    if (type === 'points') {
      this.points = data;
    } else if (type === 'point' && data.at > (this.points.at(-1)?.at ?? 0)) {
      this.points = [...this.points.filter(({ at }) => at > data.at - 15 * 60_000), data];
    } else if (type === 'view') {
      this.set({ view: data });
    }
  }

  template() {
    return html`
      <header class="top">
        <p class="brand"><span class="mark" aria-hidden="true">A</span>Agora console</p>
        <nav aria-label="Sections">${SECTIONS.map(([id, label]) => html`<a href="#${id}" @click=${(event) => this.#go(event, id)}>${label}</a>`)}</nav>
        <p class="live ${this.state === 'live' ? 'open' : ''}" role="status"><i aria-hidden="true"></i>${this.#stateText()}</p>
      </header>
      <main id="content" tabindex="-1">
        <h1 class="hidden">Agora console</h1>
        ${this.state === 'refused' ? html`<p class="notice" role="alert">${this.reason}</p>` : nothing}
        ${this.reason && this.state === 'waiting' ? html`<p class="notice" role="alert">${this.reason}</p>` : nothing}
        ${this.view ? this.#content(this.view) : this.state === 'refused' ? nothing : html`<p class="loading" role="status">The system is being observed…</p>`}
      </main>`;
  }

  /** A link would change the part of the address that may have a token. */
  #go(event, id) {
    event.preventDefault();
    const section = this.querySelector(`#${id}`);
    section?.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    section?.querySelector('h2')?.focus({ preventScroll: true });
  }

  #stateText() {
    return { live: 'Live', refused: 'Refused' }[this.state] ?? 'Connecting…';
  }

  #content(view) {
    return html`
      ${this.#figures(view)}
      <section id="system" aria-labelledby="system-title"><h2 id="system-title" tabindex="-1">System</h2>
        <div class="split ${view.actions ? '' : 'single'}"><agora-topology .data=${view}></agora-topology>
          ${view.actions ? html`<agora-log .data=${view}></agora-log>` : nothing}</div>
        <agora-processes .data=${view}></agora-processes></section>
      <section id="charts" aria-labelledby="charts-title"><h2 id="charts-title" tabindex="-1">The last 15 minutes</h2>
        <agora-charts .data=${{ points: this.points, log: view.log }}></agora-charts></section>
      <section id="events" aria-labelledby="events-title"><h2 id="events-title" tabindex="-1">Events and caches</h2>
        <agora-tables .data=${view}></agora-tables></section>
      <section id="traces" aria-labelledby="traces-title"><h2 id="traces-title" tabindex="-1">Traces</h2>
        <agora-traces></agora-traces></section>
      <section id="work" aria-labelledby="work-title"><h2 id="work-title" tabindex="-1">Jobs and dead letters</h2>
        <div class="pair-of-panels"><agora-jobs .data=${view}></agora-jobs><agora-letters .data=${view}></agora-letters></div></section>`;
  }

  #figures(view) {
    const point = this.points.at(-1);
    const instances = view.nodes.flatMap(({ instances }) => instances);
    const ready = instances.filter(({ state }) => state === 'READY').length;
    const lag = point?.lag ?? 0;
    return html`<dl class="figures">
      ${figure('Processes', `${ready} of ${instances.length} ready`, ready < instances.length && 'bad')}
      ${figure('Requests', rate(point?.requests ?? 0))}
      ${figure('Errors', rate(point?.errors ?? 0), point?.errors > 0 && 'bad')}
      ${figure('Latency p50 · p99', `${time(point?.p50)} · ${time(point?.p99)}`)}
      ${figure('Feeds are behind by', seconds(view.freshness.age), view.freshness.age > 5 && 'bad')}
      ${figure('Highest lag', view.kafka ? `${lag} events` : 'unavailable', (!view.kafka || lag > 1000) && 'bad')}
      ${figure('Cache hits', percent(point?.hitRatio))}
    </dl>`;
  }
}

const figure = (name, value, tone) => html`<div class=${tone || 'calm'}><dt>${name}</dt><dd>${value}</dd></div>`;

customElements.define('agora-console', Console);

