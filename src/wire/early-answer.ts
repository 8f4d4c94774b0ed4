// An answer that is given before the request has come whole.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';
import type { HttpResponse } from './http.ts';

/** How much of a body that is too large is still read, in bytes; see `readBody`. */
export const drainLimit = 16 * 1024 * 1024;
/** Ms for which a body is still read that is answered already. */
const drainTime = 10_000;

/**
 * Answers while the client is still sending: it is told at once, and what it sends is thrown away for a while, because many
 * listen only after they have sent, and closing would take the answer from them.
 */
export async function sendEarly(
  incoming: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, streamed }: HttpResponse,
  clock: Clock,
): Promise<void> {
  streamed?.destroy();
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.write(body);
  await drained(incoming, clock);
  response.end();
}

/** Resolves when the body has ended, or more of it has come than anybody waits for. */
function drained(incoming: IncomingMessage, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(drainTime, resolve);
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > drainLimit) resolve();
    });
    incoming.once('end', resolve);
    incoming.once('close', () => {
      timer.cancel();
      resolve();
    });
    incoming.once('error', () => resolve());
  });
}
