import { deleteConflict } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { attachmentCount, boundaryCount } from '../../present/managed-policy.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import { policyToChange } from '../find.ts';

export const deletePolicy: IamOperation<'DeletePolicy'> = ({ store }, { PolicyArn: arn }, call) =>
  store.update((tx) => {
    const policy = policyToChange(tx, call, 'iam:DeletePolicy', arn);
    if (attachmentCount(tx, policy, call) + boundaryCount(tx, policy, call) > 0)
      throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1)
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    tx.table(managedPolicies).delete(policy.arn);
    return {};
  });
