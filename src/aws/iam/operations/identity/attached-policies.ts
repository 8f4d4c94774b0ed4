// Managed policies attached to users, groups and roles.
import { lastPart } from '../../../../lib/arn.ts';
import { inPartitionOf } from '../../../../lib/partition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import {
  constraintBroken,
  policyNotAttachable,
  policyNotFound,
  quotaExceeded,
  servicePolicy,
} from '../../errors.ts';
import type { Iam } from '../../iam.ts';
import { inHomePartition, type Identity } from '../../state/entity/entity.ts';
import { findManagedPolicy } from '../../state/managed-policy/find-managed-policy.ts';
import { pageOfTexts } from '../page.ts';
import { changeIdentity, identityNamed, type IdentityKind } from './identity-kind.ts';

const maxAttached = 10;
const quotas: Readonly<Record<IdentityKind, string>> = {
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
  role: 'PoliciesPerRole',
};

export const attachPolicy = (
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  arn: string,
  call: Call,
): object =>
  store.update((tx) => {
    changeIdentity(tx, kind, call, name, (identity: Identity) => {
      const attached = attachableArn(tx, call, arn);
      if (identity.attachedPolicies.includes(attached)) return identity;
      if (identity.attachedPolicies.length >= maxAttached) throw quotaExceeded(quotas[kind], maxAttached);
      return { ...identity, attachedPolicies: [...identity.attachedPolicies, attached] };
    });
    return {};
  });

/** The ARN of the policy as rows have it. */
function attachableArn(tx: ReadTransaction, { accountId }: Call, arn: string): string {
  checkPolicyArn(arn);
  const policy = findManagedPolicy(tx, accountId, arn);
  if (policy === undefined) throw policyNotAttachable(arn);
  // Those of service-linked roles, which nobody else has.
  if (policy.arn.startsWith('arn:aws:iam::aws:policy/aws-service-role/')) throw servicePolicy();
  return policy.arn;
}

/** Throws for what cannot be the ARN of a policy. */
export function checkPolicyArn(arn: string): void {
  if (arn.length < 20) throw constraintBroken(arn, 'policyArn', 'have length greater than or equal to 20');
  if (!/^arn:[a-z-]+:iam::(\d{12}|aws):policy\//.test(arn))
    throw constraintBroken(arn, 'policyArn', 'be the ARN of a policy');
}

export const detachPolicy = (
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  arn: string,
  call: Call,
): object =>
  store.update((tx) => {
    changeIdentity(tx, kind, call, name, (identity: Identity) => {
      const home = inHomePartition(arn);
      if (!identity.attachedPolicies.includes(home)) throw policyNotFound(arn);
      return { ...identity, attachedPolicies: identity.attachedPolicies.filter((one) => one !== home) };
    });
    return {};
  });

interface ListInput {
  readonly PathPrefix?: string | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export const listAttachedPolicies = (
  { store }: Iam,
  kind: IdentityKind,
  name: string,
  input: ListInput,
  call: Call,
) =>
  store.view((tx) => {
    const { attachedPolicies } = identityNamed(tx, kind, call, name);
    const { PathPrefix: prefix = '/' } = input;
    const within = attachedPolicies.filter((arn) => arn.slice(arn.indexOf('/')).startsWith(prefix));
    const { items, end } = pageOfTexts('attached', input, within, (arn) => presentAttached(arn, call));
    return { AttachedPolicies: items, ...end };
  });

/** A managed policy as its identity has it. */
export const presentAttached = (arn: string, { region }: Call) => ({
  PolicyName: lastPart(arn),
  PolicyArn: inPartitionOf(region, arn),
});
