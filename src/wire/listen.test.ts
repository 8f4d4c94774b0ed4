import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock, flushPromises } from '../../test-support/virtual-clock.ts';
import type { HttpRequest, HttpResponse, StreamedRequest } from './http.ts';
import { listen, type ListenOptions, type Listening } from './listen.ts';

const open: Listening[] = [];
const clocks = new Map<Listening, VirtualClock>();

afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => closeNow(listening)));
});

/** Listens on a free port; `handle` answers what it was asked unless given, and 413 where the body was too large. */
async function aServer(options: Partial<ListenOptions> = {}): Promise<Listening> {
  const clock = new VirtualClock();
  const handle = (request: HttpRequest): Promise<HttpResponse> =>
    Promise.resolve({
      status: request.unread ? 413 : 200,
      headers: { 'x-test': 'yes' },
      body: JSON.stringify({ ...request, address: undefined, body: Buffer.from(request.body).toString() }),
    });
  const listening = await listen({
    handle,
    host: '127.0.0.1',
    port: 0,
    clock,
    ...options,
  });
  open.push(listening);
  clocks.set(listening, clock);
  return listening;
}

async function closeNow(listening: Listening): Promise<void> {
  const closed = listening.close();
  await clocks.get(listening)!.advance(60_000);
  await closed;
}

async function aSocket({ port }: Listening): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** All that the server sends until it closes the connection. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) text += chunk as string;
  return text;
}

/** The server's answer to raw text; the text should ask to close. */
async function exchangeRaw(listening: Listening, text: string): Promise<string> {
  const socket = await aSocket(listening);
  socket.write(text);
  return readAll(socket);
}

const url = ({ port }: Listening, path = '/') => `http://127.0.0.1:${port}${path}`;

