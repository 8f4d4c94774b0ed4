// The socket around the handler: reads a request, writes the reply, and closes in good order. Decides nothing else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import type { Clock } from '../lib/clock.ts';
import { endlessTurns, inTurn, type Turns } from '../lib/turns.ts';
import { BodyBudget } from './body-budget.ts';
import { defaultMaxUnverifiedBytes } from './body-limit.ts';
import type { BodyLimit, Handle, HttpRequest, HttpResponse, StreamedRoute } from './http.ts';
import { drainLimit, sendEarly } from './early-answer.ts';
import { defaultLimits } from './input-limits.ts';
import { plainRequest } from './plain-request.ts';
import { readBody, type BodyRead, type ReadLimits } from './read-body.ts';
import { endSilent, endUnheard, requestTimeout } from './stalled-connections.ts';

/** A connection that asks to become a websocket: Node's own request, and the same request as plain data. */
export interface Upgrade {
  readonly incoming: IncomingMessage;
  readonly request: HttpRequest;
  readonly socket: Duplex;
  readonly head: Buffer;
}

export interface ListenOptions {
  readonly handle: Handle;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** Requests are begun and answered in these; default at once. */
  readonly turns?: Turns;
  /** Default 1 MiB for every request. */
  readonly bodyLimit?: BodyLimit | undefined;
  /** Requests whose bodies are read while they come, as large and as long as they are; default none. */
  readonly streamed?: StreamedRoute | undefined;
  /** What the bodies hold together whose signatures were not checked yet. Default 64 MiB. */
  readonly maxUnverifiedBytes?: number;
  /** How long `close` lets running requests and upgraded connections go on, in ms. Default 10,000. */
  readonly grace?: number;
  /**
   * Takes over a connection that asks to become a websocket; without it such a request is handled as any other. So is one that
   * offers something else, as clients offer HTTP/2 with any request: an offer may be ignored.
   */
  readonly onUpgrade?: (upgrade: Upgrade) => void;
  /** Where websockets are: at another target (path and query) the offer of one is ignored too. Default everywhere. */
  readonly isUpgradable?: (target: string) => boolean;
}

export interface Listening {
  readonly port: number;
  /** Stops accepting, lets what runs finish for the grace, then cuts it off. Safe to call twice. */
  close(): Promise<void>;
}

const noBody = new Uint8Array();

/** Listens; rejects with an Error that names the address when the port is taken. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = createServer({
    headersTimeout: 20_000,
    // Of those whose body is kept `exchange` sees to it: others may take longer.
    requestTimeout: 0,
    shouldUpgradeCallback: (incoming) => isUpgrade(incoming, options),
  });
  // Longer than load balancers (60 s) and clients in Go (90 s) keep theirs: who closes first must not be us, or a request in flight is lost.
  server.keepAliveTimeout = 100_000;
  serve(server, options);
  const close = closer(server, options);
  await bind(server, options);
  let closed: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    close: () => (closed ??= close()),
  };
}

function serve(server: Server, options: ListenOptions): void {
  const { bodyLimit, turns = endlessTurns } = options;
  const limitOf = (incoming: IncomingMessage): number =>
    bodyLimit === undefined ? defaultLimits.bodyBytes : bodyLimit(plainRequest(incoming, noBody));
  const budget = new BodyBudget(options.maxUnverifiedBytes ?? defaultMaxUnverifiedBytes);
  // What is thrown while an event is told of would end the process: all of it is in a promise.
  const answerTo = async (
    incoming: IncomingMessage,
    response: ServerResponse,
    asksFirst: boolean,
  ): Promise<Answer> => {
    if (isStreamed(incoming, options)) {
      if (asksFirst) response.writeContinue();
      return streamedExchange(incoming, response, options);
    }
    const limit = limitOf(incoming);
    // Whoever reads the body while it comes says when it may.
    if (limit === Infinity) return openExchange(incoming, response, options);
    if (asksFirst) {
      const tooLarge = Number(incoming.headers['content-length']) > limit;
      if (tooLarge) return { reply: await refuseBody(incoming, options, 'too-large'), last: true };
      response.writeContinue();
    }
    return exchange(incoming, response, options, { limit, drainLimit, budget });
  };
  const answer = (incoming: IncomingMessage, response: ServerResponse, asksFirst: boolean): void => {
    response.on('error', () => undefined);
    answerTo(incoming, response, asksFirst)
      .then(({ reply, last, unread }) =>
        inTurn(turns, () =>
          unread === true
            ? sendEarly(incoming, response, reply, options.clock)
            : send(response, reply, last || !server.listening),
        ),
      )
      // The client went away before its request was complete: there is nobody to answer.
      .catch(() => response.destroy());
  };
  server.on('request', (incoming, response) => answer(incoming, response, false));
  server.on('checkContinue', (incoming, response) => answer(incoming, response, true));
  if (options.onUpgrade !== undefined) acceptUpgrades(server, options.onUpgrade);
}

interface Answer {
  readonly reply: HttpResponse;
  /** Whether the connection cannot be used further. */
  readonly last: boolean;
  /** Whether the client is still sending, and will hear the answer only if it is let. */
  readonly unread?: boolean;
}

