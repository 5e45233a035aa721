/** The member's account: name, sessions, export, deletion. */

import { call, get, newKey } from '../api.js';
import { deletions } from '../deletions.js';
import { confirmDialog } from '../dialog.js';
import { field, formFailure, values } from '../form.js';
import { ago, exactTime } from '../format.js';
import { List, pageQuery } from '../list.js';
import { isOpen, jobOf, jobProgress } from '../parts/job.js';
import { outbox } from '../outbox.js';
import { navigate } from '../router.js';
import { session } from '../session.js';
import { empty, explain, listTemplate } from '../states.js';
import { toast } from '../toast.js';
import { html, nothing, View } from '../view.js';

class Settings extends View {
  pageTitle = 'Settings';

  start() {
    this.sessions = new List((cursor) => get(`/sessions${pageQuery(cursor)}`), () => this.update());
    this.sessions.load();
    this.exportKey = newKey();
    this.#findExport();
  }

  /** Shows the export that was started last, if there is one. */
  async #findExport() {
    const { data } = await get('/feed/jobs?limit=10').catch(() => ({ data: { items: [] } }));
    const job = data.items.find(({ kind }) => kind.startsWith('export'));
    if (job && !this.job) {
      this.#showExport({ service: 'feed', id: job.id }, job);
    }
  }

  #showExport(place, job) {
    this.set({ job: { ...place, job, changed: (changed) => this.#showExport(place, changed) } });
  }

  async #rename(event) {
    event?.preventDefault();
    const { name } = values(this.querySelector('form.name-form'));
    this.set({ renaming: true, error: null });
    try {
      const { etag } = await get('/members/me');
      const { data } = await call('PATCH', '/members/me', { body: { name }, etag });
      const { id, handle } = data;
      session.rename({ id, handle, name: data.name });
      toast('Your name is saved.');
    } catch (error) {
      this.set({ error });
    }
    this.set({ renaming: false });
  }

  async #end({ id, current, device }) {
    try {
      await call('DELETE', `/sessions/${id}`);
      if (current) {
        session.forget('ended');
        navigate('/');
        return;
      }
      this.sessions.remove(id);
      toast(`${device ?? 'The session'} is logged out.`);
      this.querySelector('#sessions-title').focus();
    } catch (error) {
      toast(`The session still runs. ${explain(error)}`);
    }
  }

  async #endAll() {
    if (!(await confirmDialog({ title: 'Log out everywhere?', text: 'All your sessions end, this one included.', action: 'Log out' }))) {
      return;
    }
    await this.#leave('DELETE', '/sessions', 'You are logged out everywhere.');
  }

  async #export() {
    this.set({ exporting: true });
    try {
      const { data, location } = await call('POST', '/feed/exports', { key: this.exportKey });
      this.#showExport(jobOf(location), data);
      this.exportKey = newKey();
    } catch (error) {
      toast(error.status === 404 ? 'Exports are not available here.' : `The export did not start. ${explain(error)}`);
    }
    this.set({ exporting: false });
  }

  async #delete() {
    const { handle } = session.member;
    if (await confirmDialog({ title: 'Delete your account?', text: 'Your posts, products and reviews disappear. This cannot be undone.', action: 'Delete my account', typed: handle })) {
      await this.#leave('DELETE', '/members/me', 'Your account is deleted.');
    }
  }

  async #leave(method, path, message) {
    if (this.leaving) {
      return;
    }
    this.set({ leaving: true });
    try {
      await Promise.all([deletions.finish(), outbox.settle()]);
      if (!this.isConnected || (outbox.posts.length > 0 && !(await confirmDialog({ title: 'Leave without your posts?', text: 'Posts that are not confirmed are lost.', action: 'Leave' })))) {
        return;
      }
      await call(method, path);
      session.forget('ended');
      toast(message);
      navigate('/');
    } catch (error) {
      toast(`That failed. ${explain(error)}`);
    } finally {
      this.set({ leaving: false });
    }
  }

  template() {
    return session.member ? html`<div class="page narrow"><h1>Settings</h1>
      <section class="panel" aria-labelledby="name-title"><h2 id="name-title">Your name</h2>
        <form class="name-form inline" @submit=${(event) => this.#rename(event)}>
          ${field('Name', 'name', { value: session.member.name, required: true, maxlength: 100, autocomplete: 'name', error: this.error?.fields?.name })}
          <button type="submit" ?disabled=${this.renaming}>Save</button></form>
        ${this.error ? formFailure(this.error, ['name'], () => this.#rename()) : nothing}
        <p class="soft small">Your handle is <strong>@${session.member.handle}</strong>.</p>
      </section>
      <section class="panel" aria-labelledby="sessions-title"><h2 id="sessions-title" tabindex="-1">Where you are logged in</h2>
        ${listTemplate(this.sessions, {
          label: 'Loading your sessions',
          none: empty('No sessions', 'Log in again to see them.'),
          items: (items) => html`<ul class="rows">${items.map((each) => this.#sessionTemplate(each))}</ul>`,
        })}
        <div class="actions"><button type="button" class="quiet" ?disabled=${this.leaving} @click=${() => this.#leave('DELETE', '/sessions/current', 'You are logged out.')}>Log out</button>
          <button type="button" class="quiet" @click=${() => this.#endAll()}>Log out everywhere</button></div>
      </section>
      <section class="panel" aria-labelledby="export-title"><h2 id="export-title">Your data</h2>
        <p>Get a file with what Agora stores about what you did.</p>
        ${jobProgress(this.job)}
        <div class="actions"><button type="button" class="quiet" ?disabled=${this.exporting || (this.job?.job && isOpen(this.job.job))} @click=${() => this.#export()}>Export my data</button></div>
      </section>
      <section class="panel" aria-labelledby="delete-title"><h2 id="delete-title">Delete your account</h2>
        <p>Your posts, products, reviews and follows disappear, and your handle is free again.</p>
        <div class="actions"><button type="button" class="danger" @click=${() => this.#delete()}>Delete my account</button></div>
      </section>
    </div>` : nothing;
  }

  #sessionTemplate(each) {
    const { device, address, seenAt, current } = each;
    return html`<li class="row"><div class="grow"><span class="strong">${device ?? 'Unknown device'}</span>
        ${current ? html`<span class="badge">This one</span>` : nothing}
        <p class="soft small">${address ?? 'Unknown address'} · seen <time datetime=${seenAt} title=${exactTime(seenAt)}>${ago(seenAt)}</time></p></div>
      ${current ? nothing : html`<button type="button" class="quiet" aria-label="Log out ${device ?? 'this session'}" @click=${() => this.#end(each)}>Log out</button>`}</li>`;
  }
}

customElements.define('agora-settings', Settings);
