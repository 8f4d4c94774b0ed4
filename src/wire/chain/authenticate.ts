// Who is calling: whoever the signature proves. Nothing of the request is believed before.
import { anonymous } from '../caller.ts';
import { authenticate as verifiedCaller, type Authenticated } from '../sigv4/authenticate.ts';
import { streamedPayload, type PayloadProof } from '../sigv4/streamed-payload.ts';
import type { Exchange, Step } from './exchange.ts';

const unsigned: Authenticated = { ...anonymous, signingName: 's3', signedHeaders: [], chunked: undefined };

export const authenticate: Step = (exchange, { clock, lookupAccessKey: lookup }) => {
  const { request, route, requestId, now } = exchange;
  if (route.isAnonymous && route.notServed !== undefined) throw route.notServed;
  // Whoever is forwarded to somewhere else must be known here.
  const isAnonymous = route.isAnonymous && route.forwarder === undefined;
  const isStreamed = route.bodyBytes === Infinity;
  const { signingNames } = route;
  const caller = isAnonymous
    ? unsigned
    : verifiedCaller(request, { now: clock.wall(), lookup, signingNames, isStreamed });
  const { accountId, region, accessKeyId, principalArn, session } = caller;
  if (isStreamed) exchange.payload = payloadOf(exchange, caller.payload);
  exchange.caller = caller;
  exchange.call = {
    accountId,
    region,
    accessKeyId,
    principalArn,
    session,
    ...(isAnonymous && { isAnonymous }),
    requestId,
    now,
  };
};

/** The body, which nobody has read: whoever reads it finds out whether it is what was signed. */
function payloadOf({ request }: Exchange, proof: PayloadProof | undefined) {
  return streamedPayload(request.streamed ?? atOnce(request.body), request.headers, proof);
}

async function* atOnce(body: Uint8Array): AsyncGenerator<Uint8Array> {
  if (body.length > 0) yield body;
}
