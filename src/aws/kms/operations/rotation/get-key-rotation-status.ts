// GetKeyRotationStatus: whether the key is rotated, and when next. One that waits for its deletion is not.
import type { KmsOperation } from '../../kms.ts';
import { seconds } from '../../present/key.ts';
import { keyById } from '../resolve/key.ts';

export const getKeyRotationStatus: KmsOperation<'GetKeyRotationStatus'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const { arn, rotation, pendingDeletion } = keyById(tx, call, input.KeyId);
    if (rotation === undefined || pendingDeletion !== undefined)
      return { KeyRotationEnabled: false, KeyId: arn };
    return {
      KeyRotationEnabled: true,
      KeyId: arn,
      RotationPeriodInDays: rotation.periodInDays,
      NextRotationDate: seconds(rotation.nextAt),
    };
  });
