// Sends requests on to services that are not served here, and their answers back while they come.
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Clock } from '../../lib/clock.ts';
import { ApiError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { joinHeaders } from '../plain-request.ts';
import type { Authenticated } from '../sigv4/authenticate.ts';
import { checkForwards, targetOf, type Forwards } from './forward-target.ts';
import { forwardedRequest, wasForwarded } from './forwarded-request.ts';
import { endToEndHeaders } from './hop-by-hop.ts';

export interface Forwarder {
  /** Whether requests of the service with this signing name are sent on. */
  takes(signingName: string): boolean;
  /** The answer to a request that `caller` has signed, its body still to come. Throws ApiError where there is none. */
  forward(request: HttpRequest, caller: Authenticated): Promise<HttpResponse>;
}

export interface ForwarderOptions {
  readonly forwards: Forwards;
  /** The services that are served here, by signing name. */
  readonly served: readonly string[];
  readonly clock: Clock;
  /** Ms until a target must be connected. Default 10,000. */
  readonly connectWithin?: number;
  /** Ms that a connected target may send nothing. Default 15 minutes: as long as a Lambda function may run. */
  readonly idleTimeout?: number;
}

/** Throws an Error for people where a service that is served is to be forwarded. Redirects go to the client; none is followed. */
export function createForwarder(options: ForwarderOptions): Forwarder {
  const { forwards, served, clock } = options;
  checkForwards(forwards, served);
  return {
    takes: (signingName) => !served.includes(signingName) && targetOf(forwards, signingName) !== undefined,
    forward: async (request, caller) => {
      const target = targetOf(forwards, caller.signingName);
      if (target === undefined) throw new Error(`${caller.signingName} is not forwarded`);
      checkForwardable(request, caller);
      const sent = forwardedRequest(request, caller, target, clock.wall());
      const response = await send(sent, target.url, { ...options, onEnd: request.onEnd }).catch(
        (error: unknown) => {
          throw noAnswer(caller.signingName, target.url, error);
        },
      );
      return {
        status: response.statusCode!,
        headers: endToEndHeaders(joinHeaders(response.rawHeaders)),
        body: '',
        streamed: response,
      };
    },
  };
}

function checkForwardable(request: HttpRequest, { signingName }: Authenticated): void {
  if (wasForwarded(request)) {
    throw new ApiError(
      'UnknownOperationException',
      `Longshore does not serve ${signingName}, and another Longshore has forwarded the request already: it is not forwarded again. Forward ${signingName} to the service itself.`,
    );
  }
  // Another form of target is for proxies.
  if (!/^\/[\x21-\x7e]*$/.test(request.target)) {
    throw new ApiError('SerializationException', 'The request target is not a path in the encoding of URLs.');
  }
}

function send(
  request: HttpRequest,
  url: string,
  options: ForwarderOptions & Pick<HttpRequest, 'onEnd'>,
): Promise<IncomingMessage> {
  const { clock, connectWithin = 10_000, idleTimeout = 15 * 60_000 } = options;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = open(request, url);
  const end = (what: string, ms: number) =>
    outgoing.destroy(new Error(`${what} within ${ms / 1000} seconds`));
  const connecting = clock.after(connectWithin, () => end('no connection', connectWithin));
  const answering = clock.after(idleTimeout, () => end('no answer', idleTimeout));
  outgoing.on('socket', (socket) => socket.once('connect', () => connecting.cancel()));
  outgoing.on('error', reject);
  // Without an error too: a target may change to another protocol, which nobody has offered it.
  outgoing.on('close', () => reject(new Error('it ended the connection without an answer')));
  // Nobody waits for the answer any more; where it is there, the client has read it.
  options.onEnd?.(() => outgoing.destroy(new Error('the client left')));
  outgoing.on('response', (response) => {
    endTimeout(response, clock, idleTimeout);
    if (isStatus(response.statusCode)) resolve(response);
    else outgoing.destroy(new Error(`its status is ${response.statusCode}`));
  });
  outgoing.end(request.body);
  return promise.finally(() => {
    connecting.cancel();
    answering.cancel();
  });
}

const isStatus = (status = 0): boolean => status >= 200 && status <= 599;

/** A connection of its own: one that was kept may have been closed by the target just now, and not every request may be sent twice. */
function open({ method, target, headers }: HttpRequest, url: string): ClientRequest {
  const request = url.startsWith('https:') ? secureRequest : plainRequest;
  return request(new URL(url), { method, path: target, headers, agent: false });
}

/** Cuts the answer off where nothing more of it comes, though the client has read all that came. */
function endTimeout(response: IncomingMessage, clock: Clock, idleTimeout: number): void {
  const { socket } = response;
  let seen = -1;
  const look = (): void => {
    const isSilent = socket.bytesRead === seen && response.readableLength === 0;
    if (isSilent) response.destroy(new Error('the target went silent'));
    seen = socket.bytesRead;
    if (!isSilent) timer = clock.after(idleTimeout, look);
  };
  let timer = clock.after(idleTimeout, look);
  // Whoever reads it hears of an error too; before that there is nobody to tell.
  response.on('error', () => undefined);
  response.on('close', () => timer.cancel());
}

function noAnswer(signingName: string, url: string, error: unknown): ApiError {
  const { message, code } = error as NodeJS.ErrnoException;
  // Where a name has several addresses, the message is empty.
  const reason = message || code || 'no reason is known';
  return new ApiError(
    'ServiceUnavailableException',
    `Longshore forwards ${signingName} to ${url}, which gave no answer: ${reason}.`,
    503,
  );
}
