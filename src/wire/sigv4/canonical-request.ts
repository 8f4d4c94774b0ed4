// The text that a Signature Version 4 signature covers.
import { headerOf } from '../header-of.ts';
import type { Headers, HttpRequest } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { uriEncode, uriReencode, uriReencodeSegment } from './uri-encode.ts';

export interface CanonicalForm {
  /** A query parameter that the signature does not cover: a presigned URL's own signature. */
  readonly omitted?: string | undefined;
  /** Whether the path counts as it stands, as S3 has it: its keys may hold `//` and `..`. Default false. */
  readonly plainPath?: boolean;
}

/**
 * The canonical request. `signedHeaders` are lower-case names in the order in which they were signed; a name that the
 * request lacks counts as empty.
 */
export function canonicalRequest(
  request: Omit<HttpRequest, 'body'>,
  signedHeaders: readonly string[],
  payloadHash: string,
  { omitted, plainPath = false }: CanonicalForm = {},
): string {
  const { path, query } = splitTarget(request.target);
  const canonical = plainPath ? canonicalPlainPath(path) : canonicalPath(path);
  const headers = canonicalHeaders(request.headers, signedHeaders);
  return `${request.method}\n${canonical}\n${canonicalQuery(query, omitted)}\n${headers}\n${signedHeaders.join(';')}\n${payloadHash}`;
}

/** The path with every segment in the prescribed encoding, once. */
function canonicalPlainPath(path: string): string {
  return path === '' ? '/' : path.split('/').map(uriReencodeSegment).join('/');
}

/** The path without `.`, `..` and empty segments, each segment of the encoded path encoded once more. */
export function canonicalPath(path: string): string {
  if (path === '/') return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(uriEncode(segment));
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${end}`;
}

/** The parameters but `omitted`, sorted by name, then value, each in the prescribed encoding. */
export function canonicalQuery(query: string, omitted?: string): string {
  if (query === '') return query;
  return query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map(canonicalParameter)
    .filter(([name]) => name !== omitted)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalParameter(parameter: string): [name: string, value: string] {
  const equals = parameter.indexOf('=');
  return equals < 0
    ? [uriReencode(parameter), '']
    : [uriReencode(parameter.slice(0, equals)), uriReencode(parameter.slice(equals + 1))];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function canonicalHeaders(headers: Headers, names: readonly string[]): string {
  let lines = '';
  for (const name of names) lines += `${name}:${canonicalValue(headerOf(headers, name) ?? '')}\n`;
  return lines;
}

function canonicalValue(value: string): string {
  return value.replace(/[ \t\n\v\f\r]+/g, ' ').trim();
}
