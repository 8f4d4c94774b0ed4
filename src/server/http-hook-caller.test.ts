import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HookFailedError, type HookPayload } from '../aws/ecs/controllers/service/hooks/hook-caller.ts';
import { systemClock } from '../lib/clock.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { httpHookCaller, type HttpHookCallerOptions } from './http-hook-caller.ts';

const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:check';
const executionDetails = {
  serviceArn: 's',
  targetServiceRevisionArn: 't',
  testTrafficWeights: {},
  productionTrafficWeights: { t: 0 },
};
const payload: HookPayload = {
  executionId: 'e',
  lifecycleStage: 'POST_SCALE_UP',
  resourceArn: 'r',
  ...executionDetails,
  executionDetails,
  hookDetails: { bucket: 'b' },
};

let server: Server;
let origin: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const seen: { method?: string | undefined; url?: string | undefined; body: unknown }[] = [];

beforeEach(async () => {
  seen.length = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method,
        url: request.url,
        body: JSON.parse(Buffer.concat(chunks).toString()),
      });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const reply = (status: number, body: string, headers: Record<string, string> = {}): void => {
  answer = (_request, response) => response.writeHead(status, headers).end(body);
};
const call = (
  target: string,
  options: Partial<HttpHookCallerOptions> = {},
  signal = new AbortController().signal,
) =>
  httpHookCaller({ clock: systemClock, lambdaEndpoint: origin, hookTargets: [origin], ...options }).invoke(
    target,
    payload,
    signal,
  );

test.each([
  [lambda, '/2015-03-31/functions/check/invocations'],
  [`${lambda}:live`, '/2015-03-31/functions/check/invocations?Qualifier=live'],
])('invokes %s as Lambda does', async (target, path) => {
  reply(200, '{"hookStatus":"SUCCEEDED"}');
  expect(await call(target)).toEqual({ hookStatus: 'SUCCEEDED' });
  expect(seen).toEqual([{ method: 'POST', url: path, body: payload }]);
});

test('invokes below the path of the endpoint', async () => {
  reply(200, '{}');
  await call(lambda, { lambdaEndpoint: `${origin}/lambda/` });
  expect(seen[0]?.url).toBe('/lambda/2015-03-31/functions/check/invocations');
});

test('posts to a page', async () => {
  reply(200, '{"hookStatus":"IN_PROGRESS","callBackDelay":5}');
  expect(await call(`${origin}/check?a=b`)).toEqual({ hookStatus: 'IN_PROGRESS', callBackDelay: 5 });
  expect(seen).toEqual([{ method: 'POST', url: '/check?a=b', body: payload }]);
});

test.each([
  [200, 'no JSON', {}, 'not JSON'],
  [200, '{}', { 'x-amz-function-error': 'Unhandled' }, 'the function failed (Unhandled)'],
  [404, '', {}, 'HTTP status 404'],
  [302, '', { location: 'http://127.0.0.1:1/' }, 'HTTP status 302'],
  [200, `"${'x'.repeat(2 ** 20)}"`, {}, 'longer than 1 MiB'],
])('has failed with status %i and %.9s', async (status, body, headers, message) => {
  reply(status, body, headers as Record<string, string>);
  const error: unknown = await call(lambda).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HookFailedError);
  expect((error as Error).message).toContain(message);
  expect(seen).toHaveLength(1);
});

test.each([500, 503, 429, 408])('may be tried again with status %i', async (status) => {
  reply(status, '');
  const error: unknown = await call(lambda).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(HookFailedError);
});

test('may be tried again when nobody listens', async () => {
  server.close();
  const error: unknown = await call(lambda).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('waits no longer than its time limit', async () => {
  const clock = new VirtualClock();
  const asked = new Promise<void>((resolve) => (answer = () => resolve()));
  const outcome = call(lambda, { clock, timeout: 60_000 }).catch((thrown: unknown) => thrown);
  await asked;
  await clock.advance(60_000);
  expect(await outcome).toMatchObject({ message: 'no reply within 60 seconds' });
});

test('ends when nobody waits any more', async () => {
  const abort = new AbortController();
  const asked = new Promise<void>((resolve) => (answer = () => resolve()));
  const outcome = call(lambda, {}, abort.signal).catch((thrown: unknown) => thrown);
  await asked;
  abort.abort();
  expect(await outcome).toMatchObject({ name: 'AbortError' });
});

test.each([
  [lambda, { lambdaEndpoint: undefined }, '--lambda-endpoint'],
  ['http://127.0.0.1/check', { hookTargets: [] }, '--hook-targets'],
  ['http://127.0.0.1/check', { hookTargets: ['http://127.0.0.1/other'] }, '--hook-targets'],
])('refuses %s with %j and names the setting', async (target, options, setting) => {
  const caller = httpHookCaller({ clock: systemClock, hookTargets: [], ...options });
  expect(caller.refusal(target)).toContain(setting);
  await expect(caller.invoke(target, payload, new AbortController().signal)).rejects.toThrow(setting);
  expect(seen).toEqual([]);
});
