/** The session of this browser. Its cookie is not readable, so its member is noted here. */

import { bearer, call, forgetTokens, get } from './api.js';

const KEY = 'agora.member';

class Session extends EventTarget {
  #member = JSON.parse(localStorage.getItem(KEY) ?? 'null');

  constructor() {
    super();
    // Another tab of this browser has logged in or out.
    addEventListener('storage', (event) => {
      if (event.key === KEY) {
        const member = JSON.parse(event.newValue ?? 'null');
        this.#change(member, member && this.isMe(member.id) ? 'started' : 'elsewhere');
      }
    });
  }

  /** The card of the member, null without a session. */
  get member() {
    return this.#member;
  }

  isMe(id) {
    return this.#member !== null && this.#member.id === id;
  }

  async join(handle, name, password, key) {
    await call('POST', '/members', { body: { handle, name, password }, key });
    await this.logIn(handle, password);
  }

  async logIn(handle, password) {
    const { data } = await call('POST', '/sessions', { body: { handle, password, device: deviceName() } });
    if (!(await isCookieAccepted())) {
      bearer.token = data.token;
    }
    this.rename(data.member);
  }

  /** Notes the member's card, for example after a new name. */
  rename(card) {
    localStorage.setItem(KEY, JSON.stringify(card));
    this.#change(card, 'started');
  }

  async logOut() {
    await call('DELETE', '/sessions/current');
    this.forget('ended');
  }

  /** The session has ended: `ended` here, or `lost` elsewhere. */
  forget(reason) {
    if (this.#member === null) {
      return;
    }
    localStorage.removeItem(KEY);
    bearer.token = null;
    forgetTokens();
    this.#change(null, reason);
  }

  #change(member, reason) {
    this.#member = member;
    this.dispatchEvent(new CustomEvent('change', { detail: reason }));
  }
}

export const session = new Session();

/** Over plain HTTP, some browsers refuse the cookie on every host or on other hosts than localhost. */
async function isCookieAccepted() {
  try {
    await get('/members/me');
    return true;
  } catch (error) {
    return error.status !== 401;
  }
}

function deviceName() {
  const brands = (navigator.userAgentData?.brands?.map(({ brand }) => brand) ?? []).filter((brand) => !/not.?a.?brand/i.test(brand));
  const browser = brands.find((brand) => brand !== 'Chromium') ?? brands.at(0) ??
    /(Firefox|Edg|Chrome|Safari)/.exec(navigator.userAgent)?.[1] ?? 'Browser';
  const system = navigator.userAgentData?.platform || /(Windows|Mac OS|Android|iPhone|iPad|Linux)/.exec(navigator.userAgent)?.[1];
  return system ? `${browser} on ${system}` : browser;
}
