import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { noStore } from '../../test-support/no-store.ts';
import type { Operation } from './api.ts';
import { callApi, signedUpgradeHeaders, type ApiEndpoint } from './call-api.ts';
import { ApiError } from './errors.ts';
import { createHandler } from './handler.ts';
import type { Handle } from './http.ts';
import { listen, type Listening } from './listen.ts';
import { authenticate } from './sigv4/authenticate.ts';

const clock = new VirtualClock();
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'token' };
const lookup = (accessKeyId: string, token: string | undefined) =>
  accessKeyId === 'AKIA' && token === 'token'
    ? { secretAccessKey: 'secret', accountId: '1', principalArn: 'arn' }
    : undefined;

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.close()));
});

async function serving(handle: Handle): Promise<ApiEndpoint> {
  const listening = await listen({ handle, host: '127.0.0.1', port: 0, clock });
  open.push(listening);
  const endpoint = `http://127.0.0.1:${listening.port}`;
  return { endpoint, credentials, region: 'eu-west-1', signingName: 'ecs', targetPrefix: 'Test', clock };
}

/** An API whose one operation is `Do`. */
function anApi(run: Operation): Promise<ApiEndpoint> {
  const model = {
    signingName: 'ecs',
    targetPrefix: 'Test',
    operations: { Do: { input: 'Do', output: 'Do' } },
    shapes: {
      Do: { kind: 'structure', members: { text: 'String' }, required: [] },
      String: 'string',
    },
  } as const;
  const api = {
    model,
    operations: { Do: run },
    invalid: (_: string, message: string) => new Error(message),
  };
  return serving(
    createHandler({
      apis: [api],
      lookupAccessKey: lookup,
      authorise: () => undefined,
      clock,
      random: seededRandom(2),
      log: silentLog,
      store: noStore(),
    }),
  );
}

const plain = (status: number, body: string, headers = {}): Handle => {
  return () => Promise.resolve({ status, headers, body });
};

describe('callApi', () => {
  it('sends the input signed and answers the output', async () => {
    const api = await anApi(({ text }) => ({ text: `${String(text)}!` }));
    expect(await callApi<{ text: string }>(api, 'Do', { text: 'grüezi' })).toEqual({ text: 'grüezi!' });
  });

  it('throws the error that the server tells, with status and fields', async () => {
    const api = await anApi(() => {
      throw new ApiError('ConflictException', 'Taken.', 409, { resourceIds: ['a'] });
    });
    await expect(callApi(api, 'Do', {})).rejects.toEqual(
      expect.objectContaining({
        code: 'ConflictException',
        message: 'Taken.',
        status: 409,
        fields: { resourceIds: ['a'] },
      }),
    );
  });

  it('throws what a wrong key gets', async () => {
    const api = await anApi(() => ({}));
    const wrong = { ...api, credentials: { ...credentials, secretAccessKey: 'other' } };
    await expect(callApi(wrong, 'Do', {})).rejects.toMatchObject({ code: 'InvalidSignatureException' });
  });

  it.each([
    ['com.amazon#Some:http://x', 'Some'],
    ['Some', 'Some'],
  ])('reads the type %s as %s', async (type, code) => {
    const api = await serving(plain(400, JSON.stringify({ __type: type, Message: 'm' })));
    await expect(callApi(api, 'Do', {})).rejects.toMatchObject({ code, message: 'm', fields: {} });
  });

  it('reads the type from the header where the body has none', async () => {
    const api = await serving(plain(400, '', { 'x-amzn-errortype': 'Some' }));
    await expect(callApi(api, 'Do', {})).rejects.toMatchObject({ code: 'Some', message: '' });
  });

  it.each([
    [502, '<html>'],
    [200, 'ok'],
    [200, 'null'],
  ])('throws UnknownError for a reply %i %s of something else', async (status, body) => {
    const api = await serving(plain(status, body));
    await expect(callApi(api, 'Do', {})).rejects.toMatchObject({ code: 'UnknownError', status });
  });

  it('can be aborted', async () => {
    const api = await serving(() => new Promise(() => undefined));
    const abort = new AbortController();
    const call = callApi(api, 'Do', {}, abort.signal);
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    // The server still holds the request that nobody waits for: let its grace end.
    const closed = open.splice(0).map((listening) => listening.close());
    await clock.advance(10_000);
    await Promise.all(closed);
  });
});

describe('signedUpgradeHeaders', () => {
  it.each(['ws://h:4566/ws?a=b%2Fc&d=e%20f', 'wss://h/ws?d='])(
    'signs %s as the server will see it',
    (url) => {
      const options = { credentials, region: 'eu-west-1', signingName: 'ecs', now: clock.now() };
      const headers = signedUpgradeHeaders(url, options);
      expect(Object.keys(headers).sort()).toEqual(['authorization', 'x-amz-date', 'x-amz-security-token']);
      const { host, pathname, search } = new URL(url);
      const request = {
        method: 'GET',
        target: pathname + search,
        headers: { host, ...headers, upgrade: 'websocket' },
        body: new Uint8Array(),
      };
      const caller = authenticate(request, { now: clock.now(), lookup, signingNames: ['ecs'] });
      expect(caller.accountId).toBe('1');
    },
  );
});
