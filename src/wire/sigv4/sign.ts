// Signs a request with Signature Version 4, in its headers. Pure: the time is given.
import type { Headers, HttpRequest } from '../http.ts';
import { headerOf } from '../header-of.ts';
import { canonicalRequest } from './canonical-request.ts';
import { algorithm, scopeText, sha256Hex, signatureOf } from './signature.ts';
import { signingRules } from './signing-rules.ts';
import { formatTimestamp } from './timestamp.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Empty counts as none. */
  readonly sessionToken?: string | undefined;
}

export interface SignOptions {
  readonly credentials: Credentials;
  readonly region: string;
  /** The service in the signature's scope, e.g. `ecs`. */
  readonly signingName: string;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The request with `x-amz-date`, `authorization` and, when the credentials have a token, `x-amz-security-token`.
 * For S3 and its kin also with `x-amz-content-sha256`, which they demand; what the request has there already is signed as it is.
 * Signs `host` (which must be there), `content-type` and every `x-amz-*` header; others stay free for proxies to change.
 */
export function sign(request: HttpRequest, options: SignOptions): HttpRequest {
  const timestamp = formatTimestamp(options.now);
  const { plainPath, openPayload } = signingRules(options.signingName);
  const stated = openPayload ? headerOf(request.headers, 'x-amz-content-sha256') : undefined;
  const payloadHash = stated ?? sha256Hex(request.body);
  const headers = {
    ...withSigningHeaders(request.headers, timestamp, options.credentials.sessionToken),
    ...(openPayload && { 'x-amz-content-sha256': payloadHash }),
  };
  const signedHeaders = Object.keys(headers).filter(isSigned).sort();
  const scope = { date: timestamp.slice(0, 8), region: options.region, service: options.signingName };
  const canonical = canonicalRequest({ ...request, headers }, signedHeaders, payloadHash, { plainPath });
  const signature = signatureOf(options.credentials.secretAccessKey, scope, timestamp, canonical);
  const authorization =
    `${algorithm} Credential=${options.credentials.accessKeyId}/${scopeText(scope)}, ` +
    `SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
}

function withSigningHeaders(headers: Headers, timestamp: string, token: string | undefined): Headers {
  if (headerOf(headers, 'host') === undefined)
    throw new Error('a request without a host header cannot be signed');
  const { authorization: _, ...rest } = headers;
  const dated = { ...rest, 'x-amz-date': timestamp };
  return token ? { ...dated, 'x-amz-security-token': token } : dated;
}

function isSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-amz-');
}
