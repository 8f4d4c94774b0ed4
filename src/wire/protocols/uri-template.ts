// Matches a request's path and query against the template of an operation, such as `/2015-03-31/functions/{FunctionName}?List`.
import { uriDecode } from '../sigv4/uri-encode.ts';
import { splitTarget } from '../request-target.ts';

/** A template, taken apart once. */
export interface UriTemplate {
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** What the query must hold: a name, and a value where the template has one. */
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
  /** How much of the path is spelled out, to prefer `/tags/all` to `/tags/{name}`. */
  readonly literals: number;
}

export function uriTemplate(requestUri: string): UriTemplate {
  const { path, query } = splitTarget(requestUri);
  const labels: string[] = [];
  const pattern = path.split(/(\{[^}]+\})/).map((part) => {
    if (!part.startsWith('{')) return part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const name = part.slice(1, -1);
    labels.push(name.replace(/\+$/, ''));
    return name.endsWith('+') ? '(.+)' : '([^/]+)';
  });
  return {
    path: new RegExp(`^${pattern.join('')}/?$`),
    labels,
    query: query === '' ? [] : query.split('&').map(splitPair),
    literals: path.replace(/\{[^}]+\}/g, '').length,
  };
}

function splitPair(pair: string): readonly [string, string | undefined] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, undefined] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

const noParameters: ReadonlyMap<string, readonly string[]> = new Map();

/** The labels' decoded texts when a target matches, else undefined. */
export function matchUri(template: UriTemplate, target: string): ReadonlyMap<string, string> | undefined {
  const { path, query } = splitTarget(target);
  const found = template.path.exec(path);
  if (found === null) return undefined;
  const parameters = template.query.length === 0 ? noParameters : queryParameters(query);
  const hasAll = template.query.every(([name, value]) => {
    const values = parameters.get(name);
    return values !== undefined && (value === undefined || value === '' || values.includes(value));
  });
  // A plus in a path is itself.
  const decode = (text: string): string => uriDecode(text.replaceAll('+', '%2B'));
  return hasAll
    ? new Map(template.labels.map((label, index) => [label, decode(found[index + 1]!)]))
    : undefined;
}

/** The decoded parameters of a query, each with all its values in order. */
export function queryParameters(query: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name, value = ''] = splitPair(pair);
    const decoded = uriDecode(name);
    const values = parameters.get(decoded);
    if (values === undefined) parameters.set(decoded, [uriDecode(value)]);
    else values.push(uriDecode(value));
  }
  return parameters;
}
