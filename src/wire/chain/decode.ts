// The input, as the protocol writes it and the model allows it.
import type { Step } from './exchange.ts';

export const decode: Step = (exchange) => {
  const { request, route, operation, payload } = exchange;
  const input = operation.isRefused
    ? {}
    : route.protocol.readInput(operation, { ...request, streamed: payload });
  exchange.input = operation.decode(input, (message) => operation.api.invalid(operation.name, message));
};
