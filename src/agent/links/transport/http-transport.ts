// The real AgentTransport: signed HTTP calls and signed websockets to a control plane.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { AgentCallError, type AgentTransport, type Connection } from '../../../agent-protocol/transport.ts';
import type { Clock } from '../../../lib/clock.ts';
import { callApi, signedUpgradeHeaders } from '../../../wire/call-api.ts';
import { ApiError } from '../../../wire/errors.ts';
import type { Credentials } from '../../../wire/sigv4/sign.ts';
import { clientConnection } from './client-connection.ts';

export interface HttpTransportOptions {
  /** The control plane's API, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

/** One round trip, ms; the official agent allows the same. */
const callTimeout = 42_000;
const handshakeTimeout = 30_000;

/** A transport that signs everything with `credentials`. */
export function httpTransport(options: HttpTransportOptions): AgentTransport {
  const api = { ...options, signingName: 'ecs', targetPrefix: 'AmazonEC2ContainerServiceV20141113' };
  return {
    call: (operation, input) =>
      callApi<Record<string, unknown>>(api, operation, input, AbortSignal.timeout(callTimeout)).catch(
        asCallError,
      ),
    connect: (url) => connect(url, options),
  };
}

function asCallError(error: unknown): never {
  if (error instanceof ApiError) throw new AgentCallError(error.code, error.message, error.status);
  throw new AgentCallError('Unreachable', reasonOf(error), 0);
}

/** fetch hides why it failed behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function connect(
  url: string,
  { clock, credentials, region }: HttpTransportOptions,
): Promise<Connection> {
  const wsUrl = url.replace(/^http/, 'ws');
  const headers = signedUpgradeHeaders(wsUrl, { credentials, region, signingName: 'ecs', now: clock.wall() });
  const socket = new WebSocket(wsUrl, { headers, perMessageDeflate: false, handshakeTimeout });
  // Wrapped before the handshake ends, so that nothing the server says first is lost.
  const connection = clientConnection(socket, clock);
  const refused = Promise.withResolvers<never>();
  socket.once('unexpected-response', (_request, response: IncomingMessage) => {
    void readRefusal(response)
      .then(refused.reject, refused.reject)
      .finally(() => socket.terminate());
  });
  await Promise.race([once(socket, 'open'), refused.promise]).catch((error: unknown) => {
    if (error instanceof AgentCallError) throw error;
    throw new AgentCallError('Unreachable', reasonOf(error), 0);
  });
  return connection;
}

/** A refused upgrade tells its exception in the body, as `{"NameOfException": "message"}` or in the API's error form. */
async function readRefusal(response: IncomingMessage): Promise<AgentCallError> {
  const status = response.statusCode ?? 0;
  const body = (await response.toArray()).join('').slice(0, 4096);
  try {
    const value = JSON.parse(body) as Record<string, unknown>;
    if (typeof value['__type'] === 'string')
      return new AgentCallError(value['__type'], textOf(value['message']), status);
    const [code, message] = Object.entries(value)[0] ?? [];
    if (code !== undefined) return new AgentCallError(code, textOf(message), status);
  } catch {
    // Not JSON: some proxy's own page.
  }
  return new AgentCallError('Unreachable', `the upgrade was refused with HTTP ${status}`, status);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
