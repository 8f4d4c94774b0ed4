// The whole server as one function: finds the route, takes the request through the chain, renders errors. No socket in sight.
import type { Clock } from '../lib/clock.ts';
import { uuid } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { endlessTurns, type Turns } from '../lib/turns.ts';
import { answeredCall, type RecordCall } from './answered-call.ts';
import type { Api } from './api.ts';
import type { Authorise } from './authorise.ts';
import { walk } from './chain/chain.ts';
import { Exchange, type ChainContext, type ObservedStore } from './chain/exchange.ts';
import { ApiError } from './errors.ts';
import type { Forwarder } from './forward/forwarder.ts';
import { headerOf } from './header-of.ts';
import type { BodyLimit, Handle, HttpRequest, HttpResponse } from './http.ts';
import { errorOf, isStreamed } from './model.ts';
import type { ErrorModel } from './protocols/protocol.ts';
import { splitTarget } from './request-target.ts';
import { router } from './route.ts';
import type { LookupAccessKey } from './sigv4/authenticate.ts';
import { createThrottle } from './throttle/throttle.ts';

/** Answers an unsigned path beside the APIs, such as `GET /health`. */
export type PlainRoute = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

export interface HandlerOptions {
  readonly apis: readonly Api[];
  readonly lookupAccessKey: LookupAccessKey;
  readonly authorise: Authorise;
  /** Whether requests that come faster than the APIs' buckets allow are refused; default false. */
  readonly throttling?: boolean;
  readonly clock: Clock;
  readonly random: Random;
  /** Large requests are read in these; default at once. */
  readonly turns?: Turns | undefined;
  readonly log: Log;
  /** No reply leaves before what it was made of survives a crash. */
  readonly store: ObservedStore;
  /** Sends on what is not served here; default none. */
  readonly forwarder?: Forwarder | undefined;
  /** By path, e.g. `/health`: what GET and HEAD answer there. They take no signature and come before the APIs. */
  readonly routes?: Readonly<Record<string, PlainRoute>>;
  /** Told of every API request: operation (`unknown` when none was found), `OK` or the error's code, duration in ms. */
  readonly observe?: (operation: string, code: string, ms: number) => void;
  /** Told of every API request once its answer is made; default nobody is. */
  readonly record?: RecordCall | undefined;
}

/** The handler of all requests. It never rejects: whatever is thrown becomes a reply. */
export function createHandler(options: HandlerOptions): Handle {
  const { clock, log, random, store } = options;
  const routes = new Map(Object.entries(options.routes ?? {}));
  const routeOf = router(options.apis, options.forwarder);
  const context = chainContext(options);
  return async (request) => {
    const began = clock.elapsed();
    const exchange = new Exchange(request, routeOf(request), uuid(random), clock.now());
    const plain = routes.get(splitTarget(request.target).path);
    if (plain !== undefined && exchange.route.takesPages) return answerPlain(plain, exchange, log);
    let refused: ApiError | undefined;
    try {
      const preflight = request.method === 'OPTIONS' ? exchange.route.crossOrigin : undefined;
      if (preflight === undefined) await walk(exchange, context);
      else exchange.response = preflight.preflight(request);
    } catch (error) {
      refused = refuse(store.isUnsaved(error) ? unsaved() : error, exchange, log);
    }
    exchange.response = shownToPage(exchange);
    report(exchange, refused?.code ?? codeOf(exchange), clock.elapsed() - began, options);
    options.record?.(answeredCall(exchange, refused));
    // What HEAD asks for has no body, an error neither: its client goes by the status.
    return request.method === 'HEAD' ? { ...exchange.response, body: '' } : exchange.response;
  };
}

/** The response, with what the browser of a page of another origin needs to show it to the page. */
function shownToPage({ request, response, route: { crossOrigin } }: Exchange): HttpResponse {
  if (headerOf(request.headers, 'origin') === undefined || crossOrigin === undefined) return response;
  return { ...response, headers: { ...crossOrigin.headers(request), ...response.headers } };
}

