import type { IamOperation } from '../../iam.ts';
import { deleteBoundary, putBoundary } from '../identity/permissions-boundary.ts';

export const putRolePermissionsBoundary: IamOperation<'PutRolePermissionsBoundary'> = (iam, input, call) =>
  putBoundary(iam, 'role', input.RoleName, input.PermissionsBoundary, call);

export const deleteRolePermissionsBoundary: IamOperation<'DeleteRolePermissionsBoundary'> = (
  iam,
  input,
  call,
) => deleteBoundary(iam, 'role', input.RoleName, call);
