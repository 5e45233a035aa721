/** Fields of forms, with the errors that the API names. */

import { html, nothing } from './view.js';
import { explain, failure } from './states.js';

/**
 * A labelled input.
 * @param attributes the input's attributes; `hint` explains it
 */
export function field(label, name, { value = '', type = 'text', hint, error, required = false, plain = required, ...rest } = {}) {
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${name}>${label}${plain ? nothing : html` <span class="soft">(optional)</span>`}</label>
    ${rest.lines
      ? html`<textarea id=${name} name=${name} rows=${rest.lines} maxlength=${rest.maxlength ?? nothing} ?required=${required}
          aria-invalid=${error ? 'true' : nothing} aria-describedby=${described || nothing} .value=${value}></textarea>`
      : html`<input id=${name} name=${name} type=${type} .value=${String(value)} ?required=${required}
          autocomplete=${rest.autocomplete ?? 'off'} autocapitalize=${rest.autocapitalize ?? nothing}
          minlength=${rest.minlength ?? nothing} maxlength=${rest.maxlength ?? nothing}
          min=${rest.min ?? nothing} max=${rest.max ?? nothing} step=${rest.step ?? nothing}
          pattern=${rest.pattern ?? nothing} list=${rest.list ?? nothing} inputmode=${rest.inputmode ?? nothing}
          placeholder=${rest.placeholder ?? nothing} title=${rest.title ?? nothing}
          aria-invalid=${error ? 'true' : nothing} aria-describedby=${described || nothing}>`}
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    ${error ? html`<p class="error" id="${name}-error">${error}</p>` : nothing}
  </div>`;
}

/** The failure of a form: the errors of fields that it does not show, or a way to try again. */
export function formFailure(error, shown, retry) {
  if (!error) {
    return nothing;
  }
  if (error.passes) {
    return failure(error, retry, { automatic: false });
  }
  const others = Object.entries(error.fields ?? {}).filter(([name]) => !shown.includes(name));
  const known = Object.keys(error.fields ?? {}).length > others.length;
  return html`<div class="notice bad" role="alert">
    <p>${known ? 'Some fields need a change.' : explain(error)}</p>
    ${others.map(([name, message]) => html`<p>${name} ${message}</p>`)}
  </div>`;
}

/** The values of a form, without blanks around them. */
export function values(form) {
  return Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, typeof value === 'string' ? value.trim() : value]));
}

/** Moves the focus to the first field with an error, or back to the button, which was disabled. */
export function focusError(form) {
  (form.querySelector('[aria-invalid="true"]') ?? form.querySelector('button[type="submit"]'))?.focus();
}
