// A TCP port of this machine that nobody listens on, outside the range from which the kernel and agents choose theirs.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { systemRandom } from '../../src/lib/random.ts';

const [min, max] = [20_000, 32_000];

/** It was free on every address a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = min + Math.floor(systemRandom.next() * (max - min));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
