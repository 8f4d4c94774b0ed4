// The key that a group's events are to be encrypted with: on record, and no more.
import { parseArn } from '../../../../lib/arn.ts';
import { invalidParameter } from '../../errors.ts';

export function checkKmsKey(kmsKeyId: string): void {
  if (kmsKeyId.length <= 256 && parseArn(kmsKeyId)?.service === 'kms') return;
  throw invalidParameter(`The specified KMS key '${kmsKeyId}' is not the ARN of a key.`);
}
