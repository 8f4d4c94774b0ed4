// Reads a request's body off the socket within a limit.
import type { IncomingMessage } from 'node:http';

/** What became of a body. `drained`: too large, but read to its end, so the connection can go on. */
export type BodyRead = { readonly body: Buffer } | { readonly tooLarge: true; readonly drained: boolean };

/**
 * Reads up to `limit` bytes. A larger body is read on and thrown away, so that a client that only listens after it has
 * sent gets its answer; but no more than `drainLimit` bytes of it. Rejects when the client goes away.
 */
export function readBody(incoming: IncomingMessage, limit: number, drainLimit: number): Promise<BodyRead> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > limit + drainLimit) resolve({ tooLarge: true, drained: false });
    });
    incoming.on('end', () => {
      resolve(size > limit ? { tooLarge: true, drained: true } : { body: joined(chunks, size) });
    });
    incoming.on('error', reject);
    incoming.on('close', () => {
      if (!incoming.readableEnded) reject(new Error('the client went away'));
    });
  });
}

function joined(chunks: readonly Buffer[], size: number): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}
