/** Topics with the lag of their groups, outboxes, caches, and how old feeds are. */

import { number, percent, rate, seconds, time } from './text.js';
import { html, nothing, View } from './view.js';

class Tables extends View {
  template() {
    const view = this.data;
    return html`<div class="pair-of-panels">${topics(view)}
      <div class="stack">${outboxes(view)}${caches(view)}${freshness(view)}</div></div>`;
  }
}

function topics({ topics: all, kafka }) {
  const shown = all.filter(({ name }) => !name.startsWith('__') && !name.endsWith('.dlt'));
  return html`<div class="panel"><h3>Topics</h3>
    ${kafka ? nothing : html`<p class="notice">${all.length === 0 ? 'Kafka has not responded yet.' : 'Kafka does not respond. These are the last values.'}</p>`}
    <div class="scroll" tabindex="0" role="region" aria-label="Topics"><table>
      <thead><tr><th>Topic and groups</th><th class="num">Records</th><th class="num">Rate</th><th class="num">Lag</th></tr></thead>
      ${shown.map((topic) => html`<tbody><tr class="parent"><th scope="row">${topic.name} ${topic.partitions ? html`<span class="soft small">${topic.partitions} partitions</span>` : nothing}</th>
          <td class="num">${topic.end ? number(topic.end) : ''}</td><td class="num">${rate(topic.rate)}</td><td></td></tr>
        ${topic.groups.map(({ id, lag, shared }) => html`<tr class="child"><td>${id}${shared ? html` <span class="soft small">queue</span>` : nothing}</td><td></td><td></td>
          <td class="num ${lag > 1000 ? 'bad-text' : lag > 0 ? 'strong' : 'soft'}">${number(lag)}</td></tr>`)}</tbody>`)}
    </table></div></div>`;
}

const outboxes = ({ outboxes: all }) => html`<div class="panel"><h3>Outboxes</h3>
  <div class="scroll" tabindex="0" role="region" aria-label="Outboxes"><table><thead><tr><th>Service</th><th class="num">Waiting</th><th class="num">Oldest</th><th class="num">Sent</th><th class="num">Wait p50</th><th class="num">p99</th></tr></thead>
    <tbody>${all.map(({ service, backlog, age, delay }) => html`<tr><th scope="row">${service}</th><td class="num">${number(backlog)}</td>
      <td class="num ${age > 10 ? 'bad-text' : ''}">${seconds(age)}</td><td class="num">${rate(delay.rate)}</td><td class="num">${time(delay.p50 ?? delay.mean)}</td><td class="num">${time(delay.p99)}</td></tr>`)}</tbody></table></div></div>`;

const caches = ({ caches: all }) => html`<div class="panel"><h3>Caches</h3>
  <div class="scroll" tabindex="0" role="region" aria-label="Caches"><table><thead><tr><th>Object</th><th class="num">Reads</th><th class="num">Hits</th><th class="num">Loads</th><th class="num">Mean</th></tr></thead>
    <tbody>${all.map(({ service, cache, reads, hitRatio, loads }) => html`<tr><th scope="row">${cache.replace(':', ' ')} <span class="soft small">${service.replace('-service', '')}</span></th>
      <td class="num">${rate(reads)}</td><td class="num">${percent(hitRatio)}</td><td class="num">${rate(loads.rate)}</td><td class="num">${time(loads.mean)}</td></tr>`)}</tbody></table></div></div>`;

const freshness = ({ freshness: { age, pushes } }) => html`<div class="panel"><h3>Feeds</h3><dl class="facts">
  <div><dt>Behind by</dt><dd>${seconds(age)}</dd></div>
  <div><dt>Post to last push</dt><dd>${time(pushes.p50 ?? pushes.mean)} median, ${time(pushes.p99)} for 99 %</dd></div></dl></div>`;

customElements.define('agora-tables', Tables);
