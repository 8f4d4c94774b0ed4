import type { Step } from './exchange.ts';

export const encode: Step = (exchange) => {
  const { route, operation, output, requestId } = exchange;
  exchange.response = route.protocol.encodeOutput(operation, output, requestId);
};
