/** `2026-01-31T12:00:00Z`, of seconds since the epoch. */
export const instantText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** The two greatest units of a span in seconds: `2d 3h`, `5m 10s`, `40s`. */
export function spanText(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * size;
  }
  if (left > 0 || parts.length === 0) parts.push(`${left}s`);
  return parts.slice(0, 2).join(' ');
}
