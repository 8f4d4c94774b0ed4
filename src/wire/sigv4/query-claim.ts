import { badDate, parseCredential, parseSignedHeaders, type Claim } from './claim.ts';
import { incompleteSignature } from './errors.ts';
import { algorithm } from './signature.ts';
import { parseTimestamp } from './timestamp.ts';
import { uriDecode } from './uri-encode.ts';

const maxExpiry = 7 * 24 * 3600;
const needed = ['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'];

/** The claim of a presigned request, undefined when the query has none; throws IncompleteSignatureException. */
export function queryClaim(query: string): Claim | undefined {
  if (!query.includes('X-Amz-')) return undefined;
  const parameters = parseQuery(query);
  const stated = parameters.get('X-Amz-Algorithm');
  if (stated === undefined && !parameters.has('X-Amz-Signature')) return undefined;
  if (stated !== algorithm) {
    throw incompleteSignature(`Unsupported AWS 'algorithm' in X-Amz-Algorithm; use ${algorithm}.`);
  }
  const [credential, date, expires, signedHeaders, signature] = requireAll(parameters);
  const signedAt = parseTimestamp(date!);
  if (signedAt === undefined) throw badDate();
  return {
    ...parseCredential(credential!),
    signedHeaders: parseSignedHeaders(signedHeaders!),
    signature: signature!,
    timestamp: date!,
    signedAt,
    expiresIn: parseExpiry(expires!),
    sessionToken: parameters.get('X-Amz-Security-Token') || undefined,
    payloadHash: parameters.get('X-Amz-Content-Sha256'),
  };
}

function parseQuery(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [name, value = ''] = splitOnce(pair);
    parameters.set(uriDecode(name), uriDecode(value));
  }
  return parameters;
}

function splitOnce(pair: string): [name: string, value?: string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

function requireAll(parameters: ReadonlyMap<string, string>): readonly string[] {
  const missing = needed.filter((name) => (parameters.get(name) ?? '') === '');
  if (missing.length > 0) {
    throw incompleteSignature(
      missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' '),
    );
  }
  return needed.map((name) => parameters.get(name)!);
}

function parseExpiry(text: string): number {
  const seconds = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 1 && seconds <= maxExpiry)) {
    throw incompleteSignature(`X-Amz-Expires must be a number of seconds from 1 to ${maxExpiry}.`);
  }
  return seconds;
}
