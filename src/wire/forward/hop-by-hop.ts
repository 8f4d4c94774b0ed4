// Headers that belong to one connection: whoever passes a message on leaves them behind.
import { headerOf } from '../header-of.ts';
import type { Headers } from '../http.ts';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers without those of the connection, and without those that `connection` names. */
export function endToEndHeaders(headers: Headers): Headers {
  const named = new Set(listed(headerOf(headers, 'connection')));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)),
  );
}

/** The parts of a header that is a list, in lower case. */
export const listed = (value = ''): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
