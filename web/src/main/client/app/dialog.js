/** Questions in a dialog, which closes with Escape and when the page changes. */

import { navigation } from './navigation.js';
import { html, nothing } from './view.js';
import { render } from '../libraries/lit-html/lit-html.js';

/**
 * Asks before something is deleted.
 * @returns whether the visitor agreed
 */
export function confirmDialog({ title, text, action, typed = null }) {
  return openDialog((close) => html`
    <h2 id="dialog-title">${title}</h2>
    <p>${text}</p>
    <form method="dialog" @submit=${(event) => { event.preventDefault(); close(true); }}>
      ${typed
        ? html`<label class="field">Type <strong>${typed}</strong> to confirm
            <input name="typed" autocomplete="off" autocapitalize="none" spellcheck="false" required pattern=${typed}></label>`
        : nothing}
      <div class="actions">
        <button type="button" class="quiet" @click=${() => close(false)}>Cancel</button>
        <button type="submit" class="danger">${action}</button>
      </div>
    </form>`, false);
}

/**
 * Opens a dialog and resolves with the value that it is closed with.
 * @param template makes the content, given a function that closes the dialog
 * @param dismissed the value if the visitor leaves the dialog
 */
export function openDialog(template, dismissed) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  document.body.append(dialog);
  return new Promise((resolve) => {
    let result = dismissed;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const update = () => render(template(close, update), dialog);
    update();
    const leave = () => close(dismissed);
    navigation.addEventListener('navigate', leave);
    dialog.addEventListener('close', () => {
      navigation.removeEventListener('navigate', leave);
      dialog.remove();
      resolve(result);
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) {
        close(dismissed);
      }
    });
    dialog.showModal();
  });
}
