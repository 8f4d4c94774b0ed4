// API calls as signed HTTP requests, without a socket.
import { AgentCallError } from '../../src/agent-protocol/transport.ts';
import type { HttpRequest, HttpResponse } from '../../src/wire/http.ts';
import { sign, type Credentials } from '../../src/wire/sigv4/sign.ts';

export const host = 'control-plane.test';
export const region = 'us-east-1';

const ecs = 'AmazonEC2ContainerServiceV20141113';

/** The signed request that calls an operation of the API with this target prefix, ECS's by default, at `now` (epoch ms). */
export function signedCall(
  operation: string,
  input: object,
  credentials: Credentials,
  now: number,
  targetPrefix = ecs,
): HttpRequest {
  const headers = {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${targetPrefix}.${operation}`,
  };
  const request = { method: 'POST', target: '/', headers, body: Buffer.from(JSON.stringify(input)) };
  return sign(request, { credentials, region, signingName: 'ecs', now });
}

/** The signed request that asks for the websocket at `url`. */
export function signedUpgrade(url: string, credentials: Credentials, now: number): HttpRequest {
  const { pathname, search } = new URL(url);
  const request = { method: 'GET', target: pathname + search, headers: { host }, body: new Uint8Array() };
  return sign(request, { credentials, region, signingName: 'ecs', now });
}

/** The output in a reply; throws an AgentCallError for the error in it. */
export function outputOf(response: HttpResponse): Record<string, unknown> {
  const body = JSON.parse(Buffer.from(response.body).toString()) as Record<string, unknown>;
  if (response.status < 400) return body;
  const code = String(body['__type']).replace(/^.*#/, '');
  throw new AgentCallError(code, String(body['message']), response.status);
}
