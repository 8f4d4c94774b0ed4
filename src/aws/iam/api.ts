// The API of AWS Identity and Access Management: every operation of the model, those that are built and those that say they are not.
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { ApiError } from '../../wire/errors.ts';
import type { InputLimits } from '../../wire/input-limits.ts';
import { operationNames } from '../../wire/model.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { iamAccess } from './access.ts';
import { invalidMarker, validationError } from './errors.ts';
import type { Iam } from './iam.ts';
import { createAccessKey } from './operations/access-key/create-access-key.ts';
import { deleteAccessKey } from './operations/access-key/delete-access-key.ts';
import { getAccessKeyLastUsed } from './operations/access-key/get-access-key-last-used.ts';
import { listAccessKeys } from './operations/access-key/list-access-keys.ts';
import { updateAccessKey } from './operations/access-key/update-access-key.ts';
import {
  createAccountAlias,
  deleteAccountAlias,
  listAccountAliases,
} from './operations/account/account-aliases.ts';
import {
  listOpenIDConnectProviders,
  listSAMLProviders,
  listServerCertificates,
} from './operations/account/account-credentials.ts';
import { getAccountAuthorizationDetails } from './operations/account/get-account-authorization-details.ts';
import { getAccountSummary } from './operations/account/get-account-summary.ts';
import { addUserToGroup } from './operations/group/add-user-to-group.ts';
import { createGroup } from './operations/group/create-group.ts';
import { deleteGroup } from './operations/group/delete-group.ts';
import { getGroup } from './operations/group/get-group.ts';
import {
  attachGroupPolicy,
  deleteGroupPolicy,
  detachGroupPolicy,
  getGroupPolicy,
  listAttachedGroupPolicies,
  listGroupPolicies,
  putGroupPolicy,
} from './operations/group/group-policies.ts';
import { listGroupsForUser } from './operations/group/list-groups-for-user.ts';
import { listGroups } from './operations/group/list-groups.ts';
import { removeUserFromGroup } from './operations/group/remove-user-from-group.ts';
import { updateGroup } from './operations/group/update-group.ts';
import { createInstanceProfile } from './operations/instance-profile/create-instance-profile.ts';
import { deleteInstanceProfile } from './operations/instance-profile/delete-instance-profile.ts';
import { getInstanceProfile } from './operations/instance-profile/get-instance-profile.ts';
import {
  listInstanceProfileTags,
  tagInstanceProfile,
  untagInstanceProfile,
} from './operations/instance-profile/instance-profile-tags.ts';
import {
  listInstanceProfiles,
  listInstanceProfilesForRole,
} from './operations/instance-profile/list-instance-profiles.ts';
import {
  addRoleToInstanceProfile,
  removeRoleFromInstanceProfile,
} from './operations/instance-profile/role-of-instance-profile.ts';
import { createPolicy } from './operations/managed-policy/create-policy.ts';
import { deletePolicy } from './operations/managed-policy/delete-policy.ts';
import { getPolicy } from './operations/managed-policy/get-policy.ts';
import { listEntitiesForPolicy } from './operations/managed-policy/list-entities-for-policy.ts';
import { listPolicies } from './operations/managed-policy/list-policies.ts';
import { listPolicyTags, tagPolicy, untagPolicy } from './operations/managed-policy/managed-policy-tags.ts';
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './operations/managed-policy/policy-versions.ts';
import { createRole } from './operations/role/create-role.ts';
import { deleteRole } from './operations/role/delete-role.ts';
import { getRole } from './operations/role/get-role.ts';
import { listRoles } from './operations/role/list-roles.ts';
import {
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
} from './operations/role/role-permissions-boundary.ts';
import {
  attachRolePolicy,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePolicy,
} from './operations/role/role-policies.ts';
import { listRoleTags, tagRole, untagRole } from './operations/role/role-tags.ts';
import {
  createServiceLinkedRole,
  deleteServiceLinkedRole,
  getServiceLinkedRoleDeletionStatus,
} from './operations/role/service-linked-roles.ts';
import { updateAssumeRolePolicy } from './operations/role/update-assume-role-policy.ts';
import { updateRole, updateRoleDescription } from './operations/role/update-role.ts';
import {
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
} from './operations/simulate/context-keys.ts';
import { simulateCustomPolicy } from './operations/simulate/simulate-custom-policy.ts';
import { simulatePrincipalPolicy } from './operations/simulate/simulate-principal-policy.ts';
import { createUser } from './operations/user/create-user.ts';
import { deleteUser } from './operations/user/delete-user.ts';
import { getUser } from './operations/user/get-user.ts';
import { listUsers } from './operations/user/list-users.ts';
import { updateUser } from './operations/user/update-user.ts';
import {
  deleteUserPermissionsBoundary,
  putUserPermissionsBoundary,
} from './operations/user/user-permissions-boundary.ts';
import {
  attachUserPolicy,
  deleteUserPolicy,
  detachUserPolicy,
  getUserPolicy,
  listAttachedUserPolicies,
  listUserPolicies,
  putUserPolicy,
} from './operations/user/user-policies.ts';
import { listUserTags, tagUser, untagUser } from './operations/user/user-tags.ts';
import {
  deleteLoginProfile,
  getLoginProfile,
  listMFADevices,
  listSSHPublicKeys,
  listServiceSpecificCredentials,
  listSigningCertificates,
  listVirtualMFADevices,
} from './operations/user/other-credentials.ts';
import { iamModel, type IamOperations } from './shapes.generated.ts';

