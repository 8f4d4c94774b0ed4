// The two forms in which a signed request tells its time.

/** Epoch ms as `20260131T235959Z`. */
export function formatTimestamp(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Epoch ms of `20260131T235959Z`, or undefined when it is not of that form or no such moment exists. */
export function parseTimestamp(text: string): number | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(text) || text.length !== 16) return undefined;
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  const [month, day, hour, minute, second] = [
    part(4, 6),
    part(6, 8),
    part(9, 11),
    part(11, 13),
    part(13, 15),
  ];
  const date = new Date(Date.UTC(part(0, 4), month - 1, day, hour, minute, second));
  // Date.UTC carries 31 February over into March and takes year 99 for 1999; such a date was not meant.
  const meant =
    date.getUTCFullYear() === part(0, 4) &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return meant ? date.getTime() : undefined;
}

/** Epoch ms of a `Date` header (`Sat, 31 Jan 2026 23:59:59 GMT`) or of the form above, or undefined. */
export function parseDateHeader(text: string): number | undefined {
  const time = parseTimestamp(text);
  if (time !== undefined) return time;
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return undefined;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : parsed;
}
