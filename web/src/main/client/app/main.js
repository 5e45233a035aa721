/** Starts the client. All pages are loaded at once, so that a new version cannot mix with this one. */

import './pages/aside.js';
import './pages/entry.js';
import './pages/home.js';
import './pages/import.js';
import './pages/member.js';
import './pages/people.js';
import './pages/product-form.js';
import './pages/product.js';
import './pages/products.js';
import './pages/reviews.js';
import './pages/settings.js';
import './pages/single.js';
import './parts/composer.js';
import './parts/job.js';
import './scenes.js';
import './shell.js';
import { requests } from './api.js';
import { live } from './live.js';
import { session } from './session.js';

// Any request finds out that the session has ended elsewhere. A wrong password is no such case.
requests.addEventListener('request', ({ detail: { status, method, path } }) => {
  if (status === 401 && !(method === 'POST' && path === '/sessions')) {
    session.forget('lost');
  }
});

document.getElementById('app').replaceChildren(document.createElement('agora-shell'));
live.start();