const table: OperationTable<IamOperations, Iam> = {
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  AddUserToGroup: addUserToGroup,
  AttachGroupPolicy: attachGroupPolicy,
  AttachRolePolicy: attachRolePolicy,
  AttachUserPolicy: attachUserPolicy,
  CreateAccessKey: createAccessKey,
  CreateAccountAlias: createAccountAlias,
  CreateGroup: createGroup,
  CreateInstanceProfile: createInstanceProfile,
  CreatePolicy: createPolicy,
  CreatePolicyVersion: createPolicyVersion,
  CreateRole: createRole,
  CreateServiceLinkedRole: createServiceLinkedRole,
  CreateUser: createUser,
  DeleteAccessKey: deleteAccessKey,
  DeleteAccountAlias: deleteAccountAlias,
  DeleteGroup: deleteGroup,
  DeleteGroupPolicy: deleteGroupPolicy,
  DeleteInstanceProfile: deleteInstanceProfile,
  DeleteLoginProfile: deleteLoginProfile,
  DeletePolicy: deletePolicy,
  DeletePolicyVersion: deletePolicyVersion,
  DeleteRole: deleteRole,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
  DeleteRolePolicy: deleteRolePolicy,
  DeleteServiceLinkedRole: deleteServiceLinkedRole,
  DeleteUser: deleteUser,
  DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
  DeleteUserPolicy: deleteUserPolicy,
  DetachGroupPolicy: detachGroupPolicy,
  DetachRolePolicy: detachRolePolicy,
  DetachUserPolicy: detachUserPolicy,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
  GetAccountSummary: getAccountSummary,
  GetContextKeysForCustomPolicy: getContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy: getContextKeysForPrincipalPolicy,
  GetGroup: getGroup,
  GetGroupPolicy: getGroupPolicy,
  GetInstanceProfile: getInstanceProfile,
  GetLoginProfile: getLoginProfile,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  GetRole: getRole,
  GetRolePolicy: getRolePolicy,
  GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
  GetUser: getUser,
  GetUserPolicy: getUserPolicy,
  ListAccessKeys: listAccessKeys,
  ListAccountAliases: listAccountAliases,
  ListAttachedGroupPolicies: listAttachedGroupPolicies,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ListGroupPolicies: listGroupPolicies,
  ListGroups: listGroups,
  ListGroupsForUser: listGroupsForUser,
  ListInstanceProfileTags: listInstanceProfileTags,
  ListInstanceProfiles: listInstanceProfiles,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  ListMFADevices: listMFADevices,
  ListOpenIDConnectProviders: listOpenIDConnectProviders,
  ListPolicies: listPolicies,
  ListPolicyTags: listPolicyTags,
  ListPolicyVersions: listPolicyVersions,
  ListRolePolicies: listRolePolicies,
  ListRoleTags: listRoleTags,
  ListRoles: listRoles,
  ListSAMLProviders: listSAMLProviders,
  ListSSHPublicKeys: listSSHPublicKeys,
  ListServerCertificates: listServerCertificates,
  ListServiceSpecificCredentials: listServiceSpecificCredentials,
  ListSigningCertificates: listSigningCertificates,
  ListUserPolicies: listUserPolicies,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
  ListVirtualMFADevices: listVirtualMFADevices,
  PutGroupPolicy: putGroupPolicy,
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  PutRolePolicy: putRolePolicy,
  PutUserPermissionsBoundary: putUserPermissionsBoundary,
  PutUserPolicy: putUserPolicy,
  RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
  RemoveUserFromGroup: removeUserFromGroup,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  TagInstanceProfile: tagInstanceProfile,
  TagPolicy: tagPolicy,
  TagRole: tagRole,
  TagUser: tagUser,
  UntagInstanceProfile: untagInstanceProfile,
  UntagPolicy: untagPolicy,
  UntagRole: untagRole,
  UntagUser: untagUser,
  UpdateAccessKey: updateAccessKey,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateGroup: updateGroup,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
  UpdateUser: updateUser,
};

/** Policy documents are longer than other texts. */
const withDocument: Partial<InputLimits> = {
  textLength: 131_072,
  elementLength: 131_072,
  inputLength: 262_144,
};
const limits = Object.fromEntries(
  [
    'CreateRole',
    'UpdateAssumeRolePolicy',
    'CreatePolicy',
    'CreatePolicyVersion',
    'PutUserPolicy',
    'PutGroupPolicy',
    'PutRolePolicy',
    'SimulateCustomPolicy',
    'SimulatePrincipalPolicy',
    'GetContextKeysForCustomPolicy',
    'GetContextKeysForPrincipalPolicy',
  ].map((name) => [name, withDocument]),
);

export const iamApi = (iam: Iam): Api => ({
  model: iamModel,
  operations: sealedPages(
    iam.pageSeal,
    { input: 'Marker', output: 'Marker', invalid: invalidMarker },
    operationsOf(table, iam),
  ),
  access: iamAccess(iam.store, operationNames(iamModel)),
  limits,
  invalid: (_operation, message) => validationError(message),
  notServed: (operation) =>
    new ApiError('InvalidAction', `Longshore does not serve the operation ${operation} of iam.`),
});
