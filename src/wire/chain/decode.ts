// The input, as the protocol writes it and the model allows it.
import type { HttpRequest } from '../http.ts';
import { decodeBody } from '../protocols/json-body.ts';
import { checkEncoding } from '../protocols/json.ts';
import type { Step } from './exchange.ts';

export const decode: Step = (exchange) => {
  const { request, route, operation } = exchange;
  const given = exchange.isJson ? decodeJson(request) : route.protocol.decodeInput(operation, request);
  exchange.input = operation.decode(given, (message) => operation.api.invalid(operation.name, message));
};

function decodeJson(request: HttpRequest): Readonly<Record<string, unknown>> {
  checkEncoding(request.headers);
  return decodeBody(request.body);
}
