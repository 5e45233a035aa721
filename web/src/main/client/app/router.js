/** Shows the page of the address, and remembers the last pages for the way back. */

import { findRoute } from './routes.js';
import { session } from './session.js';

const REMEMBERED = 8;

const pages = new Map();
let current = null;
let outlet = null;

export const navigation = new EventTarget();

export function startRouter(element) {
  outlet = element;
  history.scrollRestoration = 'manual';
  document.addEventListener('click', onClick);
  addEventListener('popstate', () => withoutHash(location.href) !== current?.address && show({ focus: true }));
  session.addEventListener('change', () => pages.clear());
  show({ focus: false });
}

/** Goes to an address of the client. */
export function navigate(address, { replace = false } = {}) {
  remember();
  const state = { key: crypto.getRandomValues(new Uint32Array(2)).join('-') };
  if (replace) {
    history.replaceState(state, '', address);
  } else {
    history.pushState(state, '', address);
  }
  show({ focus: true });
}

/** The address to come back to after a log-in. */
export function logInAddress() {
  const here = location.pathname + location.search;
  if (here.startsWith('/login')) {
    return here;
  }
  return here === '/' || here.startsWith('/join') ? '/login' : `/login?next=${encodeURIComponent(here)}`;
}

/** The address that a log-in leads to: a path of this site. */
export function nextAddress() {
  const next = new URL(new URLSearchParams(location.search).get('next') ?? '/', location.origin);
  return next.origin === location.origin ? next.pathname + next.search : '/';
}

/** Names the page in the title and in the history. */
export function setTitle(title) {
  document.title = title ? `${title} · Agora` : 'Agora';
  navigation.dispatchEvent(new CustomEvent('title', { detail: title }));
}

function show({ focus }) {
  const route = findRoute(location.pathname);
  if (route.member && !session.member) {
    navigate(logInAddress(), { replace: true });
    return;
  }
  const key = history.state?.key ?? '';
  const known = pages.get(key);
  remember();
  const element = known?.address === withoutHash(location.href) ? known.element : createPage(route);
  setTitle(element.pageTitle ?? route.title);
  current = { key, element, address: withoutHash(location.href) };
  outlet.replaceChildren(element);
  requestAnimationFrame(() => scrollTo(0, known?.element === element ? known.scroll : 0));
  if (focus) {
    focusPage(element);
  }
  navigation.dispatchEvent(new CustomEvent('navigate', { detail: route }));
}

/** The skip link and others within a page change the hash only. */
function withoutHash(address) {
  return address.split('#')[0];
}

function createPage(route) {
  const element = document.createElement(`agora-${route.page}`);
  element.params = route.params;
  element.query = new URLSearchParams(location.search);
  return element;
}

function remember() {
  if (current) {
    pages.delete(current.key);
    pages.set(current.key, { ...current, scroll: scrollY });
    current = null;
    if (pages.size > REMEMBERED) {
      pages.delete(pages.keys().next().value);
    }
  }
}

/** A screen reader starts with the heading of the new page. */
function focusPage(element) {
  queueMicrotask(() => queueMicrotask(() => {
    const heading = element.querySelector('h1') ?? outlet;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }));
}

function onClick(event) {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const url = new URL(link.href);
  const ours = url.origin === location.origin && findRoute(url.pathname).page !== 'not-found';
  if (!ours || link.target || link.hasAttribute('download') || (url.hash && url.pathname === location.pathname)) {
    return;
  }
  event.preventDefault();
  navigate(url.pathname + url.search);
}
