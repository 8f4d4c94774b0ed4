// The policies of a user: each operation by what all identities share.
import type { IamOperation } from '../../iam.ts';
import { attachPolicy, detachPolicy, listAttachedPolicies } from '../identity/attached-policies.ts';
import {
  deleteInlinePolicy,
  getInlinePolicy,
  listInlinePolicies,
  putInlinePolicy,
} from '../identity/inline-policies.ts';

export const putUserPolicy: IamOperation<'PutUserPolicy'> = (iam, input, call) =>
  putInlinePolicy(iam, 'user', input.UserName, input, call);

export const getUserPolicy: IamOperation<'GetUserPolicy'> = (iam, input, call) => {
  const { name, document } = getInlinePolicy(iam, 'user', input.UserName, input.PolicyName, call);
  return { UserName: name, PolicyName: input.PolicyName, PolicyDocument: document };
};

export const deleteUserPolicy: IamOperation<'DeleteUserPolicy'> = (iam, input, call) =>
  deleteInlinePolicy(iam, 'user', input.UserName, input.PolicyName, call);

export const listUserPolicies: IamOperation<'ListUserPolicies'> = (iam, input, call) =>
  listInlinePolicies(iam, 'user', input.UserName, input, call);

export const attachUserPolicy: IamOperation<'AttachUserPolicy'> = (iam, input, call) =>
  attachPolicy(iam, 'user', input.UserName, input.PolicyArn, call);

export const detachUserPolicy: IamOperation<'DetachUserPolicy'> = (iam, input, call) =>
  detachPolicy(iam, 'user', input.UserName, input.PolicyArn, call);

export const listAttachedUserPolicies: IamOperation<'ListAttachedUserPolicies'> = (iam, input, call) =>
  listAttachedPolicies(iam, 'user', input.UserName, input, call);
