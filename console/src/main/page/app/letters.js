/** Events that could not be applied: a look at each, and a replay of a topic. */

import { send } from './api.js';
import { html, nothing, repeat } from './view.js';
import { VisibleView } from './visible.js';

class Letters extends VisibleView {
  static PATH = '/api/dead-letters';
  static INTERVAL = 6_000;
  result = '';

  template() {
    const letters = this.items ?? [];
    const topics = [...new Map(letters.map(({ service, item }) => [item.topic, service]))];
    return html`<div class="panel"><h3>Dead letters</h3>
      ${this.error ? html`<p class="notice">${this.error}</p>` : nothing}${this.missingTemplate()}
      <p role="status" class="small">${this.result}</p>
      ${this.isEmpty ? html`<p class="soft">None: every event could be applied.</p>` : nothing}
      ${topics.map(([topic, service]) => {
        const own = letters.filter(({ item }) => item.topic === topic);
        return html`<div class="letters"><p class="title"><strong>${topic}</strong>
          ${this.data?.actions ? html`<button type="button" class="quiet" @click=${() => this.#replay(service, topic)}>Replay ${own.length}</button>` : nothing}</p>
          ${repeat(own.slice(0, 30), ({ item }) => `${item.partition}/${item.offset}`, ({ item }) => letterTemplate(item))}
          ${own.length > 30 ? html`<p class="soft small">… and ${own.length - 30} more.</p>` : nothing}</div>`;
      })}</div>`;
  }

  async #replay(service, topic) {
    try {
      const response = await send('POST', `/api/dead-letters/${service}/${encodeURIComponent(topic)}`);
      const { replayed = 0, refused = [] } = await response.json();
      this.set({ result: `${replayed} events were sent again.${refused.length > 0 ? ` Refused: ${refused.join(' ')}` : ''}` });
    } catch (error) {
      this.set({ result: error.message });
    }
    await this.reload();
  }
}

const letterTemplate = ({ type, origin, cause, data, key, id }) => html`<details><summary>${type ?? 'unknown type'} <span class="soft small">${origin}</span></summary>
  <dl class="facts"><div><dt>Cause</dt><dd>${cause}</dd></div><div><dt>Key</dt><dd>${key}</dd></div><div><dt>Id</dt><dd>${id}</dd></div></dl>
  <pre tabindex="0">${data}</pre></details>`;

customElements.define('agora-letters', Letters);
