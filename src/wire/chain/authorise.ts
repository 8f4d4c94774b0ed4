// Whether the caller may do this, to these resources.
import { accessDenied, type AccessDetails, type AccessQuestion } from '../authorise.ts';
import { headerOf } from '../header-of.ts';
import type { Exchange, Step } from './exchange.ts';

const anything: readonly string[] = ['*'];

export const authorise: Step = (exchange, context) => {
  const { call, operation, input } = exchange;
  const { access } = operation;
  const action = operation.actionOf(input);
  const refused = context.authorise({
    caller: call,
    action,
    resources: () => access?.resources?.(input, call) ?? anything,
    conditions: (key) => access?.conditions?.[key]?.(input, call),
    conditionKeys: access?.conditions && Object.keys(access.conditions),
    conditionFamilies: familiesOf(exchange),
    details: detailsOf(exchange),
  });
  if (refused === undefined) return;
  const error = accessDenied(call, refused);
  throw access?.refusedAs?.(error, input) ?? error;
};

const familiesOf = ({ call, operation: { access }, input }: Exchange): AccessQuestion['conditionFamilies'] =>
  access?.conditionFamilies &&
  Object.fromEntries(
    Object.entries(access.conditionFamilies).map(([prefix, of]) => [prefix, () => of(input, call)]),
  );

function detailsOf({ call, operation: { access }, input, request }: Exchange): AccessDetails {
  return {
    now: call.now,
    address: request.address,
    userAgent: headerOf(request.headers, 'user-agent'),
    requestTags: () => access?.requestTags?.(input, call) ?? {},
    resourceTags: (resource) => access?.resourceTags?.(resource, call),
    resourcePolicy: (resource) => access?.resourcePolicy?.(resource, call),
    resourcePolicyMustAllow: access?.resourcePolicyMustAllow ?? false,
    needsNoPermission: access?.needsNoPermission === true,
    passedRoles: () => access?.passedRoles?.(input, call) ?? [],
    furtherActions: () => access?.furtherActions?.(input, call) ?? [],
  };
}
