// The policy simulator: asks of each action and resource what the evaluation says, with a context that the caller makes up.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import type { Call } from '../../../../wire/api.ts';
import { invalidInput } from '../../errors.ts';
import type {
  EvaluationResult,
  SimulateCustomPolicyRequest,
  SimulatePrincipalPolicyRequest,
  Statement,
} from '../../shapes.generated.ts';
import { inHomePartition } from '../../state/entity/entity.ts';
import type { RequestContext } from '../../state/policy/condition.ts';
import {
  applies,
  evaluate,
  type Decision,
  type NamedPolicy,
  type Policies,
  type Requester,
} from '../../state/policy/evaluate.ts';
import { parsePolicy, type PolicyUse } from '../../state/policy/parse-policy.ts';
import { iamPage } from '../page.ts';

type Input = SimulateCustomPolicyRequest | SimulatePrincipalPolicyRequest;

/** Documents of an input, named as AWS names them, e.g. `PolicyInputList.1`. */
export const inputPolicies = (list: string, documents: readonly string[] = []): readonly NamedPolicy[] =>
  documents.map((document, index) => namedPolicy(`${list}.${index + 1}`, document, 'identity'));

function namedPolicy(name: string, document: string, use: PolicyUse): NamedPolicy {
  try {
    return { name, document: parsePolicy(document, use) };
  } catch (error) {
    if (error instanceof BrokenRule) throw invalidInput(`Invalid Policy ${name}: ${error.message}`);
    throw error;
  }
}

/** What the input's boundaries come to: all of them bound at once, and one is all that there may be. */
export function inputBoundary(documents: readonly string[] | undefined): NamedPolicy | undefined {
  const all = inputPolicies('PermissionsBoundaryPolicyInputList', documents);
  if (all.length > 1) throw invalidInput('You can specify only one permissions boundary.');
  return all[0];
}

/** A page of results, an entry for each action and each resource. */
export function simulate(
  input: Input,
  policies: Omit<Policies, 'resource'>,
  requester: Requester,
  known: Readonly<Record<string, readonly string[]>>,
  list: string,
) {
  refuseUnsupported(input);
  checkActions(input.ActionNames);
  const resource = input.ResourcePolicy
    ? namedPolicy('ResourcePolicy', input.ResourcePolicy, 'resource')
    : undefined;
  const context = contextOf(input.ContextEntries ?? [], known);
  const { ResourceArns: arns = [] } = input;
  const resources = arns.length === 0 ? ['*'] : arns;
  const all = input.ActionNames.flatMap((action) => resources.map((arn) => ({ action, arn })));
  const places = all.map((one, index) => ({ ...one, place: String(index).padStart(6, '0') }));
  const { items, end } = iamPage(
    list,
    input,
    (after) => places.filter(({ place }) => after === undefined || place > after),
    ({ place }) => place,
    ({ action, arn }) => result({ action, resource: arn, requester, context }, { ...policies, resource }),
  );
  return { EvaluationResults: items, ...end };
}

/** What is not built says so, instead of being accepted and ignored. */
function refuseUnsupported(input: Input): void {
  const given = unsupported.filter((member) => {
    const value = (input as unknown as Partial<Record<string, string | readonly unknown[]>>)[member];
    return value !== undefined && value.length > 0;
  });
  if (given.length > 0) throw invalidInput(`Longshore does not support ${given.join(', ')} yet.`);
}

const unsupported = [
  'OrderedOrganizationPolicyInputList',
  'PolicyExclusionList',
  'ResourceHandlingOption',
  'ResourceOwner',
] as const;

function checkActions(actions: readonly string[]): void {
  for (const action of actions)
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*]+$/.test(action)) throw invalidInput(`Invalid Action: ${action}`);
}

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly requester: Requester;
  readonly context: RequestContext;
}

const decisions = { allowed: 'allowed', explicitDeny: 'explicitDeny', implicitDeny: 'implicitDeny' } as const;

function result(question: Question, policies: Policies): EvaluationResult {
  const decision = evaluate(question, policies);
  const { boundary } = policies;
  return {
    EvalActionName: question.action,
    EvalResourceName: question.resource,
    EvalDecision: decisions[decision.result],
    MatchedStatements: matched(decision),
    MissingContextValues: missingKeys(question, policies),
    ...(boundary && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary: evaluate(question, { identity: [boundary] }).result === 'allowed',
      },
    }),
  };
}

/** With AWS's words for the types, which are not those in its model. */
const matched = ({ statements }: Decision): readonly Statement[] =>
  statements.map(({ policy, kind }) => ({
    SourcePolicyId: policy,
    SourcePolicyType: kind === 'resource-based' ? 'Resource Policy' : 'IAM Policy',
  })) as readonly unknown[] as readonly Statement[];

/** The keys that statements about the action ask for, and that the context lacks. */
function missingKeys(question: Question, { identity, boundary, resource }: Policies): readonly string[] {
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  const concerned = all
    .flatMap(({ document }) => document.statements)
    .filter((statement) => applies({ ...statement, conditions: [] }, question));
  const keys = concerned.flatMap(({ conditions }) =>
    conditions.flatMap(({ key, variables }) => [key, ...variables]),
  );
  return [...new Set(keys)].filter((key) => question.context(key.toLowerCase()) === undefined);
}

function contextOf(
  entries: NonNullable<Input['ContextEntries']>,
  known: Readonly<Record<string, readonly string[]>>,
): RequestContext {
  const context = new Map(Object.entries(known));
  for (const { ContextKeyName: name, ContextKeyValues: values = [] } of entries)
    if (name !== undefined) context.set(name.toLowerCase(), values);
  return (key) => context.get(key);
}

/** Who is simulated, by an ARN. */
export function requesterOf(arn: string | undefined, { accountId, principalArn }: Call): Requester {
  const home = inHomePartition(arn ?? principalArn);
  const [, role] = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\//.exec(home) ?? [];
  const ofAccount = /^arn:aws:(?:iam|sts)::(\d{12}):/.exec(home)?.[1] ?? accountId;
  return {
    accountId: ofAccount,
    arn: home,
    ...(role !== undefined && { roleArn: `arn:aws:iam::${ofAccount}:role/${role}` }),
  };
}
