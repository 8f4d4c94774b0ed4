// The input, as the protocol writes it and the model allows it.
import type { Step } from './exchange.ts';

export const decode: Step = (exchange) => {
  const { request, route, operation, payload } = exchange;
  const { decode: clean, api, name } = operation;
  exchange.input =
    clean === undefined
      ? {}
      : clean(route.protocol.readInput(operation, { ...request, streamed: payload }), (message) =>
          api.invalid(name, message),
        );
};
