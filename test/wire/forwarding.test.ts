// Services that are not served here and are forwarded: from a signed request on a socket to a service on another, and back.
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  forwardStub,
  stubCredentials,
  type ForwardStub,
  type StubAnswer,
} from '../../test-support/forward-stub.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { notAllowed } from '../../src/wire/authorise.ts';
import type { Forwards } from '../../src/wire/forward/forward-target.ts';
import { createForwarder } from '../../src/wire/forward/forwarder.ts';
import type { HandlerOptions } from '../../src/wire/handler.ts';
import type { Headers } from '../../src/wire/http.ts';
import { listen, type Listening } from '../../src/wire/listen.ts';
import { sign, type Credentials } from '../../src/wire/sigv4/sign.ts';
import { credentials, fakeHandler } from '../../test-support/fake-api.ts';

const clock = new VirtualClock();
const ends: (() => Promise<unknown>)[] = [];
let stub: ForwardStub;
let answer: StubAnswer;

beforeEach(async () => {
  answer = (_, response) => response.end('<ok/>');
  stub = await forwardStub(clock, (...exchange) => answer(...exchange));
  ends.push(() => stub.close());
});

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

async function longshore(forwards: Forwards, options: Partial<HandlerOptions> = {}): Promise<Listening> {
  const forwarder = createForwarder({ forwards, served: ['ecs'], clock });
  const { handle } = fakeHandler({ clock, forwarder, ...options });
  const listening = await listen({ handle, host: '127.0.0.1', port: 0, clock });
  ends.push(async () => {
    const closed = listening.close();
    await clock.advance(60_000);
    await closed;
  });
  return listening;
}

interface Sent {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Headers;
  readonly body?: string;
  readonly signingName?: string;
  readonly region?: string;
  readonly key?: Credentials;
}

/** A request as its client sends it, signed with the key of this Longshore. */
function send({ port }: Listening, sent: Sent = {}) {
  const { signingName = 's3', region = 'eu-west-3', key = credentials } = sent;
  const body = Buffer.from(sent.body ?? '');
  const request = {
    method: sent.method ?? 'GET',
    target: sent.target ?? '/',
    headers: { host: `127.0.0.1:${port}`, ...sent.headers },
    body,
  };
  const { headers } = sign(request, { credentials: key, region, signingName, now: clock.wall() });
  const outgoing = httpRequest({
    host: '127.0.0.1',
    port,
    method: request.method,
    path: request.target,
    headers: { ...headers, 'content-length': body.length },
    agent: false,
  });
  outgoing.end(body);
  return outgoing;
}

