/** The pages to join and to log in. */

import { FormKey } from '../api.js';
import { field, focusError, formFailure, values } from '../form.js';
import { handleOf } from '../format.js';
import { continueAfterLogIn } from '../router.js';
import { session } from '../session.js';
import { html, nothing, View } from '../view.js';

class Entry extends View {
  error = null;
  fields = {};
  values = {};

  async submit(event) {
    event?.preventDefault();
    const form = this.querySelector('form');
    this.values = values(form);
    this.set({ busy: true, error: null, fields: {} });
    try {
      await this.send(this.values, new FormData(form).get('password'));
      if (this.isConnected) {
        continueAfterLogIn();
      }
    } catch (error) {
      this.set({ busy: false, error, fields: this.fieldsOf(error) });
      await this.rendered();
      focusError(this);
    }
  }

  fieldsOf(error) {
    return error.fields ?? {};
  }
}

class Join extends Entry {
  pageTitle = 'Join';
  key = new FormKey();

  async send({ handle, name }, password) {
    await session.join({ handle, name, password, key: this.key.of([handle, name, password]) });
  }

  fieldsOf(error) {
    return error.status === 409 ? { handle: 'is taken. Choose another one.' } : super.fieldsOf(error);
  }

  template() {
    const { fields, error } = this;
    return html`<section class="entry panel">
      <h1>Join Agora</h1>
      <form @submit=${(event) => this.submit(event)}>
        ${field('Name', 'name', { value: this.values.name, required: true, maxlength: 100, autocomplete: 'name', error: fields.name, hint: 'Others see it. You can change it later.' })}
        ${field('Handle', 'handle', { value: this.values.handle, required: true, minlength: 3, maxlength: 30, pattern: '[a-z0-9_]{3,30}', autocomplete: 'username', autocapitalize: 'none', error: fields.handle, hint: '3 to 30 of a–z, 0–9 and _. It stays the same.', title: '3 to 30 of a to z, 0 to 9 and _' })}
        ${field('Password', 'password', { type: 'password', required: true, minlength: 10, maxlength: 200, autocomplete: 'new-password', error: fields.password, hint: 'At least 10 characters.' })}
        ${error?.status === 409 ? nothing : formFailure(error, ['name', 'handle', 'password'], () => this.submit())}
        <button type="submit" class="wide" ?disabled=${this.busy}>${this.busy ? 'One moment…' : 'Join'}</button>
      </form>
      <p class="soft">You have an account? <a href="/login${location.search}">Log in</a></p>
    </section>`;
  }
}

class LogIn extends Entry {
  pageTitle = 'Log in';

  async send({ handle }, password) {
    await session.logIn(handleOf(handle), password);
  }

  template() {
    const { error } = this;
    return html`<section class="entry panel">
      <h1>Log in</h1>
      <form @submit=${(event) => this.submit(event)}>
        ${field('Handle', 'handle', { value: this.values.handle, required: true, maxlength: 31, autocomplete: 'username', autocapitalize: 'none' })}
        ${field('Password', 'password', { type: 'password', required: true, maxlength: 200, autocomplete: 'current-password' })}
        ${error?.status === 401
          ? html`<div class="notice bad" role="alert"><p>Handle or password is wrong.</p></div>`
          : formFailure(error, [], () => this.submit())}
        <button type="submit" class="wide" ?disabled=${this.busy}>${this.busy ? 'One moment…' : 'Log in'}</button>
      </form>
      <p class="soft">You are new? <a href="/join${location.search}">Join Agora</a></p>
    </section>`;
  }
}

customElements.define('agora-join', Join);
customElements.define('agora-login', LogIn);
