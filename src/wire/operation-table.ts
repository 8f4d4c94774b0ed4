// Finds the operation that a request's X-Amz-Target names.
import type { Api, Operation } from './api.ts';
import { ApiError } from './errors.ts';
import { inputDecoder, type DecodeInput } from './validate.ts';

/** An operation with all that is needed to run it. */
export interface BoundOperation {
  readonly name: string;
  readonly api: Api;
  readonly decode: DecodeInput;
  readonly run: Operation;
}

interface BoundApi {
  readonly api: Api;
  readonly operations: ReadonlyMap<string, BoundOperation>;
}

/** Where a target leads: its API's signing names (those of all when the prefix is unknown) and its operation. */
export interface Route {
  readonly signingNames: readonly string[];
  /** The operation; throws UnknownOperationException when there is none of that name. */
  operation(): BoundOperation;
}

/** The operations of all `apis` by X-Amz-Target (`<prefix>.<operation>`). */
export function operationTable(apis: readonly Api[]): (target: string | undefined) => Route {
  const bound = new Map(apis.map((api) => [api.targetPrefix, bindApi(api)]));
  const allNames = [...new Set(apis.map((api) => api.signingName))];
  return (target) => {
    const dot = target?.lastIndexOf('.') ?? -1;
    const found = dot < 0 ? undefined : bound.get(target!.slice(0, dot));
    const name = target?.slice(dot + 1);
    return {
      signingNames: found === undefined ? allNames : [found.api.signingName],
      operation: () => found?.operations.get(name!) ?? refuse(target, name, found?.api),
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
