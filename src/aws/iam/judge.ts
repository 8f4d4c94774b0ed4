// One action on one resource: what IAM's policies say of it, and how AWS says it.
import type { Refusal } from '../../wire/authorise.ts';
import { BrokenRule } from '../shared/broken-rule.ts';
import type { RequestContext } from './state/policy/condition.ts';
import { evaluate, type Decision, type NamedPolicy } from './state/policy/evaluate.ts';
import { parsePolicy, type PolicyUse } from './state/policy/parse-policy.ts';
import type { Principal } from './state/principal/principal.ts';

export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
  readonly resourcePolicy?: string | undefined;
  readonly resourcePolicyMustAllow?: boolean;
}

/** Undefined where it is allowed. */
export function judge(principal: Principal, asked: Asked): Refusal | undefined {
  const { action, resource, context, resourcePolicy, resourcePolicyMustAllow = false } = asked;
  const { requester, policies } = principal;
  const decision = evaluate(
    { requester, action, resource, context },
    {
      ...policies,
      resource: resourcePolicy === undefined ? undefined : readPolicy(resourcePolicy, isTrust(action)),
      resourceMustAllow: resourcePolicyMustAllow,
    },
  );
  if (decision.result === 'allowed') return undefined;
  return { action, resource, because: becauseOf(decision, action) };
}

/** Only a role's policy is asked about who may assume it. */
const isTrust = (action: string): PolicyUse => (/^sts:/i.test(action) ? 'trust' : 'resource');

const read = new Map<string, NamedPolicy>();
const maxRead = 500;

/** Each text once, as long as not too many others come. What cannot be read allows nothing. */
function readPolicy(text: string, use: PolicyUse): NamedPolicy {
  const known = read.get(text);
  if (known !== undefined) return known;
  if (read.size >= maxRead) read.clear();
  const policy = { name: 'resource', document: parsed(text, use) };
  read.set(text, policy);
  return policy;
}

function parsed(text: string, use: PolicyUse): NamedPolicy['document'] {
  try {
    return parsePolicy(text, use);
  } catch (error) {
    if (error instanceof BrokenRule) return { statements: [] };
    throw error;
  }
}

const kinds = {
  'identity-based': 'an identity-based policy',
  'resource-based': 'a resource-based policy',
  'permissions boundary': 'a permissions boundary',
  session: 'a session policy',
} as const;

/** As AWS says it; of who may assume a role, it says nothing. */
function becauseOf({ result, by }: Decision, action: string): string {
  if (isTrust(action) === 'trust' && result === 'implicitDeny') return '';
  if (result === 'explicitDeny') return `with an explicit deny in ${kinds[by]}`;
  const policy = by === 'permissions boundary' ? 'permissions boundary' : `${by} policy`;
  return `because no ${policy} allows the ${action} action`;
}
