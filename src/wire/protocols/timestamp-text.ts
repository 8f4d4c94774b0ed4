// The three ways in which AWS's protocols write a moment. In values it is a number, in seconds since the epoch.
import type { TimestampFormat } from '../model.ts';

/** Seconds as text, or as the number itself in `unixTimestamp`. */
export function formatTimestamp(seconds: number, format: TimestampFormat): string {
  if (format === 'unixTimestamp') return String(seconds);
  const date = new Date(Math.round(seconds * 1000));
  return format === 'rfc822' ? date.toUTCString() : date.toISOString().replace('.000Z', 'Z');
}

const iso8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;
const rfc822 = /^([A-Z][a-z]{2}, )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(\.\d+)? (GMT|UTC|[+-]\d{4})$/;

/** Seconds of a text in any of the three forms, whichever the model names, as AWS reads them; undefined when it is in none. */
export function parseTimestamp(text: string): number | undefined {
  if (/^[+-]?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text)) return inRange(Number(text));
  if (!iso8601.test(text) && !rfc822.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

/** Beyond this many seconds no Date exists. */
function inRange(seconds: number): number | undefined {
  return Math.abs(seconds) <= 8.64e12 ? seconds : undefined;
}
