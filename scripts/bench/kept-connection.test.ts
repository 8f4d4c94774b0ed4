import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerSize, openConnection, type KeptConnection } from './kept-connection.ts';

async function connectionTo(listener: RequestListener): Promise<KeptConnection> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = await openConnection('127.0.0.1', (server.address() as AddressInfo).port);
  onTestFinished(() => {
    connection.close();
    server.close();
  });
  return connection;
}

const request = Buffer.from('POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 2\r\n\r\nhi');

test('answers the body, however the answer is cut up, call after call on one connection', async () => {
  const ports = new Set<number | undefined>();
  const connection = await connectionTo((incoming, response) => {
    ports.add(incoming.socket.remotePort);
    response.writeHead(200, { 'content-length': 11 });
    response.write('hello');
    setImmediate(() => response.end(' wörd'));
  });
  expect(await connection.call(request)).toBe('hello wörd');
  expect(await connection.call(request)).toBe('hello wörd');
  expect(ports.size).toBe(1);
});

test('an answer that is not 200 is an error with its text', async () => {
  const connection = await connectionTo((_, response) => {
    response.writeHead(403, { 'content-length': 6 }).end('denied');
  });
  await expect(connection.call(request)).rejects.toThrow(/403[^]*denied/);
});

test('a connection that breaks is an error', async () => {
  const connection = await connectionTo((incoming) => incoming.socket.destroy());
  await expect(connection.call(request)).rejects.toThrow();
});

test('an answer is as long as its head says', () => {
  expect(answerSize(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n'))).toBeUndefined();
  expect(answerSize(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab'))).toEqual({
    head: 38,
    whole: 43,
  });
  expect(answerSize(Buffer.from('HTTP/1.1 204 No\r\nx: y\r\n\r\n'))).toEqual({ head: 25, whole: 25 });
});
