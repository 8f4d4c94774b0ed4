// Who may do what: keys of the root everything, an agent's key what its policy allows, users and roles what IAM's policies say.
import type { Store } from '../../store/store.ts';
import {
  notAllowed,
  type AccessDetails,
  type AccessQuestion,
  type Authorise,
  type Conditions,
  type FurtherAction,
  type Refusal,
  type Tags,
} from '../../wire/authorise.ts';
import { agentPolicy, type Statement } from './agent-policy.ts';
import { judge, type Asked } from './judge.ts';
import { recordUse } from './record-use.ts';
import { requestContext } from './request-context.ts';
import { kindOf, type AccessKey } from './state/access-key/access-key.ts';
import { accessKeys } from './state/access-key/access-keys.ts';
import type { RequestContext } from './state/policy/condition.ts';
import { isRoot, principalOf, rootPrincipal } from './state/principal/principal-of.ts';
import type { Principal } from './state/principal/principal.ts';

/** The decision, by what is in `store`; a key that is not there may do nothing. */
export function authoriser(store: Store): Authorise {
  return (question) => {
    const { caller, action } = question;
    if (caller.isAnonymous === true) return ofPrincipal(nobody, question);
    const key = store.view((tx) => tx.table(accessKeys).get(caller.accessKeyId));
    if (isRoot(key, caller)) return ofRoot(question);
    if (key !== undefined && kindOf(key) === 'agent') return ofAgent(key, question);
    if (question.details?.needsNoPermission === true) return undefined;
    if (isBarred(question)) return { action, resource: '*', because: '' };
    const principal = store.view((tx) => principalOf(tx, caller));
    if (principal === undefined) return notAllowed(action, question.resources()[0] ?? '*');
    const refused = ofPrincipal(principal, question);
    if (refused === undefined && key !== undefined) recordUse(store, key, question);
    return refused;
  };
}

/** What the session of a user may not do, which was begun without a second factor: manage IAM, or begin other sessions but of roles. */
const isBarred = ({ action, caller: { session } }: AccessQuestion): boolean =>
  session !== undefined &&
  session.role === undefined &&
  /^(iam|sts):/.test(action) &&
  action !== 'sts:AssumeRole';

/** Of all policies, the root is held to those that have to allow a request, as a role's trust policy. */
function ofRoot(question: AccessQuestion): Refusal | undefined {
  if ((question.details?.resourcePolicyMustAllow ?? false) === false) return undefined;
  return ofPrincipal(rootPrincipal(question.caller), question);
}

/** Who did not sign: allowed only what the policy of a resource allows to everybody. */
const nobody: Principal = {
  requester: { accountId: 'anonymous', arn: 'anonymous' },
  policies: { identity: [] },
  context: { 'aws:principaltype': ['Anonymous'] },
};

function ofAgent(key: AccessKey, { action, resources, conditions }: AccessQuestion): Refusal | undefined {
  const refused = refusedResource(agentPolicy(key), action, resources(), conditions);
  return refused === undefined ? undefined : notAllowed(action, refused);
}

function ofPrincipal(principal: Principal, question: AccessQuestion): Refusal | undefined {
  const { details } = question;
  const context = requestContext(principal, question);
  for (const asked of askedOf(question, context)) {
    const refused = judge(principal, asked);
    if (refused !== undefined) return refused;
  }
  return details === undefined ? undefined : besides(principal, details, context);
}

/** The operation's own action, on each of its resources. */
function* askedOf({ action, resources, details }: AccessQuestion, context: RequestContext): Iterable<Asked> {
  for (const resource of resources()) {
    const resourcePolicy = details?.resourcePolicy(resource);
    const mustAllow = details?.resourcePolicyMustAllow ?? false;
    yield {
      action,
      resource,
      context: withTags(context, () => details?.resourceTags(resource)),
      resourcePolicy,
      resourcePolicyMustAllow: mustAllow === true || (mustAllow !== false && resourcePolicy !== undefined),
    };
  }
}

/** What the request needs beside its own action: roles that it passes, and other actions. */
function besides(
  principal: Principal,
  { passedRoles, furtherActions }: AccessDetails,
  context: RequestContext,
): Refusal | undefined {
  const passed = passedRoles().map(({ roleArn, service }): FurtherAction => ({
    action: 'iam:PassRole',
    resources: [roleArn],
    conditions: { 'iam:PassedToService': [service] },
  }));
  for (const further of [...passed, ...furtherActions()]) {
    const { action, resources, conditions = {}, resourcePolicy, says, eitherMayAllow = false } = further;
    const own = new Map(Object.entries(conditions).map(([key, values]) => [key.toLowerCase(), values]));
    for (const resource of resources) {
      const asked = {
        action,
        resource,
        context: withTags(
          (key) => own.get(key) ?? context(key),
          () => further.resourceTags,
        ),
        resourcePolicy,
        resourcePolicyMustAllow: resourcePolicy !== undefined && !eitherMayAllow,
      };
      const refused = judge(principal, asked);
      if (refused !== undefined) return { ...refused, says };
    }
  }
  return undefined;
}

/** The tags of the resource, under the key that all services have and under the service's own. */
function withTags(context: RequestContext, tags: () => Tags | undefined): RequestContext {
  return (key) => {
    const [, wanted] = /^[a-z0-9-]+:resourcetag\/(.*)$/.exec(key) ?? [];
    if (wanted === undefined) return context(key);
    const found = Object.entries(tags() ?? {}).find(([tag]) => tag.toLowerCase() === wanted);
    return found && [found[1]];
  };
}

/** The first of `resources` for which no statement allows the action; undefined when there is none. */
export function refusedResource(
  statements: readonly Statement[],
  action: string,
  resources: readonly string[],
  context: Conditions,
): string | undefined {
  const applying = statements.filter(
    ({ actions, conditions = {} }) => actions.includes(action) && areMet(conditions, context),
  );
  return resources.find((resource) => !applying.some((statement) => covers(statement, resource)));
}

const areMet = (conditions: NonNullable<Statement['conditions']>, context: Conditions): boolean =>
  Object.entries(conditions).every(
    ([key, wanted]) => context(key)?.every((value) => value === wanted) ?? false,
  );

const covers = ({ resources }: Statement, resource: string): boolean => resources?.test(resource) ?? true;
