// An API made ready to be called: each of its operations with all that is needed to run it, and the ways to find it.
import type { Api, Operation } from './api.ts';
import type { OperationAccess } from './authorise.ts';
import { defaultLimits, type InputLimits } from './input-limits.ts';
import { isStreamed, type ApiModel } from './model.ts';
import type { Members } from './protocols/protocol.ts';
import { templateOf } from './protocols/rest.ts';
import type { UriTemplate } from './protocols/uri-template.ts';
import { inputDecoder, type DecodeInput } from './validate.ts';

/** An operation with all that is needed to run it. */
export interface BoundOperation {
  readonly name: string;
  readonly api: Api;
  readonly model: ApiModel;
  /** Undefined where it is not served: then its model says nothing of its input, and it takes any. */
  readonly decode: DecodeInput | undefined;
  readonly run: Operation;
  /** What all its actions begin with, e.g. `ecs`. */
  readonly service: string;
  /** What its caller must be allowed, e.g. `ecs:RunTask`. */
  readonly actionOf: (input: Members) => string;
  readonly access: OperationAccess | undefined;
  readonly limits: InputLimits;
}

/** How an operation is called by method and path. */
export interface RestRoute {
  readonly method: string;
  readonly template: UriTemplate;
  /** What must be in the query or the headers beside that; see `HttpTrait`. */
  readonly needs: readonly string[];
  readonly operation: BoundOperation;
}

export interface BoundApi {
  readonly api: Api;
  readonly operations: ReadonlyMap<string, BoundOperation>;
  /** Those that spell out more of a path first: `/tags/all` before `/tags/{name}`. */
  readonly rest: readonly RestRoute[];
  /** The largest body that any of its operations takes; Infinity where one is read while it comes. */
  readonly bodyBytes: number;
}

/** The API made ready; an Error where an operation has no row in its model. */
export function bindApi(api: Api): BoundApi {
  const served = Object.entries(api.operations).map(([name, run]) => bindOperation(api, name, run));
  const refused = refusedOperations(api);
  const operations = [...served, ...refused];
  return {
    api,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    rest: operations.flatMap(restRoute).toSorted((a, b) => weightOf(b) - weightOf(a)),
    bodyBytes: Math.max(...operations.map(({ limits }) => limits.bodyBytes)),
  };
}

function bindOperation(api: Api, name: string, run: Operation): BoundOperation {
  const { model, actionPrefix: service = model.signingName } = api;
  // What is read while it comes takes no room, whatever its size.
  const streamed = isStreamed(model, name) ? { bodyBytes: Infinity } : {};
  const limits = { ...defaultLimits, ...streamed, ...api.limits?.[name] };
  return {
    name,
    api,
    model,
    run,
    decode: inputDecoder(model, name, limits),
    service,
    actionOf: (input) => `${service}:${api.access?.[name]?.action?.(input) ?? name}`,
    access: api.access?.[name],
    limits,
  };
}

/** What is not served says so to whoever would be allowed to call it. */
function refusedOperations(api: Api): BoundOperation[] {
  const { model, actionPrefix: service = model.signingName, notServed, access } = api;
  if (notServed === undefined) return [];
  return (model.otherOperations ?? []).map((name) => ({
    name,
    api,
    model,
    decode: undefined,
    run: () => {
      throw notServed(name);
    },
    service,
    actionOf: (input) => `${service}:${access?.[name]?.action?.(input) ?? name}`,
    access: access?.[name],
    limits: defaultLimits,
  }));
}

function restRoute(operation: BoundOperation): RestRoute[] {
  const { operations, otherRoutes = {} } = operation.model;
  const http = operations[operation.name]?.http ?? otherRoutes[operation.name];
  if (http === undefined) return [];
  const { method, needs = [] } = http;
  return [{ method, template: templateOf(http), needs, operation }];
}

/** What a query must hold decides between operations of the same path. */
export const weightOf = ({ template }: Pick<RestRoute, 'template'>): number =>
  template.literals * 100 + template.query.length;
