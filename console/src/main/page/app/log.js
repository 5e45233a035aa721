/** The log of actions, each with its undo, and the light load. */

import { LABELS, order } from './process-dialog.js';
import { clock, number, title } from './text.js';
import { html, nothing, repeat, View } from './view.js';

const SIGNS = { RUNNING: ['…', 'running'], DONE: ['✓', 'done'], FAILED: ['✕', 'failed'] };

class Log extends View {
  template() {
    const { log, load, nodes } = this.data;
    const brokers = nodes.find(({ id }) => id === 'kafka')?.instances ?? [];
    return html`<div class="panel log">
      <h3>Load</h3>
      <form class="load-form" @submit=${(event) => this.#startLoad(event)}>
        <label for="rate">Requests per second</label>
        <input id="rate" name="rate" type="number" min="1" max="100" .value=${String(load.rate || 10)} required>
        <button type="submit">${load.rate > 0 ? 'Change' : 'Start'}</button>
        ${load.rate > 0 ? html`<button type="button" class="quiet" @click=${() => order('unload', '')}>Stop</button>` : nothing}
      </form>
      <p class="soft small">${load.rate > 0 ? `${load.rate} per second, ${number(load.sent)} sent, ${number(load.failures)} failed.` : 'Posts and reads by six demo members, for at most 30 minutes.'}</p>
      <h3>Break something</h3>
      <div class="actions">
        <button type="button" class="quiet" @click=${() => order('flush', 'redis')}>${LABELS.flush}</button>
        ${quick('redis', nodes, 'pause')}
        ${brokers.length === 1 ? quick('kafka', nodes, 'stop') : nothing}
      </div>
      <h3>What was done</h3>
      ${log.length === 0 ? html`<p class="soft small">Nothing yet. The actions of a process are behind its name in the picture, and in the table below it.</p>` : nothing}
      <ol class="entries" aria-live="polite">${repeat(log, ({ id }) => id, entryTemplate)}</ol></div>`;
  }

  #startLoad(event) {
    event.preventDefault();
    const rate = Number(new FormData(event.target).get('rate'));
    order('load', '', rate);
  }
}

/** What undoes it depends on the state: somebody else may have changed it. */
function quick(service, nodes, verb) {
  const instance = nodes.find(({ id }) => id === service)?.instances[0];
  if (!instance) {
    return nothing;
  }
  const next = { READY: verb, DOWN: 'start' }[instance.state] ?? 'resume';
  return html`<button type="button" class="quiet" @click=${() => order(next, instance.name)}>${LABELS[next]} ${title(service)}</button>`;
}

function entryTemplate({ at, text, state, result, undo }) {
  const [sign, word] = SIGNS[state];
  return html`<li class=${state.toLowerCase()}><span class="sign" aria-hidden="true">${sign}</span>
    <span><time>${clock(at)}</time> ${text}<span class="hidden">: ${word}</span>${result ? html`<br><span class="soft small">${result}</span>` : nothing}</span>
    ${undo ? html`<button type="button" class="link" aria-label="Undo: ${LABELS[undo.verb.toLowerCase()]} ${undo.target}" @click=${() => order(undo.verb.toLowerCase(), undo.target)}>${LABELS[undo.verb.toLowerCase()]}</button>` : nothing}</li>`;
}

customElements.define('agora-log', Log);
