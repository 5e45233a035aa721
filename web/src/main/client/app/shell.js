/** The frame around all pages: navigation, messages, the drawer. */

import { icon } from './icons.js';
import { avatar } from './parts/member.js';
import { navigation } from './navigation.js';
import { askForLogIn, continueAfterLogIn, isAskedForLogIn, logInAddress, navigate, startRouter } from './router.js';
import { session } from './session.js';
import { toast } from './toast.js';
import { html, nothing, View } from './view.js';

const LINKS = [
  { href: '/', label: 'Home', icon: 'home', page: 'home' },
  { href: '/products', label: 'Products', icon: 'products', page: 'products' },
  { href: '/people', label: 'People', icon: 'people', page: 'people', member: true },
  { href: '/settings', label: 'Settings', icon: 'settings', page: 'settings', member: true },
];

class Shell extends View {
  online = navigator.onLine;
  drawer = false;
  page = 'home';
  /** The entry of the navigation that the page belongs to. */
  section = null;
  title = '';

  connected() {
    this.listen(session, 'change', (event) => this.#onSession(event.detail));
    this.listen(navigation, 'navigate', (event) => this.set({ page: event.detail.page, section: event.detail.section }));
    this.listen(navigation, 'title', (event) => this.set({ title: event.detail }));
    for (const type of ['online', 'offline']) {
      this.listen(window, type, () => this.set({ online: navigator.onLine }));
    }
    queueMicrotask(() => queueMicrotask(() => startRouter(this.querySelector('main'))));
  }

  #onSession(reason) {
    this.update();
    if (reason === 'lost') {
      toast('Your session has ended. Log in to continue.', { shown: 12_000 });
      askForLogIn();
    }
    if (reason === 'elsewhere' && session.member && isAskedForLogIn()) {
      continueAfterLogIn();
    } else if (reason === 'elsewhere') {
      navigate('/');
    }
  }

  #toggleDrawer() {
    this.set({ drawer: !this.drawer });
    if (!this.drawer) {
      this.querySelector('.scenes-button').focus();
    }
  }

  template() {
    return html`<header class="bar">
        <a class="brand" href="/"><span class="mark" aria-hidden="true">A</span>Agora</a>
        <nav class="main-nav" aria-label="Main">${LINKS.filter(({ member }) => !member || session.member).map((link) => html`
          <a href=${link.href} aria-current=${link.page === this.page ? 'page' : link.page === this.section ? 'true' : nothing}>${icon(link.icon)}<span>${link.label}</span></a>`)}</nav>
        <div class="me">
          <button type="button" class="scenes-button icon-button" aria-expanded=${this.drawer ? 'true' : 'false'} aria-controls="scenes"
            aria-label="Behind the scenes" title="Behind the scenes" @click=${() => this.#toggleDrawer()}>${icon('scenes')}<span class="wide-only">Behind the scenes</span></button>
          ${session.member
            ? html`<a class="profile-link" href="/members/${session.member.id}" aria-label="Your profile">${avatar(session.member)}<bdi class="wide-only my-name">${session.member.name}</bdi></a>`
            : html`<a class="button small-button" href=${logInAddress()}>Log in</a>`}
        </div>
      </header>
      ${this.online ? nothing : html`<p class="offline" role="status">You are offline. The page may show old data.</p>`}
      <main id="content" tabindex="-1"></main>
      <p class="hidden" role="status">${this.title}</p>
      <agora-scenes id="scenes" ?hidden=${!this.drawer} .data=${{ open: this.drawer, close: () => this.#toggleDrawer() }}></agora-scenes>
      <agora-toasts></agora-toasts>`;
  }
}

customElements.define('agora-shell', Shell);
