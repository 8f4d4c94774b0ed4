// Every error that the IAM API answers, in one table: wire name, status, and the text that clients match on.
import { ApiError } from '../../wire/errors.ts';
import { BrokenRule } from '../shared/broken-rule.ts';

export const validationError = (message: string): ApiError => new ApiError('ValidationError', message);
/** AWS's text for a member that breaks a constraint of the model. */
export const constraintBroken = (value: string, member: string, rule: string): ApiError =>
  validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
export const invalidInput = (message: string): ApiError => new ApiError('InvalidInputException', message);
export const invalidMarker = (): ApiError =>
  validationError('Invalid Marker. Use the Marker of the previous answer, with the same parameters.');

const noSuchEntity = (message: string): ApiError => new ApiError('NoSuchEntityException', message, 404);
export type NamedNoun = 'user' | 'group' | 'role';
export const notFound = (noun: NamedNoun, name: string): ApiError =>
  noSuchEntity(`The ${noun} with name ${name} cannot be found.`);
export const instanceProfileNotFound = (name: string): ApiError =>
  noSuchEntity(`Instance Profile ${name} cannot be found.`);
export const inlinePolicyNotFound = (noun: NamedNoun, name: string): ApiError =>
  noSuchEntity(`The ${noun} policy with name ${name} cannot be found.`);
export const policyNotFound = (arn: string): ApiError => noSuchEntity(`Policy ${arn} was not found.`);
export const policyNotAttachable = (arn: string): ApiError =>
  noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
export const servicePolicy = (): ApiError =>
  new ApiError('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a customer role.');
export const policyVersionNotFound = (arn: string, version: string): ApiError =>
  noSuchEntity(`Policy ${arn} version ${version} does not exist or is not attachable.`);
export const boundaryNotFound = (arn: string): ApiError =>
  noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
export const noBoundary = (noun: NamedNoun, name: string): ApiError =>
  noSuchEntity(`The ${noun} with name ${name} has no permissions boundary.`);
export const accessKeyNotFound = (id: string): ApiError =>
  noSuchEntity(`The Access Key with id ${id} cannot be found.`);
export const notInGroup = (user: string, group: string): ApiError =>
  noSuchEntity(`User ${user} is not in group ${group}.`);
export const roleNotInProfile = (role: string, profile: string): ApiError =>
  noSuchEntity(`Role ${role} is not in instance profile ${profile}.`);
export const aliasNotFound = (alias: string): ApiError =>
  noSuchEntity(`The account alias ${alias} does not exist.`);
export const deletionTaskNotFound = (id: string): ApiError =>
  noSuchEntity(`The deletion task ${id} cannot be found.`);

export const loginProfileNotFound = (user: string): ApiError =>
  noSuchEntity(`Login Profile for User ${user} cannot be found.`);

const entityExists = (message: string): ApiError =>
  new ApiError('EntityAlreadyExistsException', message, 409);
export const alreadyExists = (noun: 'User' | 'Group' | 'Role', name: string): ApiError =>
  entityExists(`${noun} with name ${name} already exists.`);
export const instanceProfileExists = (name: string): ApiError =>
  entityExists(`Instance Profile ${name} already exists.`);
export const policyExists = (name: string): ApiError =>
  entityExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
export const aliasExists = (alias: string): ApiError =>
  entityExists(`The account alias ${alias} already exists.`);

export const deleteConflict = (message: string): ApiError =>
  new ApiError('DeleteConflictException', message, 409);
/** As in "must detach all policies first". */
export const mustFirst = (what: string): ApiError =>
  deleteConflict(`Cannot delete entity, must ${what} first.`);

export const limitExceeded = (message: string): ApiError =>
  new ApiError('LimitExceededException', message, 409);
/** As in `PoliciesPerRole`. */
export const quotaExceeded = (quota: string, max: number): ApiError =>
  limitExceeded(`Cannot exceed quota for ${quota}: ${max}`);

export const unmodifiable = (role: string): ApiError =>
  new ApiError(
    'UnmodifiableEntityException',
    `Cannot perform the operation on the protected role '${role}' - this role is only modifiable by AWS`,
  );
/** What AWS owns is not the account's to change. */
export const ownedByAws = (principalArn: string, action: string, arn: string): ApiError =>
  new ApiError(
    'AccessDeniedException',
    `User: ${principalArn} is not authorized to perform: ${action} on resource: policy ${arn}`,
    403,
  );

const malformedPolicy = (message: string): ApiError =>
  new ApiError('MalformedPolicyDocumentException', message);

/** What `check` answers; a BrokenRule that it throws becomes a MalformedPolicyDocument of the same text. */
export function asMalformedPolicy<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof BrokenRule ? malformedPolicy(error.message) : error;
  }
}
