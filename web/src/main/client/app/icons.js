import { html } from './view.js';

const PATHS = {
  home: 'M4 11.500 12 4l8 7.500V20a1 1 0 0 1-1 1h-4.500v-6h-5v6H5a1 1 0 0 1-1-1z',
  products: 'M3.500 8 12 3.500 20.500 8v8L12 20.500 3.500 16zM3.500 8l8.500 4.500L20.500 8M12 12.500v8',
  people: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.500 3-5.500 6.500-5.500s6.500 2 6.500 5.500M16 4.500a3.300 3.300 0 0 1 0 6.200M18 15c2 .7 3.500 2.400 3.500 5',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5',
  scenes: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  tag: 'M4 4h8l8.500 8.500-8 8L4 12zM8 8h.01',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
};

/** An icon beside a text, which says the same. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]}></path></svg>`;
}
