// The operation itself.
import type { Step } from './exchange.ts';

export const run: Step = async (exchange) => {
  const { operation, input, call } = exchange;
  exchange.output = await operation.run(input as never, call);
};