describe('listen', () => {
  it('hands the request over as plain data and writes the reply', async () => {
    const server = await aServer();
    const response = await fetch(url(server, '/a%20b?q=1'), {
      method: 'PUT',
      body: 'body',
      headers: { 'X-One': '1' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-test')).toBe('yes');
    expect(response.headers.get('content-length')).toMatch(/^\d+$/);
    expect(await response.json()).toMatchObject({
      method: 'PUT',
      target: '/a%20b?q=1',
      body: 'body',
      headers: { 'x-one': '1', host: `127.0.0.1:${server.port}` },
    });
  });

  it('keeps a connection open for longer than clients do, which is 90 s with those in Go', async () => {
    const { headers } = await fetch(url(await aServer()));
    const [, seconds] = /^timeout=(\d+)$/.exec(headers.get('keep-alive') ?? '')!;
    expect(Number(seconds)).toBeGreaterThan(90);
  });

  it('joins repeated headers with a comma alone, and keeps odd names harmless', async () => {
    const text = await exchangeRaw(
      await aServer(),
      'GET / HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nconstructor: c\r\nConnection: close\r\n\r\n',
    );
    expect(text).toContain('"x-a":"1,2"');
    expect(text).toContain('"constructor":"c"');
  });

  it('names address and reason when the port is taken', async () => {
    const { port } = await aServer();
    await expect(aServer({ port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: the port is already in use`,
    );
  });
});

describe('a body that is too large', () => {
  it('is answered 413 after it was sent, and the connection goes on', async () => {
    const server = await aServer({ bodyLimit: () => 10 });
    const socket = await aSocket(server);
    socket.write(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n${'x'.repeat(200_000)}`);
    socket.write('GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    const text = await readAll(socket);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('"body":"","unread":"too-large"');
    expect(text).toContain('"target":"/next"');
  });

  it('reaches a client such as fetch as a reply, not a reset', async () => {
    const server = await aServer({ bodyLimit: () => 10 });
    const response = await fetch(url(server), { method: 'POST', body: 'x'.repeat(5_000_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ method: 'POST', unread: 'too-large', body: '' });
  });

  it('is not read for ever', async () => {
    const server = await aServer({ bodyLimit: () => 10 });
    let accepted: Socket | undefined;
    const accept = (message: unknown): void => void (accepted = (message as { socket: Socket }).socket);
    subscribe('net.server.socket', accept);
    const request = httpRequest(url(server), { method: 'POST' });
    request.on('error', () => undefined);
    const chunk = Buffer.alloc(1024 * 1024);
    const pump = (): void => {
      while (!request.destroyed && request.write(chunk));
    };
    request.on('drain', pump);
    pump();
    // A client that is still writing may lose the answer to the reset that follows it: TCP drops what was not read yet.
    const outcome = await new Promise<unknown>((resolve) => {
      request.once('response', ({ statusCode, headers: { connection } }) =>
        resolve([statusCode, connection]),
      );
      request.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
    });
    expect([[413, 'close'], 'EPIPE', 'ECONNRESET']).toContainEqual(outcome);
    unsubscribe('net.server.socket', accept);
    // What the server read, and not what is in the system's buffers; 2 MiB for what arrives until the connection ends.
    expect(accepted!.bytesRead).toBeGreaterThan(16 * chunk.length);
    expect(accepted!.bytesRead).toBeLessThan((16 + 2) * chunk.length);
    request.destroy();
  });

  it('that was only announced is refused before it is sent', async () => {
    const server = await aServer({ bodyLimit: () => 10 });
    const text = await exchangeRaw(
      server,
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('does not stop one of the right size from being continued', async () => {
    const socket = await aSocket(await aServer({ bodyLimit: () => 10 }));
    socket.write(
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    );
    expect(String(((await once(socket, 'data')) as [Buffer])[0])).toMatch(/^HTTP\/1\.1 100 /);
    socket.write('ok');
    expect(await readAll(socket)).toContain('"body":"ok"');
  });
});

describe('a request that waits for its turn', () => {
  it('is not begun once its client has left', async () => {
    const waiting: (() => void)[] = [];
    const begun: string[] = [];
    const server = await aServer({
      turns: { run: (work) => void waiting.push(work), hasTime: () => false },
      handle: ({ target }) => {
        begun.push(target);
        return Promise.resolve({ status: 200, headers: {}, body: '' });
      },
    });
    const ask = async (target: string): Promise<Socket> => {
      const socket = await aSocket(server);
      const asked = waiting.length + 1;
      socket.write(`GET ${target} HTTP/1.1\r\nHost: h\r\n\r\n`);
      while (waiting.length < asked) await flushPromises();
      return socket;
    };
    let left: Socket | undefined;
    const accept = (message: unknown): void => void (left = (message as { socket: Socket }).socket);
    subscribe('net.server.socket', accept);
    const leaving = await ask('/left');
    unsubscribe('net.server.socket', accept);
    await ask('/stayed');
    leaving.resetAndDestroy();
    while (!left!.destroyed) await flushPromises();
    for (const work of waiting.splice(0)) work();
    expect(begun).toEqual(['/stayed']);
  });
});

describe('a request whose limit cannot be told', () => {
  it.each(['', 'Expect: 100-continue\r\n'])('ends its connection, and no other: %j', async (asking) => {
    const server = await aServer({
      bodyLimit({ target }) {
        if (target === '/bad') throw new Error('a bug');
        return 10;
      },
    });
    const raw = (target: string, header: string): string =>
      `POST ${target} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n${header}\r\n`;
    expect(await exchangeRaw(server, raw('/bad', asking))).toBe('');
    expect(await exchangeRaw(server, raw('/good', ''))).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('bodies that are not complete', () => {
  const begin = async (server: Listening, length: number, part: string): Promise<Socket> => {
    const socket = await aSocket(server);
    socket.write(
      `POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${part}`,
    );
    return socket;
  };
  const received = (socket: Socket) => once(socket, 'readable').then(() => readAll(socket));

  it('hold so much together and no more: the oldest is sent away with an answer', async () => {
    const server = await aServer({ bodyLimit: () => 600, maxUnverifiedBytes: 1000 });
    const oldest = await begin(server, 600, 'x'.repeat(400));
    const asked = received(oldest);
    const next = await begin(server, 500, 'y'.repeat(400));
    const last = await begin(server, 400, 'z'.repeat(400));
    expect(await readAll(last)).toContain('"body":"zzz');
    // The last one's bytes were given back, so the second keeps its place.
    expect(await asked).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*"unread":"no-room"/i);
    next.write('y'.repeat(100));
    expect(await readAll(next)).toContain(`"body":"${'y'.repeat(500)}"`);
  });

  it('give back what they hold when they are complete, too large, or left', async () => {
    const server = await aServer({ bodyLimit: () => 400, maxUnverifiedBytes: 1000 });
    const waiting = await begin(server, 400, 'w'.repeat(300));
    // There is room for one body that was left a moment ago, not for those of five rounds.
    for (let round = 0; round < 5; round++) {
      expect(await readAll(await begin(server, 400, 'x'.repeat(400)))).toContain('200 OK');
      expect(await readAll(await begin(server, 401, 'x'.repeat(401)))).toContain('too-large');
      const left = await begin(server, 400, 'x'.repeat(300));
      await once(left.resetAndDestroy(), 'close');
      await readAll(await begin(server, 0, ''));
    }
    waiting.write('w'.repeat(100));
    expect(await readAll(waiting)).toContain('200 OK');
  });

  it('may be as large together as they like once they are somebody’s', async () => {
    const gate = Promise.withResolvers<HttpResponse>();
    const server = await aServer({ maxUnverifiedBytes: 1000, handle: () => gate.promise });
    const sockets = await Promise.all(Array.from({ length: 5 }, () => begin(server, 900, 'x'.repeat(900))));
    const answers = Promise.all(sockets.map(readAll));
    gate.resolve({ status: 204, headers: {}, body: '' });
    for (const answer of await answers) expect(answer).toMatch(/^HTTP\/1\.1 204 /);
  });
});

describe('a client that misbehaves', () => {
  it('by going away in mid-body, or while it is answered, troubles nobody else', async () => {
    const reached = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<HttpResponse>();
    const server = await aServer({
      handle: (request) => {
        if (request.target !== '/slow') return Promise.resolve({ status: 204, headers: {}, body: '' });
        reached.resolve();
        return gate.promise;
      },
    });
    const half = await aSocket(server);
    half.write('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nonly a part');
    half.resetAndDestroy();
    const slow = await aSocket(server);
    slow.write('GET /slow HTTP/1.1\r\nHost: h\r\n\r\n');
    await reached.promise;
    slow.resetAndDestroy();
    gate.resolve({ status: 200, headers: {}, body: 'x'.repeat(1_000_000) });
    expect((await fetch(url(server))).status).toBe(204);
  });

  it('by not speaking HTTP is answered 400', async () => {
    expect(await exchangeRaw(await aServer(), 'hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('close', () => {
  it('lets a running request finish, then closes its connection', async () => {
    const reached = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<HttpResponse>();
    const server = await aServer({
      handle: () => {
        reached.resolve();
        return gate.promise;
      },
    });
    const response = fetch(url(server));
    await reached.promise;
    const closed = server.close();
    gate.resolve({ status: 200, headers: {}, body: 'done' });
    expect(await (await response).text()).toBe('done');
    await closed;
    await expect(fetch(url(server))).rejects.toThrow('fetch failed');
  });

  it('cuts off after the grace what does not finish', async () => {
    const reached = Promise.withResolvers<void>();
    const server = await aServer({
      grace: 5000,
      handle: () => {
        reached.resolve();
        return new Promise(() => undefined);
      },
    });
    const response = fetch(url(server)).catch(() => 'cut off');
    await reached.promise;
    const closed = server.close();
    await clocks.get(server)!.advance(5000);
    expect(await response).toBe('cut off');
    await closed;
  });

  it('can be called twice, and does not wait for idle connections', async () => {
    const server = await aServer();
    await (await fetch(url(server))).text();
    await Promise.all([server.close(), server.close()]);
  });
});

describe('an upgrade', () => {
  const upgrade = 'GET /ws?a=1 HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

  it('is handed over with its request, and its socket is cut off at close', async () => {
    const taken = Promise.withResolvers<{ request: HttpRequest; socket: Duplex }>();
    const server = await aServer({ onUpgrade: ({ request, socket }) => taken.resolve({ request, socket }) });
    const client = await aSocket(server);
    client.write(upgrade);
    const { request, socket } = await taken.promise;
    expect(request).toMatchObject({ method: 'GET', target: '/ws?a=1', headers: { upgrade: 'websocket' } });
    socket.write('hello');
    expect(String(((await once(client, 'data')) as [Buffer])[0])).toBe('hello');
    const gone = once(client, 'close');
    await closeNow(server);
    await gone;
  });

  it('whose peer resets does not end the process', async () => {
    const taken = Promise.withResolvers<Duplex>();
    const server = await aServer({ onUpgrade: ({ socket }) => taken.resolve(socket) });
    const client = await aSocket(server);
    client.write(upgrade);
    const socket = await taken.promise;
    // Not events.once: that would listen for the error itself.
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    client.resetAndDestroy();
    await gone;
    expect(socket.destroyed).toBe(true);
  });

  it.each([
    ['h2c', 'Upgrade, HTTP2-Settings'],
    ['TLS/1.2', 'upgrade'],
    ['h2c, not-a-websocket', 'Upgrade'],
  ])('to %s is an offer, and the request is answered as any other', async (protocol, connection) => {
    const server = await aServer({ onUpgrade: () => expect.fail('it was taken') });
    const socket = await aSocket(server);
    const head = `Host: h\r\nConnection: ${connection}\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\n`;
    socket.write(`POST /a HTTP/1.1\r\n${head}Content-Length: 100000\r\n\r\n${'x'.repeat(100_000)}`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1\.1 200 OK[^]*"method":"POST","target":"\/a"[^]*"body":"xxx/);
    socket.write('GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    const rest = await readAll(socket);
    expect(rest).toContain(`${'x'.repeat(1000)}"}HTTP/1.1 200 OK`);
    expect(rest).toContain('"target":"/next"');
  });

  it('to a websocket is taken also among other offers, but only of a GET', async () => {
    const taken: string[] = [];
    const server = await aServer({
      onUpgrade: ({ request, socket }) => {
        taken.push(request.target);
        socket.end('taken');
      },
    });
    expect(await exchangeRaw(server, upgrade.replace('websocket', 'h2c, WebSocket'))).toBe('taken');
    const post = upgrade.replace('GET', 'POST').replace('Upgrade\r\nUpgrade', 'Upgrade, close\r\nUpgrade');
    expect(await exchangeRaw(server, post)).toMatch(/^HTTP\/1\.1 200 /);
    expect(taken).toEqual(['/ws?a=1']);
  });

  it('is an ordinary request where nobody takes it', async () => {
    const text = await exchangeRaw(
      await aServer(),
      upgrade.replace('Upgrade\r\nUpgrade', 'Upgrade, close\r\nUpgrade'),
    );
    expect(text).toContain('"target":"/ws?a=1"');
  });
});

describe('a request that is streamed', () => {
  const streamed = {
    takes: (target: string) => target.startsWith('/stream'),
    handle: async ({ target, body }: StreamedRequest): Promise<HttpResponse> => {
      if (target === '/stream/unread') return { status: 400, headers: {}, body: 'no' };
      let size = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) size += chunk.length;
      return { status: 200, headers: {}, body: `${size}` };
    },
  };

  it('is as large as it is', async () => {
    const server = await aServer({ streamed, bodyLimit: () => 10 });
    const body = Buffer.alloc(5 * 1024 * 1024);
    const response = await fetch(url(server, '/stream'), { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([200, String(body.length)]);
    expect((await fetch(url(server), { method: 'POST', body })).status).toBe(413);
  });

  it('ends the connection where its body is not read', async () => {
    const server = await aServer({ streamed });
    const head = 'POST /stream/unread HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nx';
    expect(await exchangeRaw(server, head)).toMatch(/^HTTP\/1.1 400 [^]*connection: close/i);
  });

  it('is cut off when nothing more of it comes for a minute, not while it comes', async () => {
    const server = await aServer({ streamed });
    const socket = await aSocket(server);
    socket.write('POST /stream HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nx');
    let closed = false;
    socket.on('close', () => (closed = true)).on('error', () => undefined);
    const clock = clocks.get(server)!;
    for (let minute = 0; minute < 3; minute++) {
      await arrived(server);
      await clock.advance(60_000);
      expect(closed).toBe(false);
      socket.write('x');
    }
    await arrived(server);
    await clock.advance(120_000);
    await expect.poll(() => closed).toBe(true);
  });
});

it('cuts a request off whose body does not come within a minute', async () => {
  const server = await aServer();
  const socket = await aSocket(server);
  socket.on('error', () => undefined);
  socket.write('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nx');
  await arrived(server);
  await clocks.get(server)!.advance(59_000);
  expect(socket.destroyed).toBe(false);
  await clocks.get(server)!.advance(1000);
  await once(socket, 'close');
});

/** What was sent before has come: a request that was made after it is answered. */
async function arrived(server: Listening): Promise<void> {
  await (await fetch(url(server), { headers: { connection: 'close' } })).text();
}

describe('a body that the handler reads while it comes', () => {
  const bodyLimit = () => Infinity;
  const reading: Partial<ListenOptions> = {
    bodyLimit,
    handle: async ({ streamed }) => {
      let size = 0;
      for await (const piece of streamed!) size += piece.length;
      return { status: 200, headers: {}, body: `read ${size}` };
    },
  };
  const refusing: Partial<ListenOptions> = {
    bodyLimit,
    handle: () => Promise.resolve({ status: 403, headers: {}, body: 'no' }),
  };

  it('may be larger than any that is kept', async () => {
    const server = await aServer(reading);
    const response = await fetch(url(server), { method: 'PUT', body: Buffer.alloc(3_000_000) });
    expect(await response.text()).toBe('read 3000000');
  });

  it('is asked for only once it is read', async () => {
    const head =
      'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n';
    const socket = await aSocket(await aServer(reading));
    socket.write(head);
    const [interim] = (await once(socket, 'data')) as [Buffer];
    expect(interim.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('hello');
    expect(await readAll(socket)).toMatch(/^HTTP\/1.1 200 [^]*read 5/);
    const refused = await exchangeRaw(await aServer(refusing), head);
    expect(refused).toMatch(/^HTTP\/1.1 403 [^]*connection: close[^]*no$/i);
  });

  it('is answered at once where nobody reads it, and the answer is heard', async () => {
    const server = await aServer(refusing);
    const socket = await aSocket(server);
    socket.write('PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 403 /);
    socket.write(Buffer.alloc(1_000_000));
    await once(socket, 'end');
    const response = await fetch(url(server), { method: 'PUT', body: Buffer.alloc(8_000_000) });
    expect(response.status).toBe(403);
  });

  it('is not thrown away for ever', async () => {
    const server = await aServer(refusing);
    const socket = await aSocket(server);
    socket.on('error', () => undefined);
    socket.write('PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n');
    await once(socket, 'data');
    const ended = once(socket, 'end');
    await clocks.get(server)!.advance(10_000);
    await ended;
  });

  it('waits for whoever reads it', async () => {
    const gate = Promise.withResolvers<void>();
    const server = await aServer({
      bodyLimit,
      handle: async ({ streamed }) => {
        await gate.promise;
        let size = 0;
        for await (const piece of streamed!) size += piece.length;
        return { status: 200, headers: {}, body: `read ${size}` };
      },
    });
    const socket = await aSocket(server);
    socket.write('PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 50000000\r\nConnection: close\r\n\r\n');
    const sent = new Promise<void>((resolve) => socket.write(Buffer.alloc(50_000_000), () => resolve()));
    const early = await Promise.race([
      sent.then(() => 'taken'),
      new Promise((resolve) => setImmediate(resolve)),
    ]);
    expect(early).toBeUndefined();
    gate.resolve();
    expect(await readAll(socket)).toContain('read 50000000');
  });

  it('ends with an error where its client goes away', async () => {
    const ended = Promise.withResolvers<unknown>();
    const server = await aServer({
      bodyLimit,
      handle: async ({ streamed }) => {
        try {
          for await (const _ of streamed!) continue;
        } catch (error) {
          ended.resolve(error);
        }
        return { status: 400, headers: {}, body: '' };
      },
    });
    const socket = await aSocket(server);
    socket.write('PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhel');
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    expect(await ended.promise).toBeInstanceOf(Error);
  });
});

it('tells HEAD how long the answer to GET would be', async () => {
  const server = await aServer({
    handle: () => Promise.resolve({ status: 200, headers: { 'content-length': '77' }, body: '' }),
  });
  const response = await fetch(url(server), { method: 'HEAD' });
  expect(response.headers.get('content-length')).toBe('77');
});
