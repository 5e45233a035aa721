/** All processes as a table, with what can be done with each. */

import { openProcess } from './process-dialog.js';
import { percent, rate, STATES, time } from './text.js';
import { html, nothing, repeat, View } from './view.js';

class Processes extends View {
  template() {
    const view = this.data;
    const instances = view.nodes.flatMap(({ instances }) => instances);
    const groups = mixedBuilds(view.nodes);
    return html`<div class="panel">
      ${groups.map((service) => html`<p class="notice">The instances of ${service} run different builds.</p>`)}
      <div class="scroll" tabindex="0" role="region" aria-label="Processes"><table class="processes">
        <thead><tr><th>Process</th><th>State</th><th class="num">Requests</th><th class="num">p50</th><th class="num">p99</th><th class="num">Errors</th><th class="num">In flight</th><th class="num">Memory</th><th class="num">CPU</th><th>Build</th><th><span class="hidden">Actions</span></th></tr></thead>
        <tbody>${repeat(instances, ({ name }) => name, (one) => row(one, view.actions))}</tbody></table></div></div>`;
  }
}

function mixedBuilds(nodes) {
  return nodes.filter(({ instances }) => new Set(instances.filter(({ state, build }) => state !== 'DOWN' && build).map(({ build }) => build)).size > 1)
    .map(({ id }) => id);
}

function row(one, actions) {
  const { text, sign, tone } = STATES[one.state];
  const { traffic, usage } = one;
  return html`<tr><th scope="row">${one.name}</th><td class="${tone}-state"><span aria-hidden="true">${sign}</span> ${text}</td>
    <td class="num">${traffic ? rate(traffic.rate) : '–'}</td><td class="num">${time(traffic?.p50)}</td><td class="num">${time(traffic?.p99)}</td>
    <td class="num ${traffic?.errors > 0 ? 'bad-text' : ''}">${traffic ? rate(traffic.errors) : '–'}</td><td class="num">${traffic ? one.inFlight : '–'}</td>
    <td class="num">${usage ? `${usage.memory} MiB` : '–'}</td><td class="num">${usage ? percent(usage.cpu) : '–'}</td><td class="build">${one.build}</td>
    <td>${actions ? html`<button type="button" class="link" aria-label="Actions of ${one.name}" @click=${() => openProcess(one, true)}>Actions…</button>` : nothing}</td></tr>`;
}

customElements.define('agora-processes', Processes);
