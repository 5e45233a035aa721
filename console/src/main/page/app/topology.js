/** The system as a picture: callers on the left, stores as columns that every service reaches. */

import { svg } from '../libraries/lit-html/lit-html.js';
import { openProcess } from './process-dialog.js';
import { number, percent, rate, spoken, STATES, time, title } from './text.js';
import { html, nothing, View } from './view.js';

const WIDTH = 1184;
const BOX = { clients: { x: 16, w: 92 }, gateway: { x: 208, w: 200 }, services: { x: 510, w: 206 } };
const PIPES = { mongodb: 834, redis: 966, kafka: 1098 };
const PIPE_WIDTH = 68;
const TOP = 16;
const ROW = 26;
const HEAD = 34;
const GAP = 18;
const LEAST = 104;

class Topology extends View {
  template() {
    const view = this.data;
    if (!view) {
      return nothing;
    }
    const services = view.nodes.filter(({ kind, id }) => kind === 'service' && id.endsWith('-service'));
    const rows = layout(services);
    const height = (rows.at(-1)?.bottom ?? 400) + 54;
    const gateway = view.nodes.find(({ id }) => id === 'gateway') ?? { id: 'gateway', instances: [] };
    return html`<div class="panel picture-of-system"><svg viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="The system with its connections">
        <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" class="tip"></path></marker></defs>
        ${Object.entries(PIPES).map(([id, x]) => pipe(view.nodes.find((node) => node.id === id), id, x, height, view))}
        ${this.#callers(view, gateway, rows, height)}
        ${rows.map((row) => serviceRow(view, row))}
      </svg>
      <details><summary>Connections as a table</summary>${connections(view)}</details></div>`;
  }

  #callers(view, gateway, rows, height) {
    const middle = ((rows[0]?.top ?? 100) + (rows.at(-1)?.bottom ?? 300)) / 2;
    const boxHeight = boxHeightOf(gateway);
    const top = middle - boxHeight / 2;
    const right = BOX.gateway.x + BOX.gateway.w;
    return svg`
      <g class="box"><rect x=${BOX.clients.x} y=${middle - 28} width=${BOX.clients.w} height="56" rx="28"></rect>
        <text x=${BOX.clients.x + BOX.clients.w / 2} y=${middle + 5} class="name middle">Clients</text></g>
      ${arrow(edge(view, 'clients', 'gateway'), `M${BOX.clients.x + BOX.clients.w} ${middle}H${BOX.gateway.x - 3}`, (BOX.clients.x + BOX.clients.w + BOX.gateway.x) / 2, middle)}
      ${box(gateway, BOX.gateway.x, top, BOX.gateway.w, boxHeight, view)}
      ${rows.map(({ node, middle: y }) => {
        const bend = (right + BOX.services.x) / 2 - 20;
        return arrow(edge(view, 'gateway', node.id), `M${right} ${middle}C${bend} ${middle} ${right + 10} ${y} ${right + 34} ${y}H${BOX.services.x - 3}`, BOX.services.x - 36, y);
      })}
      ${arrow(edge(view, 'gateway', 'redis'), `M${BOX.gateway.x + BOX.gateway.w / 2} ${top + boxHeight}V${height - 22}H${PIPES.redis + PIPE_WIDTH / 2}V${height - 33}`, 460, height - 22)}`;
  }
}

/** The rows of the services, each as high as its instances need. */
function layout(services) {
  let y = TOP + HEAD + 18;
  return services.map((node) => {
    const height = Math.max(LEAST, boxHeightOf(node));
    const row = { node, top: y, bottom: y + height, middle: y + height / 2, height: boxHeightOf(node) };
    y += height + GAP;
    return row;
  });
}

const boxHeightOf = ({ instances }) => HEAD + Math.max(1, instances.length) * ROW + 10;

const edge = (view, from, to) => view.edges.find((one) => one.from === from && one.to === to) ?? { from, to, traffic: null };

function serviceRow(view, { node, middle, height }) {
  const right = BOX.services.x + BOX.services.w;
  const lane = (to, y, reversed = false) => {
    const line = edge(view, reversed ? to : node.id, reversed ? node.id : to);
    const end = PIPES[to] - 3;
    return arrow(line, reversed ? `M${end} ${y}H${right + 3}` : `M${right} ${y}H${end}`, PIPES[to] - 39, y);
  };
  return svg`${lane('mongodb', middle - 14)}${lane('redis', middle + 6)}${lane('kafka', middle - 30)}${lane('kafka', middle + 34, true)}
    ${box(node, BOX.services.x, middle - height / 2, BOX.services.w, height, view)}`;
}

