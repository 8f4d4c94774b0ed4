import { describe, expect, it, vi } from 'vitest';
import type { Log } from '../lib/log.ts';
import { silentLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { VirtualClock, flushPromises } from '../../test-support/virtual-clock.ts';
import { noStore } from '../../test-support/no-store.ts';
import type { Api, Call, Operation } from './api.ts';
import { notAllowed, type Authorise } from './authorise.ts';
import { ApiError } from './errors.ts';
import { bodyLimitOf, createHandler, type HandlerOptions } from './handler.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import type { ApiModel } from './model.ts';
import { sign } from './sigv4/sign.ts';

const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
const model: ApiModel = {
  signingName: 'ecs',
  targetPrefix: 'Test',
  operations: { Echo: { input: 'Echo', output: 'Echo' }, Other: { input: 'Echo', output: 'Echo' } },
  shapes: {
    Echo: { kind: 'structure', members: { text: 'String', need: 'String' }, required: ['need'] },
    String: 'string',
  },
};

interface Setup extends Partial<Omit<HandlerOptions, 'apis'>> {
  readonly echo?: Operation;
  readonly api?: Partial<Api>;
}

function aHandler({ echo = (input) => input, api, ...options }: Setup = {}) {
  const clock = new VirtualClock();
  const handle = createHandler({
    apis: [
      {
        model,
        operations: { Echo: echo },
        invalid: (operation, message) =>
          new ApiError('InvalidParameterException', `${operation}: ${message}`),
        ...api,
      },
    ],
    lookupAccessKey: (id) =>
      id === 'AKIA' ? { secretAccessKey: 'secret', accountId: '1', principalArn: 'arn' } : undefined,
    authorise: () => undefined,
    clock,
    random: seededRandom(7),
    log: silentLog,
    store: noStore(),
    ...options,
  });
  /** Sends `body` signed; `change` is applied before signing. */
  const send = (body: unknown, change: Partial<HttpRequest> = {}): Promise<HttpResponse> =>
    handle(
      signed({ body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), ...change }, clock),
    );
  return { handle, clock, send };
}

function signed(change: Partial<HttpRequest>, clock: VirtualClock): HttpRequest {
  const request = { method: 'POST', target: '/', headers: {}, body: Buffer.from('{}'), ...change };
  const headers = {
    host: 'h',
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'Test.Echo',
    ...request.headers,
  };
  return sign({ ...request, headers }, { credentials, region: 'r-1', signingName: 'ecs', now: clock.now() });
}

const read = (response: HttpResponse) => JSON.parse(response.body as string) as Record<string, unknown>;

describe('an operation', () => {
  it('gets the clean input and the call, and its output is the reply', async () => {
    const calls: Call[] = [];
    const { send, clock } = aHandler({
      echo: (input, call) => {
        calls.push(call);
        return input;
      },
    });
    const response = await send({ need: 'x', unknown: 1, text: null });
    expect(response).toMatchObject({ status: 200, body: '{"need":"x"}' });
    expect(calls).toEqual([
      {
        accountId: '1',
        region: 'r-1',
        accessKeyId: 'AKIA',
        principalArn: 'arn',
        requestId: response.headers['x-amzn-requestid'],
        now: clock.now(),
      },
    ]);
  });

  it('has its reply held back until all is durable, a refusal too', async () => {
    for (const echo of [
      () => ({}),
      () => {
        throw new ApiError('ConflictException', 'no');
      },
    ]) {
      const gate = Promise.withResolvers<void>();
      let answered = false;
      const { send } = aHandler({ echo, store: noStore(() => gate.promise) });
      const reply = send({ need: 'x' }).finally(() => {
        answered = true;
      });
      await flushPromises();
      expect(answered).toBe(false);
      gate.resolve();
      await reply;
      expect(answered).toBe(true);
    }
  });

  it('is answered ServerException when its work cannot be made durable', async () => {
    const logged: object[] = [];
    const log: Log = { ...silentLog, error: (fields) => logged.push(fields) };
    const { send } = aHandler({ log, store: noStore(() => Promise.reject(new Error('disk full'))) });
    const response = await send({ need: 'x' });
    expect(response.status).toBe(500);
    expect(read(response)).toMatchObject({
      __type: 'ServerException',
      message: expect.stringMatching(
        /^The server can no longer save its state and stops: its log says why\./,
      ),
    });
    expect(logged).toEqual([]);
  });

  it('is answered the same when its work cannot be taken any more', async () => {
    const logged: object[] = [];
    const log: Log = { ...silentLog, error: (fields) => logged.push(fields) };
    const unsaved = new Error('disk full');
    const store = { ...noStore(), isUnsaved: (error: unknown) => error === unsaved };
    const { send } = aHandler({ log, store, echo: () => Promise.reject(unsaved) });
    expect(read(await send({ need: 'x' }))).toMatchObject({
      __type: 'ServerException',
      message: expect.stringMatching(/^The server can no longer save its state and stops/),
    });
    expect(logged).toEqual([]);
  });

  it('that throws anything but an ApiError is logged under the request id and answered neutrally', async () => {
    const logged: object[] = [];
    const log: Log = { ...silentLog, error: (fields) => logged.push(fields) };
    const bug = new TypeError('secret detail');
    const { send } = aHandler({ log, echo: () => Promise.reject(bug) });
    const response = await send({ need: 'x' });
    expect(response.status).toBe(500);
    expect(response.body).not.toContain('secret detail');
    expect(logged).toEqual([
      { err: bug, operation: 'Echo', requestId: response.headers['x-amzn-requestid'] },
    ]);
  });
});

