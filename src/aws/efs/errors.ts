// Every error that the EFS API answers, in one table. Each has a member ErrorCode of its own name.
import { ApiError } from '../../wire/errors.ts';

const error = (name: string, message: string, status: number, fields: object = {}): ApiError =>
  new ApiError(name, message, status, { ErrorCode: name, ...fields });

export const badRequest = (message: string): ApiError => error('BadRequest', message, 400);
export const validation = (message: string): ApiError => error('ValidationException', message, 400);
export const fileSystemNotFound = (id: string): ApiError =>
  error('FileSystemNotFound', `File system '${id}' does not exist.`, 404);
export const fileSystemExists = (token: string, id: string): ApiError =>
  error('FileSystemAlreadyExists', `File system '${id}' already exists with creation token '${token}'`, 409, {
    FileSystemId: id,
  });
export const fileSystemInUse = (id: string, what: string): ApiError =>
  error('FileSystemInUse', `The file system '${id}' has ${what} and cannot be deleted.`, 409);
export const incorrectState = (id: string, state: string): ApiError =>
  error('IncorrectFileSystemLifeCycleState', `File system '${id}' is ${state}, not available.`, 409);
export const accessPointNotFound = (id: string): ApiError =>
  error('AccessPointNotFound', `Access point ${id} does not exist.`, 404);
export const accessPointExists = (token: string, id: string): ApiError =>
  error('AccessPointAlreadyExists', `Access point ${id} already exists with client token ${token}.`, 409, {
    AccessPointId: id,
  });
export const accessPointLimit = (max: number): ApiError =>
  error('AccessPointLimitExceeded', `A file system can have a maximum of ${max} access points.`, 403);
export const mountTargetNotFound = (id: string): ApiError =>
  error('MountTargetNotFound', `Mount target '${id}' does not exist.`, 404);
export const zonesMismatch = (zone: string): ApiError =>
  error('AvailabilityZonesMismatch', `The file system is in the Availability Zone ${zone} only.`, 400);
export const fileSystemLimit = (max: number): ApiError =>
  error('FileSystemLimitExceeded', `An account can have a maximum of ${max} file systems in a Region.`, 403);
export const mountTargetConflict = (message: string): ApiError => error('MountTargetConflict', message, 409);
export const subnetNotFound = (id: string): ApiError =>
  error('SubnetNotFound', `The subnet ID '${id}' does not exist`, 400);
export const securityGroupNotFound = (id: string): ApiError =>
  error('SecurityGroupNotFound', `One or more of the security groups do not exist: ${id}`, 400);
export const securityGroupLimit = (max: number): ApiError =>
  error('SecurityGroupLimitExceeded', `A mount target can have a maximum of ${max} security groups.`, 400);
export const noFreeAddress = (id: string): ApiError =>
  error('NoFreeAddressesInSubnet', `The subnet '${id}' has no free address.`, 409);
export const addressInUse = (address: string): ApiError =>
  error('IpAddressInUse', `The IP address ${address} is in use.`, 409);
export const policyNotFound = (id: string): ApiError =>
  error('PolicyNotFound', `File system '${id}' has no file system policy.`, 404);
export const invalidPolicy = (message: string): ApiError => error('InvalidPolicyException', message, 400);

/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  badRequest(`Longshore does not support ${feature}.`);
