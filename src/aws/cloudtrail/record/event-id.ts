/** The id of the event of a request: it follows from the request's id, a UUID of which no two are the same, and is another one. */
export function eventId(requestId: string): string {
  const digits = requestId.replaceAll('-', '').split('').toReversed().join('');
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
  ];
  return [...parts, digits.slice(20, 32)].join('-');
}
