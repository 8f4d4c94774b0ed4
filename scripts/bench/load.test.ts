import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { load } from './load.ts';

const request = Buffer.from('POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n\r\n').toString('base64');

async function portOf(
  status: number,
  seen: Set<number | undefined>,
): Promise<{ port: number; calls: number }> {
  const counted = { port: 0, calls: 0 };
  const server = createServer((incoming, response) => {
    counted.calls += 1;
    seen.add(incoming.socket.remotePort);
    response.writeHead(status, { 'content-length': 2 }).end('hi');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  counted.port = (server.address() as AddressInfo).port;
  return counted;
}

test('counts the calls that were answered, on as many connections as asked for', async () => {
  const seen = new Set<number | undefined>();
  const counted = await portOf(200, seen);
  const { calls, ms, p99, busy } = await load({
    host: '127.0.0.1',
    port: counted.port,
    request,
    connections: 3,
    ms: 20,
  });
  expect(calls).toBe(counted.calls);
  expect(calls).toBeGreaterThanOrEqual(3);
  expect(seen.size).toBe(3);
  expect(ms).toBeGreaterThanOrEqual(20);
  expect(p99).toBeGreaterThan(0);
  expect(p99).toBeLessThanOrEqual(ms);
  expect(busy).toBeGreaterThan(0);
});

test('a refusal fails the measurement', async () => {
  const { port } = await portOf(403, new Set());
  await expect(load({ host: '127.0.0.1', port, request, connections: 3, ms: 20 })).rejects.toThrow('403');
});
