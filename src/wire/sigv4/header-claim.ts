import { headerOf } from '../header-of.ts';
import type { Headers } from '../http.ts';
import { badDate, parseCredential, parseSignedHeaders, type Claim } from './claim.ts';
import { incompleteSignature } from './errors.ts';
import { algorithm } from './signature.ts';
import { formatTimestamp, parseDateHeader, parseTimestamp } from './timestamp.ts';

/** The claim of a request whose Authorization header is `authorization`; throws IncompleteSignatureException. */
export function headerClaim(authorization: string, headers: Headers): Claim {
  const parameters = parseParameters(authorization);
  const [credential, signedHeaders, signature] = requireAll(parameters, headers);
  return {
    ...parseCredential(credential),
    signedHeaders: parseSignedHeaders(signedHeaders),
    signature,
    ...signingTime(headers),
    expiresIn: undefined,
    sessionToken: headerOf(headers, 'x-amz-security-token') || undefined,
    payloadHash: undefined,
  };
}

function parseParameters(authorization: string): ReadonlyMap<string, string> {
  const space = authorization.indexOf(' ');
  if ((space < 0 ? authorization : authorization.slice(0, space)) !== algorithm) {
    throw incompleteSignature(`Unsupported AWS 'algorithm' in the Authorization header; use ${algorithm}.`);
  }
  const parameters = new Map<string, string>();
  for (const pair of space < 0 ? [] : authorization.slice(space + 1).split(',')) {
    const equals = pair.indexOf('=');
    if (equals < 0 && pair.trim() !== '') {
      throw incompleteSignature(
        'The Authorization header has a part that is not a valid key=value pair (missing equal-sign).',
      );
    }
    parameters.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return parameters;
}

function requireAll(parameters: ReadonlyMap<string, string>, headers: Headers): [string, string, string] {
  const values = ['Credential', 'SignedHeaders', 'Signature'].map((name) => parameters.get(name) ?? '');
  const missing = ['Credential', 'SignedHeaders', 'Signature']
    .filter((_, index) => values[index] === '')
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (headerOf(headers, 'x-amz-date') === undefined && headerOf(headers, 'date') === undefined) {
    missing.push(`Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`);
  }
  if (missing.length > 0) throw incompleteSignature(missing.join(' '));
  return values as [string, string, string];
}

function signingTime(headers: Headers): Pick<Claim, 'timestamp' | 'signedAt'> {
  const amzDate = headerOf(headers, 'x-amz-date');
  const signedAt =
    amzDate === undefined ? parseDateHeader(headerOf(headers, 'date') ?? '') : parseTimestamp(amzDate);
  if (signedAt === undefined) throw badDate();
  return { signedAt, timestamp: amzDate ?? formatTimestamp(signedAt) };
}
