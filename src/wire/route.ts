// Finds what a request is for: its service, the protocol its client speaks, and the operation of an API that is served here.
import type { Api, Operation } from './api.ts';
import type { OperationAccess } from './authorise.ts';
import { awsService, wayElsewhere, type AwsService } from './aws-service.ts';
import { ApiError } from './errors.ts';
import { isAnonymousS3 } from './anonymous-s3.ts';
import type { Forwarder } from './forward/forwarder.ts';
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import type { WireModel } from './protocols/model.ts';
import type { Protocol } from './protocols/protocol.ts';
import { actionOf } from './protocols/query.ts';
import { splitTarget } from './request-target.ts';
import { spokenProtocol } from './spoken-protocol.ts';
import { statedSigningName } from './sigv4/stated-scope.ts';
import { inputDecoder, type DecodeInput } from './validate.ts';

/** An operation with all that is needed to run it. */
export interface BoundOperation {
  readonly name: string;
  readonly api: Api;
  /** How its values are written. */
  readonly model: WireModel;
  readonly decode: DecodeInput;
  readonly run: Operation;
  /** What its caller must be allowed, e.g. `ecs:RunTask`. */
  readonly action: string;
  readonly access: OperationAccess | undefined;
}

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
  /** The operation; throws UnknownOperationException when there is none of that name, or `notServed`. */
  operation(): BoundOperation;
}

interface BoundApi {
  readonly api: Api;
  readonly operations: ReadonlyMap<string, BoundOperation>;
}

/**
 * The routes to the operations of all `apis`: an API by X-Amz-Target (`<prefix>.<operation>`), else by the service that the
 * signature is scoped to and the parameter `Action`. What `forwarder` takes leads there.
 */
export function router(apis: readonly Api[], forwarder?: Forwarder): (request: HttpRequest) => Route {
  const bound = apis.map(bindApi);
  const byTarget = new Map(bound.map((one) => [one.api.targetPrefix, one]));
  const byService = new Map(bound.filter(isQueryApi).map((one) => [one.api.signingName, one]));
  const served = [...new Set(apis.map((api) => api.signingName))];
  return (request) => {
    const target = headerOf(request.headers, 'x-amz-target');
    const dot = target?.lastIndexOf('.') ?? -1;
    const targeted = dot < 0 ? undefined : byTarget.get(target!.slice(0, dot));
    const stated = targeted?.api.signingName ?? statedSigningName(request);
    const isAnonymous = stated === undefined && isAnonymousS3(request);
    const signingName = isAnonymous ? 's3' : stated;
    const service = signingName === undefined ? undefined : awsService(signingName);
    const isForwarded = signingName !== undefined && forwarder?.takes(signingName) === true;
    const notServed = service === undefined || isForwarded ? undefined : refuseService(service, served);
    const protocol = spokenProtocol(request, service);
    return {
      protocol,
      signingNames: signingName === undefined ? served : [signingName],
      notServed,
      forwarder: isForwarded ? forwarder : undefined,
      isAnonymous,
      operation() {
        if (notServed !== undefined) throw notServed;
        const queried =
          isQuery(protocol) && signingName !== undefined ? byService.get(signingName) : undefined;
        if (queried !== undefined) return calledByAction(queried, request);
        checkEndpoint(request, ['POST']);
        const name = target?.slice(dot + 1);
        return targeted?.operations.get(name!) ?? refuse(targetRefusal(target, name, targeted?.api));
      },
    };
  };
}

const isQueryApi = ({ api }: BoundApi): boolean => api.targetPrefix === undefined;
const isQuery = ({ name }: Protocol): boolean => name === 'query' || name === 'ec2-query';

function calledByAction({ api, operations }: BoundApi, request: HttpRequest): BoundOperation {
  checkEndpoint(request, ['GET', 'POST']);
  const name = actionOf(request);
  if (name === undefined) return refuse('The parameter Action, which names the operation, is missing.');
  return (
    operations.get(name) ?? refuse(operationRefusal(name, api) ?? 'Action is not an operation of this API.')
  );
}

function checkEndpoint(request: HttpRequest, methods: readonly string[]): void {
  if (!methods.includes(request.method) || splitTarget(request.target).path !== '/') {
    refuse(`Operations are called with ${methods.join(' or ')} on the path /.`);
  }
}

function bindApi(api: Api): BoundApi {
  const { xmlNamespace, actionPrefix = api.signingName } = api;
  const model = { ...api.shapes, ...(xmlNamespace !== undefined && { xmlNamespace }) };
  const operations = Object.entries(api.operations).map(([name, run]): [string, BoundOperation] => [
    name,
    {
      name,
      api,
      model,
      run,
      decode: inputDecoder(api.shapes, name),
      action: `${actionPrefix}:${name}`,
      access: api.access?.[name],
    },
  ]);
  return { api, operations: new Map(operations) };
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

function refuse(message: string): never {
  throw new ApiError('UnknownOperationException', message);
}

function targetRefusal(target: string | undefined, name: string | undefined, api: Api | undefined): string {
  if (target === undefined) return 'The X-Amz-Target header, which names the operation, is missing.';
  if (api === undefined) return 'X-Amz-Target is not an API that is served here.';
  return operationRefusal(name!, api) ?? 'X-Amz-Target is not an operation of this API.';
}

const operationRefusal = (name: string, { shapes, signingName }: Api): string | undefined =>
  Object.hasOwn(shapes.operations, name)
    ? `Longshore does not serve the operation ${name} of ${signingName}.`
    : undefined;
