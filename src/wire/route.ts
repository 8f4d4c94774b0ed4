// Finds what a request is for: its service, the protocol its client speaks, and the operation of an API that is served here.
import type { Api, Operation } from './api.ts';
import { awsService, type AwsService } from './aws-service.ts';
import { ApiError } from './errors.ts';
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import type { Protocol } from './protocols/protocol.ts';
import { spokenProtocol } from './spoken-protocol.ts';
import { statedSigningName } from './sigv4/stated-scope.ts';
import { inputDecoder, type DecodeInput } from './validate.ts';

/** An operation with all that is needed to run it. */
export interface BoundOperation {
  readonly name: string;
  readonly api: Api;
  readonly decode: DecodeInput;
  readonly run: Operation;
}

/** Where a request leads. That it leads somewhere says nothing of who sent it. */
export interface Route {
  readonly protocol: Protocol;
  /** The services that its signature may be scoped to. */
  readonly signingNames: readonly string[];
  /** The error that tells that its service is not served here, if it is not. */
  readonly notServed: ApiError | undefined;
  /** The operation; throws UnknownOperationException when there is none of that name, or `notServed`. */
  operation(): BoundOperation;
}

interface BoundApi {
  readonly api: Api;
  readonly operations: ReadonlyMap<string, BoundOperation>;
}

/** The routes to the operations of all `apis`: an API by X-Amz-Target (`<prefix>.<operation>`), a service by its signature's scope. */
export function router(apis: readonly Api[]): (request: HttpRequest) => Route {
  const bound = new Map(apis.map((api) => [api.targetPrefix, bindApi(api)]));
  const served = [...new Set(apis.map((api) => api.signingName))];
  return (request) => {
    const target = headerOf(request.headers, 'x-amz-target');
    const dot = target?.lastIndexOf('.') ?? -1;
    const found = dot < 0 ? undefined : bound.get(target!.slice(0, dot));
    const signingName = found?.api.signingName ?? statedSigningName(request);
    const service = signingName === undefined ? undefined : awsService(signingName);
    const notServed = service === undefined ? undefined : refuseService(service, served);
    return {
      protocol: spokenProtocol(request, service),
      signingNames: signingName === undefined ? served : [signingName],
      notServed,
      operation() {
        if (notServed !== undefined) throw notServed;
        const name = target?.slice(dot + 1);
        return found?.operations.get(name!) ?? refuse(target, name, found?.api);
      },
    };
  };
}

function bindApi(api: Api): BoundApi {
  const operations = Object.entries(api.operations).map(([name, run]): [string, BoundOperation] => [
    name,
    { name, api, run, decode: inputDecoder(api.shapes, name) },
  ]);
  return { api, operations: new Map(operations) };
}

function refuseService({ signingName, title }: AwsService, served: readonly string[]): ApiError | undefined {
  if (served.includes(signingName)) return undefined;
  const called = title === undefined ? signingName : `${title} (${signingName})`;
  return new ApiError(
    'UnknownOperationException',
    `Longshore does not serve ${called}, only ${served.join(', ')}. ` +
      'Give its client another endpoint with --endpoint-url or a variable such as AWS_ENDPOINT_URL_S3.',
  );
}

function refuse(target: string | undefined, name: string | undefined, api: Api | undefined): never {
  throw new ApiError('UnknownOperationException', refusal(target, name, api));
}

function refusal(target: string | undefined, name: string | undefined, api: Api | undefined): string {
  if (target === undefined) return 'The X-Amz-Target header, which names the operation, is missing.';
  if (api === undefined) return 'X-Amz-Target names no API that is served here.';
  return Object.hasOwn(api.shapes.operations, name!)
    ? `The operation ${name} is not supported.`
    : 'X-Amz-Target names no operation of this API.';
}
