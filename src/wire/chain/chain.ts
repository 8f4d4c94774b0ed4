// What happens to a request whose route is known, step by step, until it has an answer.
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { checkBody } from './check-body.ts';
import { decode } from './decode.ts';
import { durable } from './durable.ts';
import { encode } from './encode.ts';
import type { ChainContext, Exchange, Step } from './exchange.ts';
import { findOperation } from './find-operation.ts';
import { forward } from './forward.ts';
import { run } from './run.ts';
import { throttle } from './throttle.ts';

const chain: readonly Step[] = [
  checkBody,
  authenticate,
  forward,
  findOperation,
  throttle,
  decode,
  authorise,
  run,
  durable,
  encode,
];

/** Takes the request through all steps; throws what a step throws, once all that it may tell of the store is durable. */
export async function walk(exchange: Exchange, context: ChainContext): Promise<void> {
  try {
    for (const step of chain) {
      // Steps that need not wait do not: what one has decided still holds when the next begins.
      const waiting = context.store.observe(exchange.seen, () => step(exchange, context));
      if (waiting !== undefined) await waiting;
      if (exchange.isForwarded) return;
    }
  } catch (error) {
    await context.store.durable(exchange.seen.revision);
    throw error;
  }
}
