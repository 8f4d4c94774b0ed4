// Who is calling: whoever the signature proves. Nothing of the request is believed before.
import { authenticate as verifiedCaller } from '../sigv4/authenticate.ts';
import type { Step } from './exchange.ts';

export const authenticate: Step = (exchange, { clock, lookupAccessKey: lookup }) => {
  const { request, route, requestId, now } = exchange;
  if (route.isAnonymous && route.notServed !== undefined) throw route.notServed;
  const caller = verifiedCaller(request, { now: clock.wall(), lookup, signingNames: route.signingNames });
  const { accountId, region, accessKeyId, principalArn, session } = caller;
  exchange.caller = caller;
  exchange.call = { accountId, region, accessKeyId, principalArn, session, requestId, now };
};
