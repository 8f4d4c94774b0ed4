import type { IamOperation } from '../../iam.ts';
import { roles } from '../../state/role/roles.ts';
import { roleToChange } from '../find.ts';
import { checkedTrustPolicy } from './trust-policy.ts';

export const updateAssumeRolePolicy: IamOperation<'UpdateAssumeRolePolicy'> = ({ store }, input, call) =>
  store.update((tx) => {
    const role = roleToChange(tx, call, input.RoleName);
    const assumeRolePolicy = checkedTrustPolicy(tx, call, input.PolicyDocument);
    tx.table(roles).put({ ...role, assumeRolePolicy });
    return {};
  });
