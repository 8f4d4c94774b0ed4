// What Secrets Manager refuses, in its words.
import { ServiceProblem } from '../../../shared/service-problem.ts';

export class SecretProblem extends ServiceProblem {
  override readonly name = 'SecretProblem';
}

export const secretNotFound = (): SecretProblem =>
  new SecretProblem('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
export const versionNotFound = (what: string): SecretProblem =>
  new SecretProblem(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  );
export const markedForDeletion = (): SecretProblem =>
  new SecretProblem(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
export const encryptionFailure = (): SecretProblem =>
  new SecretProblem(
    'EncryptionFailure',
    "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.",
  );
export const decryptionFailure = (): SecretProblem =>
  new SecretProblem(
    'DecryptionFailure',
    "Secrets Manager can't decrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.",
  );
export const tokenInUse = (id: string, arn: string): SecretProblem =>
  new SecretProblem(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${arn}.`,
  );
export const invalidRequest = (message: string): SecretProblem =>
  new SecretProblem('InvalidRequestException', message);
export const invalidParameter = (message: string): SecretProblem =>
  new SecretProblem('InvalidParameterException', message);
export const limitExceeded = (message: string): SecretProblem =>
  new SecretProblem('LimitExceededException', message);
