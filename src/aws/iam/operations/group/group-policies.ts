// The policies of a group: each operation by what all identities share.
import type { IamOperation } from '../../iam.ts';
import { attachPolicy, detachPolicy, listAttachedPolicies } from '../identity/attached-policies.ts';
import {
  deleteInlinePolicy,
  getInlinePolicy,
  listInlinePolicies,
  putInlinePolicy,
} from '../identity/inline-policies.ts';

export const putGroupPolicy: IamOperation<'PutGroupPolicy'> = (iam, input, call) =>
  putInlinePolicy(iam, 'group', input.GroupName, input, call);

export const getGroupPolicy: IamOperation<'GetGroupPolicy'> = (iam, input, call) => {
  const { name, document } = getInlinePolicy(iam, 'group', input.GroupName, input.PolicyName, call);
  return { GroupName: name, PolicyName: input.PolicyName, PolicyDocument: document };
};

export const deleteGroupPolicy: IamOperation<'DeleteGroupPolicy'> = (iam, input, call) =>
  deleteInlinePolicy(iam, 'group', input.GroupName, input.PolicyName, call);

export const listGroupPolicies: IamOperation<'ListGroupPolicies'> = (iam, input, call) =>
  listInlinePolicies(iam, 'group', input.GroupName, input, call);

export const attachGroupPolicy: IamOperation<'AttachGroupPolicy'> = (iam, input, call) =>
  attachPolicy(iam, 'group', input.GroupName, input.PolicyArn, call);

export const detachGroupPolicy: IamOperation<'DetachGroupPolicy'> = (iam, input, call) =>
  detachPolicy(iam, 'group', input.GroupName, input.PolicyArn, call);

export const listAttachedGroupPolicies: IamOperation<'ListAttachedGroupPolicies'> = (iam, input, call) =>
  listAttachedPolicies(iam, 'group', input.GroupName, input, call);