describe('a large request', () => {
  const large = { need: 'x'.repeat(70_000) };
  /** Does nothing before it is told to. */
  const heldTurns = () => {
    const waiting: (() => void)[] = [];
    return {
      waiting,
      turns: { run: (work: () => void) => void waiting.push(work), hasTime: () => false },
      next: async () => {
        waiting.shift()!();
        await flushPromises();
      },
    };
  };

  it('is read, checked, and answered in turns of the event loop, each after what else waits', async () => {
    const { turns, waiting, next } = heldTurns();
    const asked: string[] = [];
    const { send } = aHandler({
      turns,
      api: { limits: { Echo: { textLength: 100_000 } } },
      authorise: () => {
        asked.push('authorise');
        return undefined;
      },
      echo: () => {
        asked.push('run');
        return {};
      },
    });
    expect((await send({ need: 'small' })).status).toBe(200);
    asked.length = 0;
    const answer = send(large);
    await flushPromises();
    for (const _ of ['read', 'check']) {
      expect([waiting.length, asked]).toEqual([1, []]);
      await next();
    }
    await next();
    expect([waiting.length, asked]).toEqual([0, ['authorise', 'run']]);
    expect((await answer).status).toBe(200);
  });

  it('is refused as a small one is: unsigned at once, else once it is read', async () => {
    const { turns, waiting, next } = heldTurns();
    const { handle, send } = aHandler({ turns });
    const unsigned = { method: 'POST', target: '/', headers: { 'x-amz-target': 'Test.Echo' } };
    const body = Buffer.from(JSON.stringify(large));
    const refused = await handle({ ...unsigned, body });
    expect(refused.body.toString()).toContain('MissingAuthentication');
    const answers = [send(`{${' '.repeat(70_000)}`), send({ text: large.need })];
    await flushPromises();
    while (waiting.length > 0) await next();
    const texts = (await Promise.all(answers)).map(({ body: text }) => text.toString());
    expect(texts).toEqual([
      expect.stringContaining('SerializationException'),
      expect.stringContaining('InvalidParameterException'),
    ]);
  });
});

describe('the question whether the caller may', () => {
  const access: Api['access'] = {
    Echo: {
      resources: ({ need }) => [`arn:${String(need)}`],
      conditions: { 'test:Text': ({ text }) => [String(text)] },
    },
  };

  it('is asked with the caller, the action, and what the decoded input says', async () => {
    const asked: unknown[] = [];
    const { send } = aHandler({
      api: { access, actionPrefix: 'test' },
      authorise: ({ caller: { principalArn }, action, resources, conditions }) => {
        asked.push(principalArn, action, resources(), conditions('test:Text'), conditions('test:Other'));
        return undefined;
      },
    });
    expect((await send({ need: 'x', text: 'y', unknown: 1 })).status).toBe(200);
    expect(asked).toEqual(['arn', 'test:Echo', ['arn:x'], ['y'], undefined]);
  });

  it('is about anything where the API names no resource', async () => {
    const { send } = aHandler({ authorise: ({ action, resources }) => notAllowed(action, resources()[0]!) });
    expect(read(await send({ need: 'x' }))).toEqual({
      __type: 'AccessDeniedException',
      message:
        'User: arn is not authorized to perform: ecs:Echo on resource: * ' +
        'because no identity-based policy allows the ecs:Echo action',
    });
  });

  it('is answered no before anything runs, and once what was read for it is durable', async () => {
    const gate = Promise.withResolvers<void>();
    const echo = vi.fn<Operation>(() => ({}));
    const { send } = aHandler({
      echo,
      authorise: ({ action }) => notAllowed(action, '*'),
      store: noStore(() => gate.promise),
    });
    let answered = false;
    const reply = send({ need: 'x' }).finally(() => {
      answered = true;
    });
    await flushPromises();
    expect(answered).toBe(false);
    gate.resolve();
    expect((await reply).status).toBe(400);
    expect(echo).not.toHaveBeenCalled();
  });

  it('is not asked of an input that the model does not allow', async () => {
    const authorise = vi.fn<Authorise>(() => undefined);
    const { send } = aHandler({ authorise });
    await send({});
    expect(authorise).not.toHaveBeenCalled();
  });
});

