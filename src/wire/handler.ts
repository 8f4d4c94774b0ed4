// The whole server as one function: finds the API, verifies the signature, decodes, runs, encodes. No socket in sight.
import type { Clock } from '../lib/clock.ts';
import { uuid } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { Api, Call } from './api.ts';
import { bodyTooLarge, defaultMaxBodyBytes, noRoomForBody } from './body-limit.ts';
import { ApiError } from './errors.ts';
import type { Handle, HttpRequest, HttpResponse } from './http.ts';
import { decodeBody } from './protocols/json-body.ts';
import { checkEncoding, encodeOutput } from './protocols/json.ts';
import { splitTarget } from './request-target.ts';
import { router, type BoundOperation, type Route } from './route.ts';
import { authenticate, type LookupAccessKey } from './sigv4/authenticate.ts';

/** Answers an unsigned path beside the APIs, such as `GET /health`. */
export type PlainRoute = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

export interface HandlerOptions {
  readonly apis: readonly Api[];
  readonly lookupAccessKey: LookupAccessKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Resolves when all that the store holds survives a crash; no operation's reply leaves before. */
  readonly durable: () => Promise<void>;
  /** Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** By path, e.g. `/health`: what GET and HEAD answer there. They take no signature and come before the APIs. */
  readonly routes?: Readonly<Record<string, PlainRoute>>;
  /** Told of every API request: operation (`unknown` when none was found), `OK` or the error's code, duration in ms. */
  readonly observe?: (operation: string, code: string, ms: number) => void;
}

/** One request on its way. */
interface Exchange {
  readonly request: HttpRequest;
  readonly route: Route;
  readonly requestId: string;
  /** By `clock.now()` and by `clock.elapsed()`. */
  readonly now: number;
  readonly began: number;
  operation: string;
  code: string;
}

/** The handler of all requests. It never rejects: whatever is thrown becomes a reply. */
export function createHandler(options: HandlerOptions): Handle {
  const routes = new Map(Object.entries(options.routes ?? {}));
  const routeOf = router(options.apis);
  return async (request) => {
    const exchange = open(request, routeOf(request), options);
    const plain = routes.get(splitTarget(request.target).path);
    // A bucket of S3 may have the name of a page.
    if (plain !== undefined && exchange.route.notServed === undefined)
      return answerPlain(plain, exchange, options.log);
    const response = await callOperation(exchange, options).catch((error: unknown) =>
      answerError(error, exchange, options.log),
    );
    report(exchange, response.status, options);
    return response;
  };
}

function open(request: HttpRequest, route: Route, { clock, random }: HandlerOptions): Exchange {
  return {
    request,
    route,
    requestId: uuid(random),
    now: clock.now(),
    began: clock.elapsed(),
    operation: 'unknown',
    code: 'OK',
  };
}

async function callOperation(exchange: Exchange, options: HandlerOptions): Promise<HttpResponse> {
  const { request, route, requestId, now } = exchange;
  checkSize(exchange, options.maxBodyBytes ?? defaultMaxBodyBytes);
  if (route.isAnonymous && route.notServed !== undefined) throw route.notServed;
  const caller = authenticate(request, {
    now: options.clock.wall(),
    lookup: options.lookupAccessKey,
    signingNames: route.signingNames,
  });
  const operation = route.operation();
  exchange.operation = operation.name;
  const { accountId, region, accessKeyId, principalArn } = caller;
  const call = { accountId, region, accessKeyId, principalArn, requestId, now };
  const output = await run(operation, exchange, call, options.durable);
  return isJson(route)
    ? encodeOutput(output, requestId)
    : route.protocol.encodeOutput(operation, { ...output }, requestId);
}

function checkSize({ request, route }: Exchange, limit: number): void {
  if (request.unread === undefined && request.body.length <= limit) return;
  // A service that is not here takes no body, whatever its size.
  throw route.notServed ?? (request.unread === 'no-room' ? noRoomForBody() : bodyTooLarge(limit));
}

async function run(
  operation: BoundOperation,
  { request, route }: Exchange,
  call: Call,
  durable: () => Promise<void>,
): Promise<object> {
  const given = isJson(route) ? decodeJson(request) : route.protocol.decodeInput(operation, request);
  const input = operation.decode(given, (message) => operation.api.invalid(operation.name, message));
  try {
    return await operation.run(input as never, call);
  } finally {
    // A refusal too tells what the store holds, so it too waits.
    await durable();
  }
}

/** The APIs in JSON take and answer values in the form that they have in JSON. */
const isJson = ({ protocol }: Route): boolean => protocol.name === 'json-1.1' || protocol.name === 'json-1.0';

function decodeJson(request: HttpRequest): Readonly<Record<string, unknown>> {
  checkEncoding(request.headers);
  return decodeBody(request.body);
}

/** The one place that turns a thrown error into the wire form. */
function answerError(error: unknown, exchange: Exchange, log: Log): HttpResponse {
  const known = error instanceof ApiError ? error : unexpected(error, exchange, log);
  exchange.code = known.code;
  return exchange.route.protocol.encodeError(known, exchange.requestId);
}

function unexpected(error: unknown, { requestId, operation }: Exchange, log: Log): ApiError {
  log.error({ err: error, requestId, operation }, 'request failed unexpectedly');
  return new ApiError('ServerException', 'An internal error occurred. The server log has its cause.', 500);
}

async function answerPlain(route: PlainRoute, exchange: Exchange, log: Log): Promise<HttpResponse> {
  const { method } = exchange.request;
  try {
    // What HEAD asks for has no body; the socket leaves it out.
    const response = method === 'GET' || method === 'HEAD' ? await route(exchange.request) : onlyRead;
    return { ...response, headers: { ...response.headers, 'x-amzn-requestid': exchange.requestId } };
  } catch (error) {
    return answerError(error, exchange, log);
  }
}

const onlyRead: HttpResponse = {
  status: 405,
  headers: { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' },
  body: 'This page can only be read: use GET or HEAD.\n',
};

function report(exchange: Exchange, status: number, { clock, log, observe }: HandlerOptions): void {
  const { requestId, operation, code, began } = exchange;
  const ms = clock.elapsed() - began;
  log.debug({ requestId, operation, status, code, ms }, 'request');
  try {
    observe?.(operation, code, ms);
  } catch (error) {
    log.error({ err: error, requestId }, 'observing a request failed');
  }
}
