import type { IamOperation } from '../../iam.ts';
import { deleteBoundary, putBoundary } from '../identity/permissions-boundary.ts';

export const putUserPermissionsBoundary: IamOperation<'PutUserPermissionsBoundary'> = (iam, input, call) =>
  putBoundary(iam, 'user', input.UserName, input.PermissionsBoundary, call);

export const deleteUserPermissionsBoundary: IamOperation<'DeleteUserPermissionsBoundary'> = (
  iam,
  input,
  call,
) => deleteBoundary(iam, 'user', input.UserName, call);
