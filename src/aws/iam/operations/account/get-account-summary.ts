// GetAccountSummary: how many of everything there are, and may be.
import type { IamOperation } from '../../iam.ts';
import { groups } from '../../state/group/groups.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import { roles } from '../../state/role/roles.ts';
import { users } from '../../state/user/users.ts';

/** The account's quotas as AWS sets them. */
const quotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
} as const;

/** What there is none of here. */
const nothing = {
  AccountMFAEnabled: 0,
  AccountSigningCertificatesPresent: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Providers: 0,
  ServerCertificates: 0,
} as const;

export const getAccountSummary: IamOperation<'GetAccountSummary'> = ({ store }, _input, { accountId }) =>
  store.view((tx) => {
    const own = { accountId };
    const policies = [...tx.table(managedPolicies).by('account', own)];
    return {
      SummaryMap: {
        ...quotas,
        ...nothing,
        AccountAccessKeysPresent: 1,
        Groups: tx.table(groups).count('account', own),
        InstanceProfiles: tx.table(instanceProfiles).count('account', own),
        Policies: policies.length,
        PolicyVersionsInUse: policies.reduce((sum, { versions }) => sum + versions.length, 0),
        Roles: tx.table(roles).count('account', own),
        Users: tx.table(users).count('account', own),
      },
    };
  });
