/** What can be done with a process. */

import { act } from './api.js';
import { confirmDialog, openDialog } from './dialog.js';
import { percent, rate, spoken, STATES } from './text.js';
import { html, nothing } from './view.js';

/** What destroys something is confirmed. */
const QUESTIONS = {
  kill: (name) => ['Kill', `${name} ends at once, as in a crash. Requests that it works on fail. It stays down until it is started.`],
  stop: (name) => ['Stop', `${name} finishes its requests and ends. It stays down until it is started.`],
  pause: (name) => ['Pause', `${name} keeps running and does not respond until it is resumed.`],
  restart: (name) => ['Restart', `${name} stops and starts again. If it is the only instance, requests fail meanwhile.`],
  flush: () => ['Flush', 'All keys of Redis are deleted: cached objects, timelines and rate limits. They are built again from MongoDB.'],
};

export const LABELS = { kill: 'Kill', stop: 'Stop', pause: 'Pause', resume: 'Resume', restart: 'Restart', start: 'Start', clone: 'Add an instance', flush: 'Flush Redis', remove: 'Remove', unload: 'Stop' };

/** Asks if needed, and orders the action. */
export async function order(verb, target, rateOfLoad) {
  const question = QUESTIONS[verb]?.(target);
  if (question && !await confirmDialog({ title: `${question[0]} ${verb === 'flush' ? 'Redis' : target}?`, text: question[1], action: question[0] })) {
    return;
  }
  try {
    await act(verb, target, rateOfLoad);
  } catch (error) {
    await openDialog((close) => html`<h2 id="dialog-title">This was not done</h2><p>${error.message}</p>
      <div class="actions"><button type="button" @click=${() => close()}>Close</button></div>`);
  }
}

function verbsOf({ state }) {
  return state === 'DOWN' ? ['start'] : [state === 'UNRESPONSIVE' ? 'resume' : 'pause', 'restart', 'stop', 'kill'];
}

/** Opens the details of a process; `others` are those of the same store. */
export async function openProcess(instance, actions, others = [instance]) {
  const service = instance.name.replace(/-\d+$/, '');
  const chosen = await openDialog((close) => html`
    <h2 id="dialog-title">${others.length > 1 ? service : instance.name}</h2>
    ${others.map((one) => processTemplate(one, actions, close))}
    ${actions && service.endsWith('-service') ? html`<div class="actions"><button type="button" class="quiet" @click=${() => close(['clone', service])}>${LABELS.clone}</button></div>` : nothing}
    ${actions && service === 'redis' ? html`<div class="actions"><button type="button" class="danger" @click=${() => close(['flush', 'redis'])}>${LABELS.flush}</button></div>` : nothing}
    <div class="actions"><button type="button" class="quiet" @click=${() => close(null)}>Close</button></div>`, null);
  if (chosen) {
    await order(...chosen);
  }
}

function processTemplate(one, actions, close) {
  const { text, tone } = STATES[one.state];
  return html`<dl class="facts"><div><dt>${one.name}</dt><dd class="${tone}-state">${text}</dd></div>
      ${one.port ? html`<div><dt>Port</dt><dd>${one.port}</dd></div>` : nothing}
      ${one.build ? html`<div><dt>Build</dt><dd>${one.build}</dd></div>` : nothing}
      ${one.usage ? html`<div><dt>Uses</dt><dd>${one.usage.memory} MiB, ${percent(one.usage.cpu)} of all cores</dd></div>` : nothing}
      ${one.traffic ? html`<div><dt>Requests</dt><dd>${one.traffic.rate === 0 ? rate(0) : spoken(one.traffic)}</dd></div>` : nothing}
      ${one.note ? html`<div><dt>Remark</dt><dd>${one.note}</dd></div>` : nothing}</dl>
    ${actions ? html`<div class="actions start-actions">${verbsOf(one).map((verb) => html`<button type="button"
      class=${verb === 'kill' ? 'danger' : 'quiet'} @click=${() => close([verb, one.name])}>${LABELS[verb]}</button>`)}</div>` : nothing}`;
}
