// Reading one header out of plain data that a client named the keys of.
import type { Headers } from './http.ts';

/** The value of the header `name` (lower case), or undefined; never something inherited, such as `constructor`. */
export function headerOf(headers: Headers, name: string): string | undefined {
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}