describe('throttling', () => {
  const buckets = { echo: { burst: 1, refill: 1, operations: ['Echo'] } };

  it('counts what is signed, also what cannot be decoded, and nothing else', async () => {
    const { send, handle } = aHandler({ api: { buckets }, throttling: true });
    const unsigned = {
      method: 'POST',
      target: '/',
      headers: { 'x-amz-target': 'Test.Echo' },
      body: Buffer.from('{}'),
    };
    expect(read(await handle(unsigned)).__type).toBe('MissingAuthenticationTokenException');
    expect(read(await send('{')).__type).toBe('SerializationException');
    expect(read(await send({ need: 'x' }))).toEqual({
      __type: 'ThrottlingException',
      message: 'Rate exceeded',
    });
  });

  it('is off unless asked for', async () => {
    const { send } = aHandler({ api: { buckets } });
    for (let at = 0; at < 3; at++) expect((await send({ need: 'x' })).status).toBe(200);
  });
});

describe('a request that is refused', () => {
  it.each([
    ['not JSON', '{', {}, 400, 'SerializationException'],
    ['of a wrong type', { need: 1 }, {}, 400, 'SerializationException'],
    ['lacking a member', {}, {}, 400, 'InvalidParameterException'],
    [
      'of another content type',
      { need: 'x' },
      { headers: { 'content-type': 'text/plain' } },
      415,
      'UnsupportedMediaTypeException',
    ],
    [
      'compressed',
      { need: 'x' },
      { headers: { 'content-encoding': 'gzip' } },
      415,
      'UnsupportedMediaTypeException',
    ],
    ['not supported', {}, { headers: { 'x-amz-target': 'Test.Other' } }, 400, 'UnknownOperationException'],
    ['of an unknown API', {}, { headers: { 'x-amz-target': 'Nope.Echo' } }, 400, 'UnknownOperationException'],
    ['with another method', {}, { method: 'GET' }, 400, 'UnknownOperationException'],
    ['on another path', {}, { target: '/x' }, 400, 'UnknownOperationException'],
    ['too large', { need: 'x'.repeat(100) }, {}, 413, 'RequestEntityTooLargeException'],
  ])('%s', async (_, body, change, status, code) => {
    const { send } = aHandler({ api: { limits: { Echo: { bodyBytes: 64 } } } });
    const response = await send(body, change);
    expect(response.status).toBe(status);
    expect(read(response)).toMatchObject({ __type: code, message: expect.stringMatching(/ /) });
    expect(response.headers).toMatchObject({
      'x-amzn-errortype': code,
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('may be larger where an operation takes more, and no other does', async () => {
    const limits = { Echo: { bodyBytes: 3_000_000, textLength: 2_000_000, inputLength: 2_000_100 } };
    const echo: Operation = (input) => input;
    const operations = { Echo: echo, Other: echo };
    const { send } = aHandler({ api: { limits, operations } });
    const body = { need: 'x'.repeat(2_000_000) };
    expect((await send(body)).status).toBe(200);
    expect((await send(body, { headers: { 'x-amz-target': 'Test.Other' } })).status).toBe(413);
    expect((await send({ need: 'x'.repeat(2_000_001) })).status).toBe(400);
    const limit = bodyLimitOf([{ model, operations, limits, invalid: (_, message) => new Error(message) }])!;
    const head = (target: string) => ({ method: 'POST', target: '/', headers: { 'x-amz-target': target } });
    expect(['Test.Echo', 'Test.Other', 'Test.No', 'No'].map((target) => limit(head(target)))).toEqual([
      3_000_000, 1_048_576, 1_048_576, 1_048_576,
    ]);
  });

  it('too large for the socket to read is told its limit too', async () => {
    const { handle } = aHandler();
    const head = { method: 'POST', target: '/', body: new Uint8Array(), unread: 'too-large' } as const;
    expect(read(await handle({ ...head, headers: { host: 'h' } }))).toMatchObject({
      __type: 'RequestEntityTooLargeException',
      message: 'The request body is larger than 1048576 bytes.',
    });
    const authorization =
      'AWS4-HMAC-SHA256 Credential=A/20260131/r-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    const response = await handle({ ...head, headers: { host: 'h', authorization } });
    expect(response).toMatchObject({
      status: 501,
      body: expect.stringContaining('does not serve Amazon Simple Storage Service (s3), only ecs.'),
    });
  });

  it('that had to make room for others may be sent again', async () => {
    const { handle } = aHandler();
    const response = await handle({
      method: 'POST',
      target: '/',
      headers: { host: 'h' },
      body: new Uint8Array(),
      unread: 'no-room',
    });
    expect(response.status).toBe(503);
    expect(read(response)).toMatchObject({
      __type: 'ServiceUnavailableException',
      message: expect.stringContaining('Send it again.'),
    });
  });

  it('names the operation to the API for a broken constraint', async () => {
    expect(read(await aHandler().send({})).message).toBe('Echo: need cannot be null or empty.');
  });

  it('unsigned is told so before anything else', async () => {
    const { handle } = aHandler();
    for (const target of ['Test.Echo', 'Nope.Nope', '']) {
      const headers: Record<string, string> = { host: 'h', 'x-amz-target': target };
      const response = await handle({ method: 'PATCH', target: '/x', headers, body: Buffer.from('{') });
      expect(read(response).__type).toBe('MissingAuthenticationTokenException');
    }
  });
});

describe('a plain route', () => {
  const routes = {
    '/health': () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }),
    '/broken': () => {
      throw new Error('bug');
    },
  };

  it('answers unsigned, query or not, with a request id', async () => {
    const { handle } = aHandler({ routes });
    const response = await handle({
      method: 'GET',
      target: '/health?x',
      headers: {},
      body: new Uint8Array(),
    });
    expect(response).toMatchObject({
      status: 200,
      body: 'ok',
      headers: { 'content-type': 'text/plain', 'x-amzn-requestid': expect.any(String) },
    });
  });

  it('is not what a client of S3 finds that asks for a bucket of that name', async () => {
    const { handle, clock } = aHandler({ routes });
    const request = { method: 'GET', target: '/health', headers: { host: 'h' }, body: new Uint8Array() };
    const response = await handle(
      sign(request, { credentials, region: 'r-1', signingName: 's3', now: clock.now() }),
    );
    expect(response).toMatchObject({ status: 501, body: expect.stringContaining('NotImplemented') });
  });

  it('answers HEAD as it answers GET', async () => {
    const { handle } = aHandler({ routes });
    const response = await handle({ method: 'HEAD', target: '/health', headers: {}, body: new Uint8Array() });
    expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' } });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'tells %s what may be done with it',
    async (method) => {
      const { handle } = aHandler({ routes });
      const response = await handle({ method, target: '/health', headers: {}, body: new Uint8Array() });
      expect(response).toMatchObject({
        status: 405,
        headers: { allow: 'GET, HEAD', 'x-amzn-requestid': expect.any(String) },
        body: 'This page can only be read: use GET or HEAD.\n',
      });
    },
  );

  it('that throws is a 500, not a rejection', async () => {
    const { handle } = aHandler({ routes });
    const response = await handle({ method: 'GET', target: '/broken', headers: {}, body: new Uint8Array() });
    expect(response.status).toBe(500);
  });
});

describe('what is told of a request', () => {
  it('is operation, code and duration, to the observer and the log', async () => {
    const seen: unknown[] = [];
    const lines: object[] = [];
    const { send, clock } = aHandler({
      echo: async (input: { need?: string }) => {
        await clock.advance(30);
        if (input.need === 'no') throw new ApiError('ConflictException', 'no', 409);
        return {};
      },
      log: { ...silentLog, debug: (fields) => lines.push(fields) },
      observe: (...args) => seen.push(args),
    });
    await send({ need: 'yes' });
    await send({ need: 'no' });
    await send({}, { headers: { 'x-amz-target': 'Test.Whatever' } });
    expect(seen).toEqual([
      ['Echo', 'OK', 30],
      ['Echo', 'ConflictException', 30],
      ['unknown', 'UnknownOperationException', 0],
    ]);
    expect(lines).toEqual([
      expect.objectContaining({ operation: 'Echo', status: 200, ms: 30 }),
      expect.objectContaining({ operation: 'Echo', status: 409, ms: 30 }),
      expect.objectContaining({ operation: 'unknown', status: 400, ms: 0 }),
    ]);
  });

  it('never becomes a failure of the request', async () => {
    const { send } = aHandler({
      observe: () => {
        throw new Error('metrics are broken');
      },
    });
    expect((await send({ need: 'x' })).status).toBe(200);
  });
});
