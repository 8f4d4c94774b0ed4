// The policies of a role: each operation by what all identities share.
import type { IamOperation } from '../../iam.ts';
import { attachPolicy, detachPolicy, listAttachedPolicies } from '../identity/attached-policies.ts';
import {
  deleteInlinePolicy,
  getInlinePolicy,
  listInlinePolicies,
  putInlinePolicy,
} from '../identity/inline-policies.ts';

export const putRolePolicy: IamOperation<'PutRolePolicy'> = (iam, input, call) =>
  putInlinePolicy(iam, 'role', input.RoleName, input, call);

export const getRolePolicy: IamOperation<'GetRolePolicy'> = (iam, input, call) => {
  const { name, document } = getInlinePolicy(iam, 'role', input.RoleName, input.PolicyName, call);
  return { RoleName: name, PolicyName: input.PolicyName, PolicyDocument: document };
};

export const deleteRolePolicy: IamOperation<'DeleteRolePolicy'> = (iam, input, call) =>
  deleteInlinePolicy(iam, 'role', input.RoleName, input.PolicyName, call);

export const listRolePolicies: IamOperation<'ListRolePolicies'> = (iam, input, call) =>
  listInlinePolicies(iam, 'role', input.RoleName, input, call);

export const attachRolePolicy: IamOperation<'AttachRolePolicy'> = (iam, input, call) =>
  attachPolicy(iam, 'role', input.RoleName, input.PolicyArn, call);

export const detachRolePolicy: IamOperation<'DetachRolePolicy'> = (iam, input, call) =>
  detachPolicy(iam, 'role', input.RoleName, input.PolicyArn, call);

export const listAttachedRolePolicies: IamOperation<'ListAttachedRolePolicies'> = (iam, input, call) =>
  listAttachedPolicies(iam, 'role', input.RoleName, input, call);
