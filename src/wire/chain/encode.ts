// The answer, in the protocol that the client speaks.
import { encodeOutput } from '../protocols/json.ts';
import type { Step } from './exchange.ts';

export const encode: Step = (exchange) => {
  const { route, operation, output, requestId } = exchange;
  exchange.response = exchange.isJson
    ? encodeOutput(output, requestId)
    : route.protocol.encodeOutput(operation, { ...output }, requestId);
};
