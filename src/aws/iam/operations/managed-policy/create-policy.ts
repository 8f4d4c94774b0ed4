// CreatePolicy: a managed policy of the account, with its version v1.
import { policyExists, quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentPolicy } from '../../present/managed-policy.ts';
import { entityArn, newEntityId } from '../../state/entity/entity.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import { checkedName, checkedPath, checkedTags } from '../names.ts';
import { checkedPolicyDescription, checkedPolicyDocument } from './policy-rules.ts';

const maxPolicies = 1500;

export const createPolicy: IamOperation<'CreatePolicy'> = ({ store, random }, input, call) => {
  const { accountId, now } = call;
  const name = checkedName(input.PolicyName, 'policyName', 128);
  const path = checkedPath(input.Path);
  const tags = checkedTags(input.Tags);
  const description = checkedPolicyDescription(input.Description);
  const document = checkedPolicyDocument(input.PolicyDocument);
  return store.update((tx) => {
    const table = tx.table(managedPolicies);
    if (table.count('name', { accountId, name: name.toLowerCase() }) > 0) throw policyExists(name);
    if (table.count('account', { accountId }) >= maxPolicies)
      throw quotaExceeded('PoliciesPerAccount', maxPolicies);
    const policy = table.put({
      accountId,
      name,
      path,
      id: newEntityId(random, 'policy'),
      arn: entityArn('policy', accountId, path, name),
      createdAt: now,
      tags,
      description,
      versions: [{ id: 'v1', document, createdAt: now }],
      defaultVersionId: 'v1',
      nextVersion: 2,
      updatedAt: now,
    });
    // As AWS answers it: the description is told by GetPolicy.
    const { Description: _, ...shown } = presentPolicy(tx, policy, call);
    return { Policy: shown };
  });
};
