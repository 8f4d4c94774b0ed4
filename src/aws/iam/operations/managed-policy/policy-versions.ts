// The versions of a managed policy: five at most, one of which holds.
import { deleteConflict, limitExceeded, policyVersionNotFound } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentListedVersion, presentVersion } from '../../present/managed-policy.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import type { ManagedPolicy, PolicyVersion } from '../../state/managed-policy/managed-policy.ts';
import { policyOf, policyToChange } from '../find.ts';
import { pageOfTexts } from '../page.ts';
import { checkedPolicyDocument } from './policy-rules.ts';

const maxVersions = 5;

export const createPolicyVersion: IamOperation<'CreatePolicyVersion'> = ({ store }, input, call) => {
  const document = checkedPolicyDocument(input.PolicyDocument);
  return store.update((tx) => {
    const policy = policyToChange(tx, call, 'iam:CreatePolicyVersion', input.PolicyArn);
    if (policy.versions.length >= maxVersions)
      throw limitExceeded(
        `A managed policy can have up to ${maxVersions} versions. Before you create a new version, you must delete an existing version.`,
      );
    const version = { id: `v${policy.nextVersion}`, document, createdAt: call.now };
    const changed = tx.table(managedPolicies).put({
      ...policy,
      versions: [version, ...policy.versions],
      nextVersion: policy.nextVersion + 1,
      defaultVersionId: input.SetAsDefault === true ? version.id : policy.defaultVersionId,
      updatedAt: call.now,
    });
    return { PolicyVersion: presentListedVersion(version, changed) };
  });
};

function versionOf(policy: ManagedPolicy, arn: string, id: string): PolicyVersion {
  const found = policy.versions.find((version) => version.id === id);
  if (found === undefined) throw policyVersionNotFound(arn, id);
  return found;
}

export const getPolicyVersion: IamOperation<'GetPolicyVersion'> = ({ store }, input, call) =>
  store.view((tx) => {
    const policy = policyOf(tx, call, input.PolicyArn);
    const version = versionOf(policy, input.PolicyArn, input.VersionId);
    return { PolicyVersion: presentVersion(version, policy) };
  });

export const listPolicyVersions: IamOperation<'ListPolicyVersions'> = ({ store }, input, call) =>
  store.view((tx) => {
    const policy = policyOf(tx, call, input.PolicyArn);
    const ids = policy.versions.map(({ id }) => id);
    const { items, end } = pageOfTexts('versions', input, ids, (id) =>
      presentListedVersion(versionOf(policy, input.PolicyArn, id), policy),
    );
    return { Versions: items, ...end };
  });

export const deletePolicyVersion: IamOperation<'DeletePolicyVersion'> = ({ store }, input, call) =>
  store.update((tx) => {
    const policy = policyToChange(tx, call, 'iam:DeletePolicyVersion', input.PolicyArn);
    const version = versionOf(policy, input.PolicyArn, input.VersionId);
    if (version.id === policy.defaultVersionId)
      throw deleteConflict('Cannot delete the default version of a policy.');
    const versions = policy.versions.filter((one) => one !== version);
    tx.table(managedPolicies).put({ ...policy, versions, updatedAt: call.now });
    return {};
  });

export const setDefaultPolicyVersion: IamOperation<'SetDefaultPolicyVersion'> = ({ store }, input, call) =>
  store.update((tx) => {
    const policy = policyToChange(tx, call, 'iam:SetDefaultPolicyVersion', input.PolicyArn);
    const { id } = versionOf(policy, input.PolicyArn, input.VersionId);
    tx.table(managedPolicies).put({ ...policy, defaultVersionId: id, updatedAt: call.now });
    return {};
  });
