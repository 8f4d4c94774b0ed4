// Which operation of an API a request calls: each protocol says it in its own place.
import type { Api } from './api.ts';
import { weightOf, type BoundApi, type BoundOperation, type RestRoute } from './bound-api.ts';
import { ApiError } from './errors.ts';
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import type { ProtocolName } from './protocols/protocol.ts';
import { actionOf } from './protocols/query.ts';
import { matchUri, queryParameters } from './protocols/uri-template.ts';
import { addressedByPath } from './protocols/virtual-host.ts';
import { splitTarget } from './request-target.ts';

/** The APIs that a request may be for. */
export interface Candidates {
  /** The API that `X-Amz-Target` names. */
  readonly targeted: BoundApi | undefined;
  /** The API of the service that the signature is scoped to. */
  readonly scoped: BoundApi | undefined;
}

/** The operation; throws UnknownOperationException when there is none of that name, or none is named. */
export function calledOperation(
  protocol: ProtocolName,
  { targeted, scoped }: Candidates,
  request: HttpRequest,
): BoundOperation {
  const found = scoped ?? targeted;
  switch (protocol) {
    case 'query':
    case 'ec2-query':
      return found === undefined ? byTarget(targeted, request) : byAction(found, request);
    case 's3':
      return found === undefined ? byTarget(targeted, request) : ofS3(found, request);
    case 'rest-json':
    case 'rest-xml':
      return found === undefined ? byTarget(targeted, request) : byPath(found, request);
    case 'rpc-v2-cbor':
      return found === undefined ? byTarget(targeted, request) : byServicePath(found, request);
    default:
      return byTarget(targeted, request);
  }
}

/** `X-Amz-Target: <prefix>.<operation>` */
function byTarget(targeted: BoundApi | undefined, request: HttpRequest): BoundOperation {
  checkEndpoint(request, ['POST']);
  const target = headerOf(request.headers, 'x-amz-target');
  if (target === undefined) return refuse('The X-Amz-Target header, which names the operation, is missing.');
  if (targeted === undefined) return refuse('X-Amz-Target is not an API that is served here.');
  return named(targeted, target.slice(target.lastIndexOf('.') + 1), 'X-Amz-Target');
}

/** The parameter `Action`, in the form or in the query of a GET. */
function byAction(found: BoundApi, request: HttpRequest): BoundOperation {
  checkEndpoint(request, ['GET', 'POST']);
  const name = actionOf(request);
  if (name === undefined) return refuse('The parameter Action, which names the operation, is missing.');
  return named(found, name, 'Action');
}

/** S3 Control is another API under the same signing name. */
function ofS3(found: BoundApi, request: HttpRequest): BoundOperation {
  const { path } = splitTarget(request.target);
  if (headerOf(request.headers, 'x-amz-account-id') !== undefined && path.startsWith('/v20180820/'))
    return refuse(
      `Longshore does not serve the operation of S3 Control that ${request.method} ${path} calls.`,
    );
  return byPath(found, addressedByPath(request));
}

function byPath({ api, rest }: BoundApi, request: HttpRequest): BoundOperation {
  const { method, target } = request;
  const matching = rest.filter(
    (one) => one.method === method && matchUri(one.template, target) !== undefined,
  );
  const [found] = matching;
  if (found !== undefined) return amongAlike(found, matching, request).operation;
  const { path } = splitTarget(target);
  const { signingName } = api.model;
  return refuse(`Longshore does not serve the operation of ${signingName} that ${method} ${path} calls.`);
}

/** Of those whose method and path are alike, the one that needs most of what is there; else the one that needs least. */
function amongAlike(first: RestRoute, matching: readonly RestRoute[], request: HttpRequest): RestRoute {
  const alike = matching
    .filter((one) => weightOf(one) === weightOf(first))
    .toSorted((one, other) => other.needs.length - one.needs.length);
  if (alike.length === 1) return first;
  const query = queryParameters(splitTarget(request.target).query);
  const isThere = (name: string) =>
    query.has(name) || headerOf(request.headers, name.toLowerCase()) !== undefined;
  return alike.find(({ needs }) => needs.every(isThere)) ?? alike.at(-1)!;
}

/** `/service/<name>/operation/<operation>` */
function byServicePath(found: BoundApi, { method, target }: HttpRequest): BoundOperation {
  const { path } = splitTarget(target);
  const [, service, name] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? [];
  if (method !== 'POST' || name === undefined || service !== found.api.model.targetPrefix) {
    return refuse('Operations are called with POST on the path /service/<service>/operation/<operation>.');
  }
  return named(found, name, 'The path');
}

function named({ api, operations }: BoundApi, name: string, where: string): BoundOperation {
  return operations.get(name) ?? refuse(notServed(name, api) ?? `${where} is not an operation of this API.`);
}

const notServed = (name: string, { model }: Api): string | undefined =>
  Object.hasOwn(model.operations, name) || model.otherOperations?.includes(name) === true
    ? `Longshore does not serve the operation ${name} of ${model.signingName}.`
    : undefined;

function checkEndpoint(request: HttpRequest, methods: readonly string[]): void {
  if (!methods.includes(request.method) || splitTarget(request.target).path !== '/') {
    refuse(`Operations are called with ${methods.join(' or ')} on the path /.`);
  }
}

function refuse(message: string): never {
  throw new ApiError('UnknownOperationException', message);
}
