/** Texts for numbers, times and states. */

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const STATES = {
  READY: { text: 'ready', sign: '●', tone: 'good' },
  NOT_READY: { text: 'not ready', sign: '◐', tone: 'warm' },
  DRAINING: { text: 'draining', sign: '◒', tone: 'warm' },
  EJECTED: { text: 'ejected', sign: '⊘', tone: 'bad' },
  UNRESPONSIVE: { text: 'no response', sign: '?', tone: 'bad' },
  DOWN: { text: 'down', sign: '✕', tone: 'bad' },
};

const TITLES = { clients: 'Clients', gateway: 'Gateway', kafka: 'Kafka', mongodb: 'MongoDB', redis: 'Redis' };

export const title = (id) => TITLES[id] ?? id;

export const number = (value) => (Math.abs(value) >= 10_000 ? COMPACT : Math.abs(value) < 10 && !Number.isInteger(value) ? TENTHS : WHOLE).format(value);

export const rate = (value) => `${value > 0 && value < 0.1 ? '<0.1' : number(value)}/s`;

/** A time that is given in milliseconds. */
export function time(millis) {
  if (millis === null || millis === undefined) {
    return '–';
  }
  return millis < 1000 ? `${millis < 1 && millis > 0 ? millis.toFixed(1) : number(millis)} ms` : `${TENTHS.format(millis / 1000)} s`;
}

export const seconds = (value) => (value < 60 ? `${TENTHS.format(value)} s` : `${WHOLE.format(value / 60)} min`);

export const percent = (share) => (share === null || share === undefined ? '–' : `${TENTHS.format(share * 100)} %`);

export const clock = (millis) => new Date(millis).toLocaleTimeString('en-GB');

/** “12 per second, half within 3 ms, 99 % within 20 ms, no errors”. */
export function spoken(traffic) {
  if (!traffic) {
    return 'not measured';
  }
  const errors = traffic.errors > 0 ? `${rate(traffic.errors)} errors` : 'no errors';
  return traffic.rate === 0 ? `no calls, ${errors}`
    : `${rate(traffic.rate)}, median ${time(traffic.p50 ?? traffic.mean)}, 99th percentile ${time(traffic.p99)}, ${errors}`;
}
