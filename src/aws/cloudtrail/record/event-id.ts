import { createHash } from 'node:crypto';

/** The id of an event, in the form of a UUID: it follows from what the event is about, of which no two have the same. */
export function eventId(about: string): string {
  const hex = createHash('sha256').update(about).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}
