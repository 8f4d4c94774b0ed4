// Waits until all that the answer tells survives a crash.
import type { Step } from './exchange.ts';

export const durable: Step = (_exchange, context) => context.durable();
