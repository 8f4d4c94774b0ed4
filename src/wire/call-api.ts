// Calls a JSON 1.1 API as a client, signed: how the agent and the command line speak to the control plane.
import type { Clock } from '../lib/clock.ts';
import { ApiError } from './errors.ts';
import type { Headers } from './http.ts';
import { jsonContentType } from './protocols/json.ts';
import { sign, type Credentials, type SignOptions } from './sigv4/sign.ts';

/** An API to call, and as whom. */
export interface ApiEndpoint {
  /** e.g. `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly signingName: string;
  /** What `X-Amz-Target` starts with, before the dot. */
  readonly targetPrefix: string;
  readonly clock: Clock;
}

/**
 * Calls one operation and answers its output, which the caller vouches is an `Output`. Throws ApiError with the wire
 * code when the server refuses, and fetch's own error when it cannot be reached or `signal` aborts.
 */
export async function callApi<Output extends object>(
  api: ApiEndpoint,
  operation: string,
  input: object,
  signal?: AbortSignal,
): Promise<Output> {
  const body = JSON.stringify(input);
  const response = await fetch(new URL(api.endpoint), {
    method: 'POST',
    headers: callHeaders(api, operation, body),
    body,
    redirect: 'error',
    ...(signal === undefined ? {} : { signal }),
  });
  const reply = parseReply(await response.text());
  if (!response.ok) throw replyError(response, reply);
  if (reply === undefined) throw unreadable(response);
  return reply as Output;
}

/** The headers that sign a websocket's upgrade request to `url` (ws: or wss:); the client adds `host` itself. */
export function signedUpgradeHeaders(url: string, options: SignOptions): Headers {
  const { host, pathname, search } = new URL(url);
  const request = { method: 'GET', target: pathname + search, headers: { host }, body: new Uint8Array() };
  return withoutHost(sign(request, options).headers);
}

function callHeaders(api: ApiEndpoint, operation: string, body: string): Headers {
  const { host, pathname, search } = new URL(api.endpoint);
  const headers = {
    host,
    'content-type': jsonContentType,
    'x-amz-target': `${api.targetPrefix}.${operation}`,
  };
  const request = { method: 'POST', target: pathname + search, headers, body: Buffer.from(body) };
  const { credentials, region, signingName, clock } = api;
  return withoutHost(sign(request, { credentials, region, signingName, now: clock.wall() }).headers);
}

function withoutHost({ host: _, ...headers }: Headers): Headers {
  return headers;
}

function parseReply(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function replyError(response: Response, reply: Readonly<Record<string, unknown>> | undefined): ApiError {
  const { __type: type, message, Message: capital, ...fields } = reply ?? {};
  const code = shortCode(typeof type === 'string' ? type : response.headers.get('x-amzn-errortype'));
  if (code === undefined) return unreadable(response);
  return new ApiError(code, firstText(message, capital), response.status, fields);
}

/** `ns#Name:uri` is `Name`. */
function shortCode(type: string | null): string | undefined {
  return type === null ? undefined : type.replace(/^.*#/, '').replace(/:.*$/, '');
}

function firstText(...candidates: readonly unknown[]): string {
  return candidates.find((candidate): candidate is string => typeof candidate === 'string') ?? '';
}

function unreadable(response: Response): ApiError {
  return new ApiError(
    'UnknownError',
    `The reply (HTTP ${response.status}) is not one of this protocol.`,
    response.status,
  );
}
