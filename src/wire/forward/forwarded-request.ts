// Makes of a request that was verified here the one that its service gets: without the client's signature, with that of the operator.
import { headerOf } from '../header-of.ts';
import type { Headers, HttpRequest } from '../http.ts';
import { addressedByPath } from '../protocols/virtual-host.ts';
import { splitTarget } from '../request-target.ts';
import type { Authenticated } from '../sigv4/authenticate.ts';
import { sign } from '../sigv4/sign.ts';
import { signingRules } from '../sigv4/signing-rules.ts';
import { uriDecode } from '../sigv4/uri-encode.ts';
import type { ForwardTarget } from './forward-target.ts';
import { endToEndHeaders, listed } from './hop-by-hop.ts';

/** How Longshore calls itself in `via`. */
const pseudonym = '1.1 longshore';

/** Whether a Longshore has sent it on before. */
export const wasForwarded = ({ headers }: HttpRequest): boolean =>
  listed(headerOf(headers, 'via')).includes(pseudonym);

/** The request as `target` gets it, at `now` (epoch ms): signed for the same service and region, or not at all. */
export function forwardedRequest(
  request: HttpRequest,
  caller: Authenticated,
  target: ForwardTarget,
  now: number,
): HttpRequest {
  const { signingName, region } = caller;
  const plain = {
    method: request.method,
    target: withoutSignature(targetWithBucket(request, signingName)),
    ...content(request, caller),
  };
  const addressed = { ...plain, headers: { ...plain.headers, host: new URL(target.url).host } };
  const { credentials } = target;
  return credentials === undefined ? addressed : sign(addressed, { credentials, region, signingName, now });
}

/** What is said of the signature and of the wire, and is said anew. */
const ofThisHop = new Set([
  'authorization',
  'date',
  'expect',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]);
const ofChunks = new Set(['x-amz-decoded-content-length', 'x-amz-trailer']);

/** The body as a whole, where it came in chunks, and the headers that go with it. */
function content(
  { headers, body }: HttpRequest,
  { chunked, signedHeaders }: Authenticated,
): Pick<HttpRequest, 'headers' | 'body'> {
  const kept = Object.entries(endToEndHeaders(headers)).filter(
    ([name]) =>
      !ofThisHop.has(name) &&
      !(chunked && ofChunks.has(name)) &&
      // What nobody signed must not become signed.
      (!name.startsWith('x-amz-') || signedHeaders.includes(name)),
  );
  const { 'content-encoding': encoding, 'content-length': stated, via, ...others } = Object.fromEntries(kept);
  const coding = listed(encoding).filter((one) => one !== 'aws-chunked');
  const whole = chunked?.body ?? body;
  const hasBody = whole.length > 0 || stated !== undefined || chunked !== undefined;
  return {
    headers: {
      ...others,
      ...checksums(chunked?.trailers ?? {}),
      ...(coding.length > 0 && { 'content-encoding': coding.join(', ') }),
      ...(hasBody && { 'content-length': String(whole.length) }),
      via: via === undefined ? pseudonym : `${via}, ${pseudonym}`,
    },
    body: whole,
  };
}

/** A trailer may be unsigned, so it may say nothing but what it is there for. */
const checksums = (trailers: Headers): Headers =>
  Object.fromEntries(Object.entries(trailers).filter(([name]) => /^x-amz-checksum-[a-z0-9]+$/.test(name)));

/** The target without the parameters of a presigned URL's signature. */
function withoutSignature(target: string): string {
  const { path, query } = splitTarget(target);
  const kept = query.split('&').filter((pair) => !isOfSignature(uriDecode(pair.split('=', 1)[0]!)));
  const rest = kept.join('&');
  return rest === '' ? path : `${path}?${rest}`;
}

const isOfSignature = (name: string): boolean =>
  /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256)$/.test(
    name,
  );

/** A bucket that is part of the host, `photos.localhost`, is lost with the host: it becomes part of the path. */
function targetWithBucket({ target, headers }: HttpRequest, signingName: string): string {
  return signingRules(signingName).plainPath ? addressedByPath({ target, headers }).target : target;
}
