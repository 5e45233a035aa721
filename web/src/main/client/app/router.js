/** Shows the page of the address, and remembers the last pages for the way back. */

import { isWrite, requests } from './api.js';
import { navigation } from './navigation.js';
import { findRoute } from './routes.js';
import { session } from './session.js';

const REMEMBERED = 8;

/** The pages by the key of their entry in the history. */
const pages = new Map();
let current = null;
let outlet = null;

export function startRouter(element) {
  outlet = element;
  history.scrollRestoration = 'manual';
  document.addEventListener('click', onClick);
  addEventListener('popstate', onHistory);
  session.addEventListener('change', ({ detail }) => endsPages(detail) && pages.clear());
  requests.addEventListener('request', ({ detail }) => isWrite(detail) && forgetOthers());
  show({ focus: false });
}

/**
 * Goes to an address of the client. If that is the current address, its page is loaded again.
 * @param state is kept with the address in the history
 */
export function navigate(address, { replace = false, state = {} } = {}) {
  const same = new URL(address, location.href).href === withoutHash(location.href);
  remember();
  const entry = { ...state, key: crypto.getRandomValues(new Uint32Array(2)).join('-') };
  if (replace || same) {
    history.replaceState(entry, '', address);
  } else {
    history.pushState(entry, '', address);
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

/** Leaves the page on which the session was lost as it is, behind the page for the log-in. */
export function askForLogIn() {
  navigate(logInAddress(), { state: { returns: true } });
}

/** Whether a page waits behind this one for a log-in. */
export function isAskedForLogIn() {
  return location.pathname === '/login' && history.state?.returns === true;
}

/** Goes on after a log-in: back to the page on which the session was lost, or to the address in the query. */
export function continueAfterLogIn() {
  if (isAskedForLogIn()) {
    history.back();
  } else {
    navigate(nextAddress(), { replace: true });
  }
}

/** A path of this site only. */
function nextAddress() {
  try {
    const next = new URL(new URLSearchParams(location.search).get('next') ?? '/', location.origin);
    return next.origin === location.origin ? next.pathname.replace(/^\/+/, '/') + next.search : '/';
  } catch {
    return '/';
  }
}

/** Names a page in the title, if it is shown. */
export function setTitle(page, title) {
  page.pageTitle = title;
  if (page === current?.element) {
    showTitle(title);
  }
}

function showTitle(title) {
  document.title = title ? `${title} · Agora` : 'Agora';
  navigation.dispatchEvent(new CustomEvent('title', { detail: title }));
}

/** Whether a change of the session makes the remembered pages useless. */
function endsPages(reason) {
  return reason === 'ended' || (reason === 'elsewhere' && !isAskedForLogIn());
}

function onHistory() {
  if (withoutHash(location.href) !== current?.address) {
    show({ focus: true });
  }
}

function show({ focus }) {
  const route = findRoute(location.pathname);
  if (route.member && !session.member) {
    navigate(logInAddress(), { replace: true });
    return;
  }
  const key = history.state?.key ?? '';
  const address = withoutHash(location.href);
  const known = pages.get(key);
  remember();
  const back = known?.address === address && known.member === session.member?.id ? known : null;
  const element = back?.element ?? createPage(route);
  current = { key, element, address, member: session.member?.id };
  showTitle(element.pageTitle ?? route.title);
  outlet.replaceChildren(element);
  requestAnimationFrame(() => scrollTo(0, back?.scroll ?? 0));
  if (focus) {
    focusPage(element, back?.focused);
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
    const focused = current.element.contains(document.activeElement) ? document.activeElement : null;
    pages.delete(current.key);
    pages.set(current.key, { ...current, scroll: scrollY, focused });
    current = null;
    if (pages.size > REMEMBERED) {
      pages.delete(pages.keys().next().value);
    }
  }
}

/** The other pages do not show what was written here, so the way back loads them again. */
function forgetOthers() {
  for (const key of pages.keys()) {
    if (key !== current?.key) {
      pages.delete(key);
    }
  }
}

/** A screen reader starts with the heading of a new page, and on the way back where it was. */
function focusPage(element, focused) {
  queueMicrotask(() => queueMicrotask(() => {
    focused?.focus({ preventScroll: true });
    if (!focused || document.activeElement !== focused) {
      const heading = element.querySelector('h1') ?? outlet;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }));
}

function onClick(event) {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const url = new URL(link.href);
  if (url.hash && url.pathname === location.pathname) {
    event.preventDefault();
    document.getElementById(url.hash.slice(1))?.focus();
    return;
  }
  const ours = url.origin === location.origin && findRoute(url.pathname).page !== 'not-found';
  if (ours && !link.target && !link.hasAttribute('download')) {
    event.preventDefault();
    navigate(url.pathname + url.search);
  }
}