function chainContext(options: HandlerOptions): ChainContext {
  const { lookupAccessKey, authorise, store, clock, turns = endlessTurns } = options;
  const limited = options.apis.flatMap((api) =>
    api.buckets ? [[api, createThrottle(api.buckets)] as const] : [],
  );
  const throttles = new Map(options.throttling ? limited : []);
  return {
    lookupAccessKey,
    authorise,
    store: {
      observe: (seen, run) => store.observe(seen, run),
      durable: (revision) => store.durable(revision).catch(refuseUnsaved),
    },
    clock,
    turns,
    throttleOf: (api) => throttles.get(api),
  };
}

/** What cannot be saved any more is told of, once, by whoever owns the state, and ends the server. */
const unsaved = (): ApiError =>
  new ApiError(
    'ServerException',
    'The server can no longer save its state and stops: its log says why. Nothing that was answered before is lost; what became of this request is seen once the server is back.',
    500,
  );
const refuseUnsaved = (): never => {
  throw unsaved();
};

/** How large the body of a request may be, before its sender is known; undefined where no operation has a limit of its own. */
export function bodyLimitOf(apis: readonly Api[]): BodyLimit | undefined {
  const readsStreams = ({ model, operations }: Api) =>
    Object.keys(operations).some((name) => isStreamed(model, name));
  if (apis.every((api) => api.limits === undefined && !readsStreams(api))) return undefined;
  const routeOf = router(apis);
  return (head) => routeOf({ ...head, body: new Uint8Array() }).bodyBytes;
}

/** What the other side answers to a forwarded request is its own, an error too. */
const codeOf = ({ response: { status } }: Exchange): string => (status < 400 ? 'OK' : `HTTP ${status}`);

/** The one place that turns a thrown error into the wire form; answers which error that is. */
function refuse(error: unknown, exchange: Exchange, log: Log): ApiError {
  const known = error instanceof ApiError ? error : unexpected(error, exchange, log);
  const { route, requestId } = exchange;
  exchange.response = route.protocol.encodeError(known, requestId, errorModelOf(known, exchange));
  return known;
}

/** The error's shape, where its operation was found and the model has it. */
function errorModelOf({ code }: ApiError, { operation }: Named): ErrorModel | undefined {
  const shape = operation && errorOf(operation.model, code);
  return shape && { model: operation.model, shape };
}

function unexpected(error: unknown, exchange: Exchange, log: Log): ApiError {
  const { requestId } = exchange;
  log.error({ err: error, requestId, operation: nameOf(exchange) }, 'request failed unexpectedly');
  return new ApiError('ServerException', 'An internal error occurred. The server log has its cause.', 500);
}

async function answerPlain(route: PlainRoute, exchange: Exchange, log: Log): Promise<HttpResponse> {
  const { method } = exchange.request;
  try {
    // What HEAD asks for has no body; the socket leaves it out.
    const response = method === 'GET' || method === 'HEAD' ? await route(exchange.request) : onlyRead;
    return { ...response, headers: { ...response.headers, 'x-amzn-requestid': exchange.requestId } };
  } catch (error) {
    refuse(error, exchange, log);
    return exchange.response;
  }
}

const onlyRead: HttpResponse = {
  status: 405,
  headers: { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' },
  body: 'This page can only be read: use GET or HEAD.\n',
};

/** `unknown` where the request was refused before its operation was found. */
const nameOf = ({ operation, isForwarded }: Named): string =>
  isForwarded ? 'forwarded' : (operation?.name ?? 'unknown');

type Named = Pick<Exchange, 'isForwarded'> & Partial<Pick<Exchange, 'operation'>>;

function report(exchange: Exchange, code: string, ms: number, { log, observe }: HandlerOptions): void {
  const { requestId, response } = exchange;
  const operation = nameOf(exchange);
  log.debug({ requestId, operation, status: response.status, code, ms }, 'request');
  try {
    observe?.(operation, code, ms);
  } catch (error) {
    log.error({ err: error, requestId }, 'observing a request failed');
  }
}
