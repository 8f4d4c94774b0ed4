import type { IncomingMessage } from 'node:http';
import type { Headers, HttpRequest } from './http.ts';

/** The request with `body`, which the caller has read. */
export function plainRequest(incoming: IncomingMessage, body: Uint8Array): HttpRequest {
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: joinHeaders(incoming.rawHeaders),
    body,
    address: plainAddress(incoming.socket.remoteAddress),
  };
}

/** A socket for both versions of IP has addresses of version 4 in version 6's form. */
const plainAddress = (address: string | undefined): string | undefined =>
  address?.replace(/^::ffff:(?=\d+\.)/, '');

/**
 * Node's `rawHeaders` as plain data. Not its own `headers`: it drops repeated ones of some names and joins others with a blank,
 * which changes what was signed.
 */
export function joinHeaders(raw: readonly string[]): Headers {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    const value = raw[index + 1]!;
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return headers;
}
