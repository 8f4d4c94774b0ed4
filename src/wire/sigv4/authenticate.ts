// Decides who signed a request, or why its signature does not hold. Every refusal is an ApiError with AWS's code.
import { timingSafeEqual } from 'node:crypto';
import type { Caller, Session } from '../caller.ts';
import { headerOf } from '../header-of.ts';
import type { HttpRequest } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { canonicalRequest } from './canonical-request.ts';
import { isChunked, readChunkedPayload, type ChunkedPayload, type ChunkSigning } from './chunked-payload.ts';
import type { Claim } from './claim.ts';
import {
  badPayloadHash,
  incompleteSignature,
  invalidSignature,
  missingPayloadHash,
  missingToken,
  signatureMismatch,
  unrecognizedClient,
} from './errors.ts';
import { headerClaim } from './header-claim.ts';
import { checkV2, claimV2, regionV2, type ClaimV2 } from './presigned-v2.ts';
import type { PayloadProof } from './streamed-payload.ts';
import { queryClaim } from './query-claim.ts';
import { sha256Hex, signatureOf } from './signature.ts';
import { signingRules } from './signing-rules.ts';
import { checkTime } from './clock-skew.ts';

/** What is known of an access key that may sign. */
export interface Signer {
  readonly secretAccessKey: string;
  readonly accountId: string;
  readonly principalArn: string;
  /** Of a key that came with a session token. */
  readonly session?: Session | undefined;
}

/**
 * Finds an access key's signer, with its ARN as it reads in `region`; undefined when it is unknown, revoked, or when the
 * session token (undefined when the request has none) is not the one that goes with it. Throws ApiError for a session that has ended.
 */
export type LookupAccessKey = (
  accessKeyId: string,
  sessionToken: string | undefined,
  region: string,
) => Signer | undefined;

export interface AuthenticateOptions {
  /** Epoch ms. */
  readonly now: number;
  readonly lookup: LookupAccessKey;
  /** The services that the signature may be scoped to. */
  readonly signingNames: readonly string[];
  /** Whether the body is read only later, and checked then: what the request states of it is taken as it is. Default false. */
  readonly isStreamed?: boolean | undefined;
}

const unsignedPayload = 'UNSIGNED-PAYLOAD';

// What the server acts on must be signed: else somebody on the way could change it.
const signedWhenPresent = ['x-amz-date', 'x-amz-target', 'x-amz-content-sha256', 'x-amz-security-token'];

/** Who signed, for which service, and, where it came in chunks, the body that was signed. */
export interface Authenticated extends Caller {
  readonly signingName: string;
  /** Lower case. */
  readonly signedHeaders: readonly string[];
  /** Undefined when the body is the request's own. */
  readonly chunked: ChunkedPayload | undefined;
  /** What was signed of a body that is read only later; undefined where it was checked. */
  readonly payload?: PayloadProof | undefined;
}

/** The verified caller of a signed request (Authorization header or presigned query). Throws ApiError. */
export function authenticate(request: HttpRequest, options: AuthenticateOptions): Authenticated {
  const older = options.signingNames.includes('s3') ? claimV2(request) : undefined;
  if (older !== undefined) return authenticateV2(request, older, options);
  const claim = readClaim(request);
  checkScope(claim, options.signingNames);
  const signer = options.lookup(claim.accessKeyId, claim.sessionToken, claim.scope.region);
  if (signer === undefined) throw unrecognizedClient();
  checkTime(claim, options.now);
  checkCoverage(claim, request);
  const isStreamed = options.isStreamed === true;
  const hash = isStreamed ? statedPayload(request, claim) : payloadHash(request, claim);
  const canonical = canonicalRequest(request, claim.signedHeaders, hash, {
    omitted: isPresigned(claim) ? 'X-Amz-Signature' : undefined,
    plainPath: signingRules(claim.scope.service).plainPath,
  });
  const expected = signatureOf(signer.secretAccessKey, claim.scope, claim.timestamp, canonical);
  if (!sameSignature(expected, claim.signature)) throw signatureMismatch();
  return {
    accountId: signer.accountId,
    principalArn: signer.principalArn,
    accessKeyId: claim.accessKeyId,
    session: signer.session,
    region: claim.scope.region,
    signingName: claim.scope.service,
    signedHeaders: claim.signedHeaders,
    chunked:
      isChunked(hash) && !isStreamed
        ? readChunkedPayload(hash, request.body, request.headers, chunkSigning(claim, signer))
        : undefined,
    payload: isStreamed ? { stated: hash, signing: chunkSigning(claim, signer) } : undefined,
  };
}

