// ScheduleKeyDeletion: the key cannot be used any more, and is deleted in 7 to 30 days.
import type { KmsOperation } from '../../kms.ts';
import { broken } from '../../errors.ts';
import { seconds } from '../../present/key.ts';
import { day } from '../../state/key/key.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

export const scheduleKeyDeletion: KmsOperation<'ScheduleKeyDeletion'> = (kms, input, call) => {
  const windowInDays = input.PendingWindowInDays ?? 30;
  if (windowInDays < 7) throw broken('pendingWindowInDays', 'have value greater than or equal to 7');
  if (windowInDays > 30) throw broken('pendingWindowInDays', 'have value less than or equal to 30');
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'ScheduleKeyDeletion');
    requireNotPendingDeletion(key);
    const at = call.now + windowInDays * day;
    tx.table(keys).put({ ...key, pendingDeletion: { at, windowInDays } });
    return {
      KeyId: key.arn,
      DeletionDate: seconds(at),
      KeyState: 'PendingDeletion',
      PendingWindowInDays: windowInDays,
    };
  });
};
