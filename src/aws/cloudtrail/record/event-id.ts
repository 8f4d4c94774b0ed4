/** The id of the event of a request: it follows from the request's id, a UUID of which no two are the same, and is another one. */
export function eventId(requestId: string): string {
  const last = requestId.slice(24);
  const others = requestId.slice(9, 13) + requestId.slice(0, 8);
  return `${last.slice(0, 8)}-${last.slice(8)}-4${requestId.slice(15, 18)}-a${requestId.slice(20, 23)}-${others}`;
}
