// Sends on what is for a service somewhere else: what is asked there is not known here, so whoever may use the service may use all of it.
import { accessDenied } from '../authorise.ts';
import type { Step } from './exchange.ts';

export const forward: Step = (exchange, { authorise }) => {
  const { route, request, caller, call } = exchange;
  if (route.forwarder === undefined) return;
  exchange.isForwarded = true;
  const action = `${caller.signingName}:*`;
  const refused = authorise({ caller: call, action, resources: () => anything, conditions: noConditions });
  if (refused !== undefined) throw accessDenied(call, refused);
  return route.forwarder.forward(request, caller).then((response) => {
    exchange.response = response;
  });
};

const anything: readonly string[] = ['*'];
const noConditions = () => undefined;
