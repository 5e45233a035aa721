/** The session of this browser. Its cookie is not readable, so its member is noted here. */

import { bearer, call, forgetTokens, get } from './api.js';
import { browserStore, tabStore } from './storage.js';

const KEY = 'agora.member';
/** Stands in the place of the card of a session that the server has ended. */
const LOST = { lost: true };

/**
 * Reports each change with its reason: `started`, `renamed`, `ended` here, `lost` because
 * the server has ended the session, and `elsewhere` if another tab has ended or started one.
 */
class Session extends EventTarget {
  #member = readCard();

  constructor() {
    super();
    // Another tab of this browser has logged in or out, or removed all entries. A session without a cookie is this tab's own.
    addEventListener('storage', ({ key }) => (key === KEY || key === null) && !bearer.token && this.#follow(readCard()));
  }

  /** The card of the member, null without a session. */
  get member() {
    return this.#member;
  }

  isMe(id) {
    return this.#member !== null && this.#member.id === id;
  }

  async join({ handle, name, password, key }) {
    await call('POST', '/members', { body: { handle, name, password }, key });
    await this.logIn(handle, password);
  }

  async logIn(handle, password) {
    const { data } = await call('POST', '/sessions', { body: { handle, password, device: deviceName() } });
    bearer.token = (await isCookieAccepted()) ? null : data.token;
    this.#note(data.member);
    this.#change(data.member, 'started');
  }

  /** Notes the member's card with a new name. */
  rename(card) {
    this.#note(card);
    this.#change(card, 'renamed');
  }

  /** The session has ended: `ended` here, or `lost`. Other tabs are notified of the reason, so that they keep their pages. */
  forget(reason) {
    if (this.#member === null) {
      return;
    }
    this.#note(reason === 'lost' ? LOST : null);
    bearer.token = null;
    this.#change(null, reason);
  }

  #follow(member) {
    if (!member && browserStore.getJson(KEY)?.lost) {
      this.#member !== null && this.#change(null, 'lost');
    } else {
      this.#change(member, member && this.isMe(member.id) ? 'renamed' : 'elsewhere');
    }
  }

  #note(card) {
    (bearer.token ? tabStore : browserStore).setJson(KEY, card);
  }

  #change(member, reason) {
    if (this.#member !== null && member?.id !== this.#member.id) {
      forgetTokens();
    }
    this.#member = member;
    this.dispatchEvent(new CustomEvent('change', { detail: reason }));
  }
}

export const session = new Session();

function readCard() {
  const card = (bearer.token ? tabStore : browserStore).getJson(KEY);
  return [card?.id, card?.handle, card?.name].every((part) => typeof part === 'string') ? card : null;
}

/** Over plain HTTP, some browsers refuse the cookie on every host or on other hosts than localhost. */
async function isCookieAccepted() {
  bearer.token = null;
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
