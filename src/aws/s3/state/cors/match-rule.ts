// Which rule of a bucket is about what a page asks for: the first whose origin, method and headers all fit.
import type { CORSRule } from '../../shapes.generated.ts';

export interface PageRequest {
  readonly origin: string;
  readonly method: string;
  /** The headers that the page wants to send, in lower case; none where it is not asked before. */
  readonly headers: readonly string[];
}

export const matchingRule = (
  rules: readonly CORSRule[],
  { origin, method, headers }: PageRequest,
): CORSRule | undefined =>
  rules.find(
    ({ AllowedOrigins: origins, AllowedMethods: methods, AllowedHeaders: allowed = [] }) =>
      methods.includes(method) &&
      origins.some((pattern) => fits(pattern, origin)) &&
      headers.every((header) => allowed.some((pattern) => fits(pattern.toLowerCase(), header))),
  );

/** A pattern has one `*` at most. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