/** The caller who signed a URL by version 2, which leaves the body out. */
function authenticateV2(request: HttpRequest, claim: ClaimV2, options: AuthenticateOptions): Authenticated {
  const { accessKeyId, sessionToken } = claim;
  const signer = options.lookup(accessKeyId, sessionToken, regionV2);
  if (signer === undefined) throw unrecognizedClient();
  checkV2(request, claim, signer.secretAccessKey, options.now);
  return {
    accountId: signer.accountId,
    principalArn: signer.principalArn,
    accessKeyId,
    session: signer.session,
    region: regionV2,
    signingName: 's3',
    signedHeaders: [],
    chunked: undefined,
  };
}

function readClaim(request: HttpRequest): Claim {
  const authorization = headerOf(request.headers, 'authorization')?.trim() ?? '';
  if (authorization !== '') return headerClaim(authorization, request.headers);
  const claim = queryClaim(splitTarget(request.target).query);
  if (claim === undefined) throw missingToken();
  const token = headerOf(request.headers, 'x-amz-security-token');
  return token ? { ...claim, sessionToken: claim.sessionToken ?? token } : claim;
}

function checkScope(claim: Claim, signingNames: readonly string[]): void {
  const { date, region, service } = claim.scope;
  if (!signingNames.includes(service)) {
    const names = signingNames.map((name) => `'${name}'`).join(' or ');
    throw invalidSignature(`Credential should be scoped to correct service: ${names}.`);
  }
  // The region becomes part of ARNs.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region) || region.length > 64) {
    throw invalidSignature('Credential should be scoped to a valid region.');
  }
  const day = claim.timestamp.slice(0, 8);
  if (date !== day) {
    throw invalidSignature(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        `expected '${day}', from '${claim.timestamp}'.`,
    );
  }
}

function checkCoverage(claim: Claim, request: HttpRequest): void {
  if (!claim.signedHeaders.includes('host') || headerOf(request.headers, 'host') === undefined) {
    throw incompleteSignature(`'Host' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  for (const name of signedWhenPresent) {
    if (headerOf(request.headers, name) !== undefined && !claim.signedHeaders.includes(name)) {
      throw incompleteSignature(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
  const dated = isPresigned(claim) || headerOf(request.headers, 'x-amz-date') !== undefined;
  if (!dated && !claim.signedHeaders.includes('date')) {
    throw incompleteSignature(`'Date' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

const chunkSigning = (
  { scope, timestamp, signature: seed }: Claim,
  { secretAccessKey }: Signer,
): ChunkSigning => ({
  secretAccessKey,
  scope,
  timestamp,
  seed,
});

const isPresigned = (claim: Claim): boolean => claim.expiresIn !== undefined;

/** What the request states of a body that nobody has read yet; throws ApiError where it says nothing that can be checked. */
function statedPayload(request: HttpRequest, claim: Claim): string {
  const stated = headerOf(request.headers, 'x-amz-content-sha256') ?? claim.payloadHash;
  if (stated === undefined && isPresigned(claim)) return unsignedPayload;
  if (stated === undefined) throw missingPayloadHash();
  if (stated !== unsignedPayload && !isChunked(stated) && !/^[0-9a-f]{64}$/.test(stated))
    throw badPayloadHash();
  return stated;
}

function payloadHash(request: HttpRequest, claim: Claim): string {
  const stated = headerOf(request.headers, 'x-amz-content-sha256') ?? claim.payloadHash;
  if (signingRules(claim.scope.service).openPayload) {
    if (stated === undefined && isPresigned(claim)) return unsignedPayload;
    if (stated === unsignedPayload || isChunked(stated)) return stated;
  }
  const actual = sha256Hex(request.body);
  if (stated !== undefined && stated !== actual) {
    throw invalidSignature(`The provided 'x-amz-content-sha256' header does not match what was computed.`);
  }
  return actual;
}

function sameSignature(expected: string, provided: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(provided)) return false;
  return timingSafeEqual(Buffer.from(expected, 'latin1'), Buffer.from(provided, 'latin1'));
}
