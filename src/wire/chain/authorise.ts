// Whether the caller may do this, to these resources.
import { accessDenied, type AccessDetails, type AccessQuestion } from '../authorise.ts';
import type { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { Members } from '../protocols/protocol.ts';
import type { ChainContext, Exchange, Step } from './exchange.ts';

const anything: readonly string[] = ['*'];

export const authorise: Step = (exchange, context) => {
  const { call, operation, input } = exchange;
  const parts = operation.access?.parts?.(input) ?? [];
  if (parts.length > 0) {
    const refusals = parts.map((part, at) => [at, refusalOf(exchange, context, part)] as const);
    const refusedParts = new Map(
      refusals.flatMap(([at, error]) => (error === undefined ? [] : [[at, error]])),
    );
    exchange.call = { ...call, refusedParts };
    return;
  }
  const error = refusalOf(exchange, context, input);
  if (error !== undefined) throw operation.access?.refusedAs?.(error, input) ?? error;
};

/** `input` is what the request asks for, or a part of it. */
function refusalOf(exchange: Exchange, context: ChainContext, input: Members): ApiError | undefined {
  const { call, operation } = exchange;
  const { access } = operation;
  const refused = context.authorise({
    caller: call,
    action: operation.actionOf(input),
    resources: () => access?.resources?.(input, call) ?? anything,
    conditions: (key) => access?.conditions?.[key]?.(input, call),
    conditionKeys: access?.conditions && Object.keys(access.conditions),
    conditionFamilies: familiesOf(exchange, input),
    details: detailsOf(exchange, input),
  });
  return refused && accessDenied(call, refused);
}

const familiesOf = (
  { call, operation: { access } }: Exchange,
  input: Members,
): AccessQuestion['conditionFamilies'] =>
  access?.conditionFamilies &&
  Object.fromEntries(
    Object.entries(access.conditionFamilies).map(([prefix, of]) => [prefix, () => of(input, call)]),
  );

function detailsOf({ call, operation: { access }, request }: Exchange, input: Members): AccessDetails {
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
