// Finds what a request is for: its service, the protocol its client speaks, and the operation of an API that is served here.
import type { Api, CrossOrigin } from './api.ts';
import { awsService, wayElsewhere, type AwsService } from './aws-service.ts';
import { bindApi, type BoundApi, type BoundOperation } from './bound-api.ts';
import { calledOperation, type Candidates } from './called-operation.ts';
import { ApiError } from './errors.ts';
import { isAnonymousS3, isPlainS3 } from './anonymous-s3.ts';
import { unsignedStsOperation } from './unsigned-sts.ts';
import type { Forwarder } from './forward/forwarder.ts';
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import { defaultLimits } from './input-limits.ts';
import type { Protocol, ProtocolName } from './protocols/protocol.ts';
import { spokenProtocol } from './spoken-protocol.ts';
import { statedSigningName } from './sigv4/stated-scope.ts';

/** Where a request leads. That it leads somewhere says nothing of who sent it. */
export interface Route {
  readonly protocol: Protocol;
  /** The services that its signature may be scoped to. */
  readonly signingNames: readonly string[];
  /** The error that tells that its service is not served here, if it is not. */
  readonly notServed: ApiError | undefined;
  /** What sends the request on, where its service is not served here but somewhere else. */
  readonly forwarder: Forwarder | undefined;
  /** Its client sends no signature, by its own choice: there is none to be checked before it is told that. */
  readonly isAnonymous: boolean;
  /** Whether it is for a page beside the API where there is one at its path. A bucket of S3 may have the name of a page. */
  readonly takesPages: boolean;
  /** What its API says to browsers. */
  readonly crossOrigin: CrossOrigin | undefined;
  /** The largest body that it may have, as far as its head tells; the operation's own limit may be less. Infinity: it is read while it comes. */
  readonly bodyBytes: number;
  /** The operation; throws UnknownOperationException when there is none of that name, or `notServed`. */
  operation(): BoundOperation;
}

/**
 * The routes to the operations of all `apis`: an API by X-Amz-Target (`<prefix>.<operation>`, before which
 * some clients write a namespace: `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents`), else by the service that the
 * signature is scoped to. What `forwarder` takes leads there.
 */
export function router(apis: readonly Api[], forwarder?: Forwarder): (request: HttpRequest) => Route {
  const bound = apis.map(bindApi);
  const byTarget = new Map(bound.map((one) => [one.api.model.targetPrefix, one]));
  const byService = firstOfEach(bound);
  const served = [...byService.keys()].toSorted((one, other) => (one < other ? -1 : 1));
  return (request) => {
    const target = headerOf(request.headers, 'x-amz-target');
    const prefix = target?.slice(0, Math.max(0, target.lastIndexOf('.')));
    const targeted = prefix ? (byTarget.get(prefix) ?? byTarget.get(lastName(prefix))) : undefined;
    const stated = targeted?.api.model.signingName ?? statedSigningName(request);
    const unsigned = stated === undefined ? unsignedCall(request, byService.has('s3')) : undefined;
    const signingName = unsigned?.signingName ?? stated;
    const service = signingName === undefined ? undefined : awsService(signingName);
    const isForwarded = signingName !== undefined && forwarder?.takes(signingName) === true;
    const notServed =
      service === undefined || isForwarded
        ? undefined
        : (unsigned?.refused ?? refuseService(service, served));
    const protocol = spokenProtocol(request, service);
    const scoped = signingName === undefined ? undefined : byService.get(signingName);
    return {
      protocol,
      bodyBytes: bodyBytesOf(protocol.name, { targeted, scoped }, request),
      signingNames: signingName === undefined ? served : [signingName],
      notServed,
      forwarder: isForwarded ? forwarder : undefined,
      isAnonymous: unsigned !== undefined,
      takesPages:
        notServed === undefined && !isForwarded && (protocol.name !== 's3' || unsigned?.isPlain === true),
      crossOrigin: isForwarded ? undefined : scoped?.api.crossOrigin,
      operation() {
        if (notServed !== undefined) throw notServed;
        return calledOperation(protocol.name, { targeted, scoped }, request);
      },
    };
  };
}

const lastName = (prefix: string): string => prefix.slice(prefix.lastIndexOf('.') + 1);

interface UnsignedCall {
  readonly signingName: string;
  readonly refused?: ApiError;
  /** Nothing but its path says for which service it is. */
  readonly isPlain?: true;
}

/** Which service a request is for that its client does not sign, and the error for what is never served of it. */
function unsignedCall(request: HttpRequest, servesS3: boolean): UnsignedCall | undefined {
  const operation = unsignedStsOperation(request);
  if (operation === undefined) {
    if (isAnonymousS3(request)) return { signingName: 's3' };
    return servesS3 && isPlainS3(request) ? { signingName: 's3', isPlain: true } : undefined;
  }
  const message = `Longshore does not serve the operation ${operation} of sts.`;
  return { signingName: 'sts', refused: new ApiError('UnknownOperationException', message) };
}

/** A form names its operation in the body: until that is there, it may be for any. */
function bodyBytesOf(protocol: ProtocolName, candidates: Candidates, request: HttpRequest): number {
  const found = candidates.targeted ?? candidates.scoped;
  if (found === undefined || found.bodyBytes === defaultLimits.bodyBytes) return defaultLimits.bodyBytes;
  if (protocol === 'query' || protocol === 'ec2-query') return found.bodyBytes;
  try {
    return calledOperation(protocol, candidates, request).limits.bodyBytes;
  } catch {
    return defaultLimits.bodyBytes;
  }
}

/** By signing name, the API that is AWS's own: Longshore's is found by its target alone. */
function firstOfEach(bound: readonly BoundApi[]): ReadonlyMap<string, BoundApi> {
  const found = new Map<string, BoundApi>();
  for (const one of bound) {
    const { signingName } = one.api.model;
    if (!found.has(signingName)) found.set(signingName, one);
  }
  return found;
}

function refuseService(service: AwsService, served: readonly string[]): ApiError | undefined {
  const { signingName, title } = service;
  if (served.includes(signingName)) return undefined;
  const called = title === undefined ? signingName : `${title} (${signingName})`;
  return new ApiError(
    'UnknownOperationException',
    `Longshore does not serve ${called}, only ${served.join(', ')}. ${wayElsewhere(service)}`,
  );
}
