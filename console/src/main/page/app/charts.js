/** Charts of the last 15 minutes. Lines across all of them mark what was done. */

import uPlot from '../libraries/uplot/dist/uPlot.esm.js';
import { clock, number, percent, rate, seconds, time } from './text.js';
import { html, View } from './view.js';

const MINUTES = 15;
const HEIGHT = 150;

const CHARTS = [
  { title: 'Requests per second', lines: [['requests', 'requests', 'link'], ['errors', 'errors', 'bad']], text: rate },
  { title: 'Latency at the gateway', lines: [['p50', 'p50', 'link'], ['p99', 'p99', 'accent']], text: time },
  { title: 'Age of feeds', lines: [['freshness', 'age', 'link']], text: seconds },
  { title: 'Events per second', lines: [['events', 'events', 'link']], text: rate },
  { title: 'Highest lag, in events', lines: [['lag', 'lag', 'link']], text: number },
  { title: 'Oldest event in an outbox', lines: [['outbox', 'age', 'link']], text: seconds },
  { title: 'Cache hits', lines: [['hitRatio', 'hits', 'link']], text: percent },
];

const TEMPLATE = html`<div class="charts">${CHARTS.map(({ title, lines }) => html`<figure class="panel">
  <figcaption><strong>${title}</strong> <span class="legend">${lines.length > 1 ? lines.map(([, label, tone]) => html`<span class="key ${tone}">${label}</span>`) : ''}</span>
    <span class="value"></span></figcaption><div class="plot" role="img" aria-label=${title}></div></figure>`)}</div>`;

class Charts extends View {
  plots = [];

  connected() {
    this.rendered().then(() => this.#create());
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    this.listen(scheme, 'change', () => this.#create());
    this.resizing = new ResizeObserver(() => this.plots.forEach((plot) => plot.setSize({ width: plot.root.parentElement.clientWidth, height: HEIGHT })));
    this.resizing.observe(this);
    this.connection.signal.addEventListener('abort', () => this.resizing.disconnect());
  }

  template() {
    return TEMPLATE;
  }

  set data(value) {
    super.data = value;
    this.#draw();
  }

  get data() {
    return super.data;
  }

  #create() {
    this.plots.forEach((plot) => plot.destroy());
    this.plots = [...this.querySelectorAll('.plot')].map((element, index) => new uPlot(this.#options(CHARTS[index], element), columns(CHARTS[index], this.data.points), element));
    this.#draw();
  }

  #draw() {
    const { points } = this.data;
    const captions = this.querySelectorAll('.value');
    this.plots.forEach((plot, index) => {
      const { lines, text } = CHARTS[index];
      plot.setData(columns(CHARTS[index], points));
      captions[index].textContent = lines.map(([field]) => text(points.at(-1)?.[field] ?? null)).join(' · ');
    });
  }

  #options({ lines, text }, element) {
    const colours = getComputedStyle(this);
    const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
    const axis = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    return {
      width: element.clientWidth || 300,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { time: true, range: () => [Date.now() / 1000 - MINUTES * 60, Date.now() / 1000] }, y: { range: (plot, low, high) => [0, Math.max(high * 1.1 || 0, 0.001)] } },
      axes: [
        { ...axis, space: 70, values: (plot, times) => times.map((at) => clock(at * 1000).slice(0, 5)) },
        { ...axis, size: 58, space: 34, values: (plot, values) => values.map((value) => text(value)) },
      ],
      series: [{}, ...lines.map(([, label, tone]) => ({ label, stroke: colour(tone), width: 1.75, points: { show: false }, spanGaps: true }))],
      hooks: { drawClear: [(plot) => this.#drawMarks(plot, colour('soft'))] },
    };
  }

  #drawMarks(plot, colour) {
    const { ctx, bbox } = plot;
    const scale = devicePixelRatio || 1;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.font = `${10 * scale}px system-ui`;
    ctx.setLineDash([3 * scale, 3 * scale]);
    let free = -Infinity;
    for (const { at, mark } of [...this.data.log].reverse().filter(({ mark: text }) => text)) {
      const x = plot.valToPos(at / 1000, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) {
        continue;
      }
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const width = ctx.measureText(mark).width;
      const left = Math.min(x + 3 * scale, bbox.left + bbox.width - width);
      if (left > free) {
        ctx.fillText(mark, left, bbox.top + 9 * scale);
        free = left + width + 6 * scale;
      }
    }
    ctx.restore();
  }
}

const columns = ({ lines }, points) => [points.map(({ at }) => at / 1000), ...lines.map(([field]) => points.map((point) => point[field]))];

customElements.define('agora-charts', Charts);