function box(node, x, y, width, height, view) {
  return svg`<g class="box"><rect x=${x} y=${y} width=${width} height=${height} rx="12"></rect>
    <text x=${x + 14} y=${y + 23} class="name">${title(node.id)}</text>
    ${node.instances.length === 0 ? svg`<text x=${x + 14} y=${y + 48} class="detail">no instance</text>` : nothing}
    ${node.instances.map((instance, index) => instanceRow(instance, x, y + HEAD + index * ROW, width, view))}</g>`;
}

function instanceRow(instance, x, y, width, view) {
  const state = STATES[instance.state];
  const { traffic, name } = instance;
  const open = () => openProcess(instance, view.actions);
  const short = /-(\d+)$/.exec(name)?.[1] ?? (name.includes('@') ? name.split('@')[1] : '1');
  return svg`<g class="instance ${state.tone}" tabindex="0" role="button" aria-label="${name}, ${state.text}, ${spoken(traffic)}"
      @click=${open} @keydown=${(event) => openByKey(event, open)}>
    <rect x=${x + 6} y=${y} width=${width - 12} height=${ROW - 3} rx="6"></rect>
    <text x=${x + 16} y=${y + 16} class="sign">${state.sign}</text>
    <text x=${x + 34} y=${y + 16} class="detail strong">${short}</text>
    <text x=${x + width - 14} y=${y + 16} class="detail end">${instance.state === 'READY' && traffic ? `${rate(traffic.rate)} · ${time(traffic.p99 ?? traffic.mean)}` : state.text}</text></g>`;
}

function pipe(node, id, x, height, view) {
  const instances = node?.instances ?? [];
  const worst = instances.find(({ state }) => state !== 'READY')?.state ?? (instances.length > 0 ? 'READY' : null);
  const state = STATES[worst] ?? { sign: '', text: 'started elsewhere', tone: 'calm' };
  const open = () => instances.length > 0 && openProcess(instances.find((one) => one.state === worst), view.actions, instances);
  return svg`<g class="pipe instance ${state.tone}" tabindex="0" role="button" aria-label="${title(id)}, ${state.text}, ${instances.length} processes"
      @click=${open} @keydown=${(event) => openByKey(event, open)}>
    <rect x=${x} y=${TOP} width=${PIPE_WIDTH} height=${height - TOP - 34} rx="14"></rect>
    <text x=${x + PIPE_WIDTH / 2} y=${TOP + 24} class="name middle small-name">${title(id)}</text>
    <text x=${x + PIPE_WIDTH / 2} y=${TOP + 42} class="sign middle">${state.sign}</text></g>`;
}

/** A button in a picture gets no click from the keyboard. */
function openByKey(event, open) {
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    open();
  }
}

/** A connection with its rate above the line and its latencies below it. */
function arrow(line, path, x, y) {
  const { traffic } = line;
  const idle = !traffic || traffic.rate === 0;
  return svg`<g class="arrow ${idle ? 'idle' : ''} ${traffic?.errors > 0 ? 'failing' : ''}" tabindex="0" role="img"
      aria-label="${title(line.from)} to ${title(line.to)}: ${spoken(traffic)}">
    <path d=${path} marker-end="url(#arrow)"></path>
    ${idle ? nothing : svg`<text x=${x} y=${y - 5} class="label">${rate(traffic.rate)}${traffic.errors > 0 ? ` ✕${number(traffic.errors)}` : ''}</text>
      <text x=${x} y=${y + 14} class="label soft-label">${latency(traffic)}</text>`}</g>`;
}

const latency = ({ p50, p99, mean }) => (p50 === null ? (mean === null ? '' : `⌀ ${time(mean)}`) : `${time(p50)}·${time(p99)}`.replace(' ms·', '·'));

function connections(view) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Connections"><table><thead><tr><th>From</th><th>To</th><th class="num">Rate</th><th class="num">p50</th><th class="num">p99</th><th class="num">Mean</th><th class="num">Errors</th></tr></thead>
    <tbody>${view.edges.map(({ from, to, traffic }) => html`<tr><td>${title(from)}</td><td>${title(to)}</td>
      ${traffic ? html`<td class="num">${rate(traffic.rate)}</td><td class="num">${time(traffic.p50)}</td><td class="num">${time(traffic.p99)}</td><td class="num">${time(traffic.mean)}</td>
        <td class="num ${traffic.errors > 0 ? 'bad-text' : ''}">${traffic.rate > 0 ? percent(traffic.errors / traffic.rate) : rate(traffic.errors)}</td>`
        : html`<td class="num" colspan="5">not measured</td>`}</tr>`)}</tbody></table></div>`;
}

customElements.define('agora-topology', Topology);
