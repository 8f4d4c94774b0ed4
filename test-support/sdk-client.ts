// The real ECS client of the AWS SDK, wired to a handler instead of a network.
import { ECSClient, type ECSClientConfig } from '@aws-sdk/client-ecs';
import { Readable } from 'node:stream';
import type { Clock } from '../src/lib/clock.ts';
import type { Handle, HttpRequest } from '../src/wire/http.ts';
import type { Credentials } from '../src/wire/sigv4/sign.ts';

/** What the SDK hands to its request handler; the parts that matter here. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkClientOptions {
  readonly region?: string;
  /** The time that the SDK signs with; default: the machine's. */
  readonly clock?: Clock;
  /** Changes a signed request on its way, as somebody on the network might. */
  readonly tamper?: (request: HttpRequest) => HttpRequest;
}

/** What all clients of the SDK have alike; the types of what is on its stack are each client's own. */
export interface AnyClient {
  readonly config: { systemClockOffset: number };
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

/** How a client is made; what stands for a network is of the client's own type. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts?: number;
  readonly requestHandler?: never;
}

/** The same of another service, e.g. `KMSClient`. */
export function sdkClientOf<Client extends AnyClient>(
  Client: new (config: ClientConfig) => Client,
  handle: Handle,
  credentials: Credentials,
  options: Omit<SdkClientOptions, 'tamper'> = {},
): Client {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const client = new Client({
    region: options.region ?? 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    maxAttempts: 1,
    requestHandler: requestHandler(handle) as never,
  });
  if (options.clock !== undefined) signAt(client, options.clock);
  return client;
}

/** An ECSClient that signs and speaks as ever, calls `handle` directly and never retries. */
export function sdkClient(
  handle: Handle,
  credentials: Credentials,
  { region = 'us-east-1', clock, tamper = (request) => request }: SdkClientOptions = {},
): ECSClient {
  const { sessionToken, ...keys } = credentials;
  const client = new ECSClient({
    region,
    endpoint: 'http://127.0.0.1:4566',
    credentials: sessionToken === undefined ? keys : { ...keys, sessionToken },
    maxAttempts: 1,
    requestHandler: requestHandler(handle, tamper) as NonNullable<ECSClientConfig['requestHandler']>,
  });
  if (clock !== undefined) signAt(client, clock);
  return client;
}

/** What an SDK client sends its requests to, in place of a network; of whatever type the client wants. */
export function requestHandler(
  handle: Handle,
  tamper: (request: HttpRequest) => HttpRequest = (request) => request,
): unknown {
  return {
    async handle(request: SdkRequest) {
      const { status, headers, body, streamed } = await handle(tamper(plainRequest(request)));
      return {
        response: { statusCode: status, headers: { ...headers }, body: streamed ?? Buffer.from(body) },
      };
    },
  };
}

/** A request as it would leave the SDK's own HTTP handler. */
export function plainRequest(request: SdkRequest): HttpRequest {
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: request.method,
    target: request.path + (query.length === 0 ? '' : `?${query.join('&')}`),
    // Node tells the length of an empty body by itself.
    headers: {
      ...(request.method === 'PUT' && isEmpty(request.body) && { 'content-length': '0' }),
      ...Object.fromEntries(headers),
    },
    ...(request.body instanceof Readable
      ? { body: new Uint8Array(), streamed: request.body as AsyncIterable<Uint8Array> }
      : { body: plainBody(request.body) }),
  };
}

const isEmpty = (body: unknown): boolean => body === undefined || body === '';

function plainBody(body: unknown): Uint8Array {
  // The SDK's own byte class warns when it is read as a string, as Buffer.from(body) tries.
  return body instanceof Uint8Array
    ? Buffer.copyBytesFrom(body)
    : Buffer.from(typeof body === 'string' ? body : '');
}

/** Ms to add to the machine's time, by which an SDK signs: it takes no clock, only how far off its own is. */
export const clockOffset = (clock: Clock): number => clock.wall() - Date.now();

function signAt(client: AnyClient, clock: Clock): void {
  const signing = (next: (args: unknown) => unknown) => (args: unknown) => {
    client.config.systemClockOffset = clockOffset(clock);
    return next(args);
  };
  client.middlewareStack.add(signing as never, { step: 'initialize' } as never);
}