const isStreamed = ({ url = '/' }: IncomingMessage, { streamed }: ListenOptions): boolean =>
  streamed?.takes(url) === true;

async function streamedExchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  { streamed, clock }: ListenOptions,
): Promise<Answer> {
  endSilent(incoming, clock);
  const { method, target, headers, address } = plainRequest(incoming, noBody);
  const onEnd = (listener: () => void): void => void response.once('close', listener);
  const reply = await streamed!.handle({ method, target, headers, address, body: incoming, onEnd });
  return { reply, last: !incoming.complete };
}

/** The handler decides on the head, and its operation reads the body, or does not: then it is not asked for. */
async function openExchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  { handle, clock, turns = endlessTurns }: ListenOptions,
): Promise<Answer> {
  endSilent(incoming, clock);
  const waits = /^100-continue$/i.test(incoming.headers.expect ?? '');
  let isAsked = !waits;
  async function* body(): AsyncGenerator<Uint8Array> {
    if (!isAsked) response.writeContinue();
    isAsked = true;
    // Whoever stops reading still has an answer to give.
    yield* incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  }
  const reply = await inTurn(turns, () =>
    handle({
      ...plainRequest(incoming, noBody),
      streamed: body(),
      onEnd: (listener) => response.once('close', listener),
    }),
  );
  if (reply.streamed !== undefined) endUnheard(response, clock);
  return { reply, last: !incoming.complete, unread: isAsked && !incoming.complete };
}

async function readInTime(incoming: IncomingMessage, limits: ReadLimits, clock: Clock): Promise<BodyRead> {
  const slow = clock.after(requestTimeout, () => incoming.destroy(new Error('the client is too slow')));
  try {
    return await readBody(incoming, limits);
  } finally {
    slow.cancel();
  }
}

async function exchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: ListenOptions,
  limits: ReadLimits,
): Promise<Answer> {
  const read = await readInTime(incoming, limits, options.clock);
  if ('unread' in read)
    return { reply: await refuseBody(incoming, options, read.unread), last: !read.drained };
  const reply = await inTurn(options.turns ?? endlessTurns, () => {
    if (incoming.socket.destroyed) {
      // It left while it waited for its turn: what others wait for must not wait for it.
      read.share.release();
      throw new Error('the client went away');
    }
    const answered = options.handle({
      ...plainRequest(incoming, read.body),
      onEnd: (listener) => response.once('close', listener),
    });
    // The handler has checked the signature before it first waits: the body is thrown away, or is somebody's.
    read.share.release();
    return answered;
  });
  return { reply, last: false };
}

/** The handler knows in which form the client can read it. */
function refuseBody(
  incoming: IncomingMessage,
  { handle }: ListenOptions,
  unread: NonNullable<HttpRequest['unread']>,
): Promise<HttpResponse> {
  return handle({ ...plainRequest(incoming, noBody), unread });
}

function send(response: ServerResponse, reply: HttpResponse, last: boolean): void {
  const { streamed } = reply;
  // To HEAD it is told how long the answer to GET would be, where that is known.
  const length =
    (response.req.method === 'HEAD' && reply.headers['content-length']) || Buffer.byteLength(reply.body);
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(streamed === undefined && { 'content-length': length }),
    ...(last ? { connection: 'close' } : {}),
  });
  if (streamed !== undefined) {
    // Where one side goes away, the other is cut off too: what was told is not the whole.
    pipeline(streamed, response, () => undefined);
    return;
  }
  response.end(reply.body);
}

const isUpgrade = (incoming: IncomingMessage, { onUpgrade, isUpgradable }: ListenOptions): boolean =>
  onUpgrade !== undefined && wantsWebSocket(incoming) && isUpgradable?.(incoming.url ?? '/') !== false;

const wantsWebSocket = ({ method, headers: { upgrade = '' } }: IncomingMessage): boolean =>
  method === 'GET' && upgrade.split(',').some((offer) => offer.trim().toLowerCase() === 'websocket');

function acceptUpgrades(server: Server, onUpgrade: NonNullable<ListenOptions['onUpgrade']>): void {
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener a peer's reset would end the process.
    socket.on('error', () => undefined);
    onUpgrade({ incoming, request: plainRequest(incoming, noBody), socket, head });
  });
}

function bind(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, () => resolve());
  });
}

/** Nothing could be listened on; `code` is the system's, such as EADDRINUSE. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: string;

  constructor(message: string, cause: NodeJS.ErrnoException) {
    super(message, { cause });
    this.code = cause.code ?? '';
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'the port is already in use',
    EACCES: 'the port may not be opened by this user',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no host of that name',
    EAI_AGAIN: 'there is no host of that name, or no name server answers',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new ListenError(`cannot listen on ${host}:${port}: ${reason}`, error);
}

function closer(server: Server, { clock, grace = 10_000 }: ListenOptions): () => Promise<void> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      const cutOff = clock.after(grace, () => {
        for (const socket of sockets) socket.destroy();
      });
      server.close(() => {
        cutOff.cancel();
        resolve();
      });
    });
}
