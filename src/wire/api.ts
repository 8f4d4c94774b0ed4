// What an API gives the wire: its names, its shapes, its operations.
import type { OperationAccess } from './authorise.ts';
import type { InputLimits } from './input-limits.ts';
import type { Caller } from './caller.ts';
import type { Headers, HttpRequest, HttpResponse } from './http.ts';
import type { ApiModel } from './model.ts';
import type { Members } from './protocols/protocol.ts';
import type { OperationBucket } from './throttle/throttle.ts';

export interface Call extends Caller {
  readonly requestId: string;
  /** Epoch ms at which the request was accepted. */
  readonly now: number;
  /** Why parts of the input are refused, by their place among the parts that the operation's access names; default none is. */
  readonly refusedParts?: ReadonlyMap<number, Error> | undefined;
}

/** Does one operation's work. Input was decoded and validated; output is wire-shaped (timestamps in epoch seconds). */
export type Operation = (input: Members, call: Call) => Members | Promise<Members>;

/** One that answers at once. */
export type ImmediateOperation = (input: Members, call: Call) => Members;

/** What each operation of a generated model takes and answers. */
type Operations<Types> = {
  readonly [Name in keyof Types]: { readonly input: object; readonly output: object };
};

/** The operation `Name` of a generated model, in `Context`. */
export type OperationOf<Types extends Operations<Types>, Context, Name extends keyof Types> = (
  context: Context,
  input: Types[Name]['input'],
  call: Call,
) => Types[Name]['output'];

/** As `OperationOf`, of one that may wait for what is not in memory. */
export type WaitingOperationOf<Types extends Operations<Types>, Context, Name extends keyof Types> = (
  context: Context,
  input: Types[Name]['input'],
  call: Call,
) => Types[Name]['output'] | Promise<Types[Name]['output']>;

/** A row for each operation of a generated model: one that is missing, or is no operation, is not of this type. */
export type OperationTable<Types extends Operations<Types>, Context> = {
  readonly [Name in keyof Types]: OperationOf<Types, Context, Name>;
};

/** As `OperationTable`, of operations that may wait. */
export type WaitingOperationTable<Types extends Operations<Types>, Context> = {
  readonly [Name in keyof Types]: WaitingOperationOf<Types, Context, Name>;
};

/** The operations of a table as the wire calls them. What was decoded by a model is of the types that its table has: that is taken as true here alone. */
export function operationsOf<Types extends Operations<Types>, Context>(
  table: OperationTable<Types, Context>,
  context: Context,
): Record<string, ImmediateOperation> {
  return waitingOperationsOf(table, context) as Record<string, ImmediateOperation>;
}

/** As `operationsOf`, of a table whose operations may wait. */
export function waitingOperationsOf<Types extends Operations<Types>, Context>(
  table: WaitingOperationTable<Types, Context>,
  context: Context,
): Record<string, Operation> {
  const rows = Object.entries(table) as [string, WaitingOperationOf<Types, Context, keyof Types>][];
  return Object.fromEntries(
    rows.map(([name, run]): [string, Operation] => [
      name,
      (input, call) => run(context, input as Types[keyof Types]['input'], call) as Members | Promise<Members>,
    ]),
  );
}

/** What an API says to browsers, whose pages are of other origins. */
export interface CrossOrigin {
  /** Answers whether a page may send a request, as its browser asks by OPTIONS; throws ApiError where it may not. */
  preflight(request: Pick<HttpRequest, 'target' | 'headers'>): HttpResponse;
  /** The headers by which a browser lets the page see the answer to a request; none where it may not. */
  headers(request: Pick<HttpRequest, 'method' | 'target' | 'headers'>): Headers;
}

export interface Api {
  readonly model: ApiModel;
  /** By name; each has a row in the model. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What the actions of its operations start with, before the colon, e.g. `ecs` in `ecs:RunTask`; default the signing name. */
  readonly actionPrefix?: string;
  /** By operation: what its caller must be allowed to do it to. Those that are not here act on `*`. */
  readonly access?: Readonly<Record<string, OperationAccess>>;
  /** How fast its operations may be called, where that is limited at all. */
  readonly buckets?: Readonly<Record<string, OperationBucket>>;
  /** By operation: what its requests may hold, where that is not what most may. */
  readonly limits?: Readonly<Record<string, Partial<InputLimits>>>;
  /** What it says to browsers; default nothing. */
  readonly crossOrigin?: CrossOrigin;
  /** The error for a broken constraint of the model (a required member missing, a value not of its enum). */
  readonly invalid: (operation: string, message: string) => Error;
  /** The error of an operation that AWS has and that is not served, told to those who may call it; default UnknownOperationException. */
  readonly notServed?: (operation: string) => Error;
}
