// The input, as the protocol writes it and the model allows it.
import type { HttpRequest, StreamedBody } from '../http.ts';
import type { Step } from './exchange.ts';

export const decode: Step = (exchange) => {
  const { request, route, operation, payload } = exchange;
  const { decode: clean, api, name } = operation;
  exchange.input =
    clean === undefined
      ? {}
      : clean(route.protocol.readInput(operation, bodyLater(request, payload)), (message) =>
          api.invalid(name, message),
        );
};

/** Where the operation reads the body, nobody does before. */
const bodyLater = (request: HttpRequest, payload: StreamedBody | undefined): HttpRequest =>
  payload === undefined ? request : { ...request, body: noBody, streamed: payload };

const noBody = new Uint8Array();
