// The input, as the protocol writes it and the model allows it.
import { inTurn, type Turns } from '../../lib/turns.ts';
import type { HttpRequest, StreamedBody } from '../http.ts';
import type { Members } from '../protocols/protocol.ts';
import type { Exchange, Step } from './exchange.ts';

/** Bytes of a body above which reading it, checking it and what follows each get a turn of the event loop: a batch of 10,000 log events would hold it for long. */
const largeBody = 64 * 1024;

export const decode: Step = (exchange, { turns }) => {
  if (exchange.request.body.length > largeBody) return decodeInTurns(exchange, turns);
  exchange.input = checked(exchange, read(exchange));
};

/** Who signed is known by then, and what they may do is asked afterwards, in one turn with the operation. */
async function decodeInTurns(exchange: Exchange, turns: Turns): Promise<void> {
  const input = await inTurn(turns, () => read(exchange));
  exchange.input = await inTurn(turns, () => checked(exchange, input));
  await inTurn(turns, () => undefined);
}

/** Nothing of what is not served. */
const read = ({ request, route, operation, payload }: Exchange): Members =>
  operation.decode === undefined ? {} : route.protocol.readInput(operation, bodyLater(request, payload));

const checked = ({ operation: { api, name, decode: clean } }: Exchange, input: Members) =>
  clean === undefined ? {} : clean(input, (message) => api.invalid(name, message));

/** Where the operation reads the body, nobody does before. */
const bodyLater = (request: HttpRequest, payload: StreamedBody | undefined): HttpRequest =>
  payload === undefined ? request : { ...request, body: noBody, streamed: payload };

const noBody = new Uint8Array();