async function call(listening: Listening, sent: Sent = {}) {
  const [response] = (await once(send(listening, sent), 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Until `what` holds; between looks the event loop does what it has to. */
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await turn();
}

const toStub = (): Forwards => ({ s3: { url: stub.url, credentials: stubCredentials } });

describe('a service that is forwarded', () => {
  it('gets the request with a signature of the key elsewhere, for the same service and region', async () => {
    const server = await longshore(toStub());
    const target = '/photos/a%20b//c..?list-type=2&prefix=%C3%A4';
    expect(await call(server, { method: 'PUT', target, body: 'content' })).toMatchObject({
      status: 200,
      body: '<ok/>',
    });
    expect(stub.received).toHaveLength(1);
    const [{ method, target: got, headers, body, signed } = {} as never] = stub.received;
    expect([method, got, Buffer.from(body).toString(), signed]).toEqual([
      'PUT',
      target,
      'content',
      's3 eu-west-3 AKIAELSEWHERE',
    ]);
    expect(headers['host']).toBe(new URL(stub.url).host);
    expect(headers['via']).toBe('1.1 longshore');
    expect(JSON.stringify(headers)).not.toContain(credentials.accessKeyId);
  });

  it('is any that is not served, with *, and its own target goes before', async () => {
    const server = await longshore({ '*': { url: stub.url }, s3: { url: 'http://127.0.0.1:1' } });
    const sqs = { method: 'POST', signingName: 'sqs', headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } };
    expect(await call(server, sqs)).toMatchObject({ status: 200 });
    expect(await call(server)).toMatchObject({ status: 503 });
    const ecs = {
      ...sqs,
      signingName: 'ecs',
      body: '{}',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters',
      },
    };
    expect(JSON.parse((await call(server, ecs)).body)).toHaveProperty('clusterArns');
    expect(stub.received.map(({ headers }) => headers['x-amz-target'])).toEqual(['AmazonSQS.ListQueues']);
  });

  it('gets requests unsigned where there are no credentials', async () => {
    const server = await longshore({ s3: { url: stub.url } });
    await call(server);
    const [{ headers, signed } = {} as never] = stub.received;
    expect(signed).toBe('MissingAuthenticationTokenException');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-amz-'))).toEqual([]);
  });

  it('gets nothing that is not signed, or signed wrongly, or for another service', async () => {
    const server = await longshore(toStub());
    const plain = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path: '/',
      headers: { 'amz-sdk-invocation-id': '1' },
      agent: false,
    });
    plain.end();
    const [response] = (await once(plain, 'response')) as [IncomingMessage];
    expect([response.statusCode, await text(response)]).toEqual([
      403,
      expect.stringContaining('AccessDenied'),
    ]);
    const forged = await call(server, { key: { ...credentials, secretAccessKey: 'guessed' } });
    expect([forged.status, forged.body]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    const other = await call(server, { signingName: 'sqs' });
    expect(other).toMatchObject({ status: 400 });
    expect(other.body).toContain('Longshore does not serve Amazon Simple Queue Service (sqs)');
    expect(stub.received).toEqual([]);
  });

  it('gets nothing of who may not use it, as the key of an agent may not', async () => {
    const asked: string[] = [];
    const server = await longshore(toStub(), {
      authorise: ({ action }) => {
        asked.push(action);
        return notAllowed(action, '*');
      },
    });
    expect(await call(server)).toMatchObject({
      status: 403,
      body: expect.stringContaining('is not authorized to perform: s3:* on resource: *') as string,
    });
    expect([asked, stub.received]).toEqual([['s3:*'], []]);
  });

  it('answers with its own status, headers and body', async () => {
    const server = await longshore(toStub());
    answer = (_, response) => {
      response.writeHead(404, {
        'x-amz-request-id': 'theirs',
        'content-type': 'application/xml',
        etag: '"e"',
      });
      response.end('<Error><Code>NoSuchKey</Code></Error>');
    };
    const told = await call(server, { target: '/b/k' });
    expect(told).toMatchObject({ status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' });
    expect(told.headers).toMatchObject({
      'x-amz-request-id': 'theirs',
      'content-type': 'application/xml',
      etag: '"e"',
    });
    answer = (_, response) => response.writeHead(200, { 'content-length': 12_345 }).end();
    const head = await call(server, { method: 'HEAD', target: '/b/k' });
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '12345', '']);
  });

  it('answers while it sends, and is cut off when its client leaves', async () => {
    const server = await longshore(toStub());
    answer = (_, response) => void response.write('first');
    const outgoing = send(server);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(String((await once(response, 'data'))[0])).toBe('first');
    expect(await stub.connections()).toBe(1);
    response.on('error', () => undefined);
    outgoing.destroy();
    await until(async () => (await stub.connections()) === 0);
  });

  it('is cut off when its client leaves before anything was answered', async () => {
    const server = await longshore(toStub());
    answer = () => undefined;
    const outgoing = send(server);
    outgoing.on('error', () => undefined);
    await until(() => stub.received.length === 1);
    expect(await stub.connections()).toBe(1);
    outgoing.destroy();
    await until(async () => (await stub.connections()) === 0);
  });

  it('ends in an answer that is cut off, not in one that seems whole, where it goes away', async () => {
    const server = await longshore(toStub());
    answer = (_, response, incoming) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => incoming.socket.destroy());
    };
    await expect(call(server)).rejects.toThrow('aborted');
  });

  it('that cannot be reached is an error of the protocol, which names it', async () => {
    await stub.close();
    const server = await longshore({ ...toStub(), monitoring: { url: stub.url } });
    const s3 = await call(server);
    expect(s3.status).toBe(503);
    expect(s3.body).toContain('<Code>ServiceUnavailable</Code>');
    expect(s3.body).toContain(
      `Longshore forwards s3 to ${stub.url}, which gave no answer: connect ECONNREFUSED`,
    );
    const metrics = await call(server, {
      method: 'POST',
      signingName: 'monitoring',
      headers: { 'x-amz-target': 'GraniteServiceVersion20100801.ListMetrics' },
    });
    expect(metrics.status).toBe(503);
    expect(JSON.parse(metrics.body)).toMatchObject({ __type: 'ServiceUnavailableException' });
  });

  it('that changes to another protocol is one that gave no answer', async () => {
    const server = await longshore(toStub());
    answer = (_, _response, { socket }) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n');
    const { status, body } = await call(server);
    expect(status).toBe(503);
    expect(body).toContain('it ended the connection without an answer');
  });

  it('that never answers is given up after 15 minutes, and one that stops in the middle is cut off', async () => {
    const server = await longshore(toStub());
    answer = () => undefined;
    const silent = call(server);
    await until(() => stub.received.length === 1);
    await clock.advance(15 * 60_000);
    expect((await silent).body).toContain('no answer within 900 seconds');
    answer = (_, response) => void response.writeHead(200, { 'content-length': 100 }).write('half');
    const outgoing = send(server);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(response, 'data');
    const cut = once(response, 'error');
    await clock.advance(31 * 60_000);
    expect(String((await cut)[0])).toContain('aborted');
  });

  it('is not forwarded by two, one after the other: that may be a circle', async () => {
    const second = await longshore(toStub());
    const first = await longshore({ s3: { url: `http://127.0.0.1:${second.port}`, credentials } });
    const told = await call(first);
    expect(told.status).toBe(501);
    expect(told.body).toContain('another Longshore has forwarded the request already');
    expect(stub.received).toEqual([]);
  });
});

it('a service that is served is never forwarded', () => {
  const forwards = { ecs: { url: 'http://127.0.0.1:9000' } };
  expect(() => createForwarder({ forwards, served: ['ecs', 'sts'], clock })).toThrow(
    'Longshore serves ecs itself, so its requests cannot be forwarded to http://127.0.0.1:9000. Take ecs out of --forward.',
  );
});
