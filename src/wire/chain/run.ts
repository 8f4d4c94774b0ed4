import type { Members } from '../protocols/protocol.ts';
import type { Exchange, Step } from './exchange.ts';

export const run: Step = (exchange) => {
  const { operation, input, call } = exchange;
  const output = operation.run(input, call);
  if (output instanceof Promise) return runOn(exchange, output);
  exchange.output = output;
};

/** Nobody knows what an operation sees of the store while others run too: its answer waits for all of it. */
async function runOn(exchange: Exchange, output: Promise<Members>): Promise<void> {
  try {
    exchange.output = await output;
  } finally {
    exchange.seen.revision = Infinity;
  }
}
