/** Texts for times, prices and numbers. */

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const EXACT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const NUMBER = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const UNITS = [[60, 'second'], [3600, 'minute'], [86400, 'hour'], [604800, 'day']];

export const number = (value) => NUMBER.format(value);
export const compact = (value) => COMPACT.format(value);
export const exactTime = (time) => EXACT.format(new Date(time));
export const day = (time) => DAY.format(new Date(time));

/** “5 min. ago” for a recent time, otherwise the day. */
export function ago(time, now = Date.now()) {
  const seconds = Math.max(0, (now - new Date(time)) / 1000);
  if (seconds < 45) {
    return 'just now';
  }
  let unit = 1;
  for (const [limit, name] of UNITS) {
    if (seconds < limit) {
      return RELATIVE.format(-Math.round(seconds / unit), name);
    }
    unit = limit;
  }
  return day(time);
}

export function price({ amount, currency }) {
  return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(amount);
}

export function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** “4.5 of 5” as stars: ★★★★½ would need a font, so halves are rounded. */
export function stars(value) {
  const full = Math.round(value);
  return '★'.repeat(full) + '☆'.repeat(5 - full);
}

/** One of eight hues, the same for the same id. */
export function hue(id) {
  let sum = 0;
  for (const character of id) {
    sum = (sum * 31 + character.codePointAt(0)) % 1_000_003;
  }
  return `hue-${sum % 8}`;
}

/** The handle that a visitor has typed, perhaps with an @ and in capital letters. */
export const handleOf = (text) => text.replace(/^@/, '').toLowerCase();

const CHARACTERS = Intl.Segmenter ? new Intl.Segmenter('en', { granularity: 'grapheme' }) : null;

/** The first character as a reader sees it: a flag or a letter with accents has several code points. */
export function firstCharacter(text) {
  const [first] = CHARACTERS ? CHARACTERS.segment(text) : Array.from(text, (segment) => ({ segment }));
  return first?.segment ?? '';
}

/** The first characters of up to two words. */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map(firstCharacter).join('').toUpperCase();
}
