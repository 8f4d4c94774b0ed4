import type { IamOperation } from '../../iam.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import { policyOf, policyToChange } from '../find.ts';
import { addTags, listTags, removeTags, type Taggable } from '../tagging.ts';

const taggable: Taggable<ReturnType<typeof policyOf>> = {
  noun: 'Policy',
  read: policyOf,
  change: (tx, call, arn, action) => policyToChange(tx, call, action, arn),
  write: (tx, policy) => void tx.table(managedPolicies).put(policy),
};

export const tagPolicy: IamOperation<'TagPolicy'> = (iam, input, call) =>
  addTags(iam, taggable, input.PolicyArn, input.Tags, call);

export const untagPolicy: IamOperation<'UntagPolicy'> = (iam, input, call) =>
  removeTags(iam, taggable, input.PolicyArn, input.TagKeys, call);

export const listPolicyTags: IamOperation<'ListPolicyTags'> = (iam, input, call) =>
  listTags(iam, taggable, input.PolicyArn, input, call);
