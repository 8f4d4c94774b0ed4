// Reads a request's body off the socket within a limit, and within what all bodies together may hold.
import type { IncomingMessage } from 'node:http';
import type { BodyBudget, BodyShare } from './body-budget.ts';

export interface ReadLimits {
  /** The largest body that is kept, bytes. */
  readonly limit: number;
  /** How much of a larger one is still read and thrown away, bytes. */
  readonly drainLimit: number;
  readonly budget: BodyBudget;
}

/**
 * What became of a body. Its share of the budget is the caller's to release, once the body is nobody's or known to be somebody's.
 * `drained`: thrown away, but read to its end, so the connection can go on.
 */
export type BodyRead =
  | { readonly body: Buffer; readonly share: BodyShare }
  | { readonly unread: 'too-large' | 'no-room'; readonly drained: boolean };

/**
 * Reads a body. One that is too large is read on, so that a client that only listens after it has sent gets its answer; one that
 * finds no room is not. Rejects when the client goes away.
 */
export function readBody(
  incoming: IncomingMessage,
  { limit, drainLimit, budget }: ReadLimits,
): Promise<BodyRead> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let kept = true;
    const drop = (): void => {
      kept = false;
      chunks.length = 0;
    };
    const share = budget.open(() => {
      drop();
      resolve({ unread: 'no-room', drained: false });
    });
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        drop();
        share.release();
      }
      if (kept) {
        chunks.push(chunk);
        share.take(chunk.length);
      }
      if (size > limit + drainLimit) resolve({ unread: 'too-large', drained: false });
    });
    incoming.on('end', () => {
      resolve(kept ? { body: joined(chunks, size), share } : { unread: 'too-large', drained: true });
    });
    incoming.on('error', reject);
    incoming.on('close', () => {
      if (incoming.readableEnded) return;
      share.release();
      reject(new Error('the client went away'));
    });
  });
}

function joined(chunks: readonly Buffer[], size: number): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}
